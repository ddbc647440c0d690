namespace Bhiv.Api.Audit;

internal static partial class Log
{
    [LoggerMessage(2303, LogLevel.Warning, "A stream of rows was cut: its reader was not done when the service stopped")]
    public static partial void StreamCut(this ILogger logger);
}
