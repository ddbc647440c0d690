using Microsoft.Extensions.Logging;

namespace Bhiv.Application.Accounts;

internal static partial class Log
{
    [LoggerMessage(1101, LogLevel.Information, "Account {Username} was made or renewed from DEMO_USERNAME and DEMO_PASSWORD")]
    public static partial void EnvironmentAccountApplied(this ILogger logger, string username);

    [LoggerMessage(1102, LogLevel.Warning, "Account {Username} was disabled: DEMO_USERNAME names another")]
    public static partial void FormerEnvironmentAccountDisabled(this ILogger logger, string username);
}
