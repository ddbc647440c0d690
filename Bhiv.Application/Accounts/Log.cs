using Microsoft.Extensions.Logging;

namespace Bhiv.Application.Accounts;

internal static partial class Log
{
    [LoggerMessage(1101, LogLevel.Information,
        "The password in DEMO_PASSWORD was applied to account {Username}; its earlier sessions have ended")]
    public static partial void EnvironmentAccountApplied(this ILogger logger, string username);
}
