namespace Bhiv.Api.Monitoring;

internal static partial class Log
{
    [LoggerMessage(3101, LogLevel.Warning,
        "Development: {Variables} hold what the runbook publishes. Anyone can log in; serve nobody but yourself")]
    public static partial void PublishedSecretsFound(this ILogger logger, string variables);
}
