using Bhiv.Domain.Audit;
using Microsoft.Extensions.Logging;

namespace Bhiv.Application.Accounts;

internal static partial class Log
{
    [LoggerMessage(1101, LogLevel.Information, "Account {Username} was made or renewed from DEMO_USERNAME and DEMO_PASSWORD")]
    public static partial void EnvironmentAccountApplied(this ILogger logger, string username);

    [LoggerMessage(1102, LogLevel.Warning, "Account {Username} was disabled: DEMO_USERNAME names another")]
    public static partial void FormerEnvironmentAccountDisabled(this ILogger logger, string username);

    [LoggerMessage(1111, LogLevel.Information, "Account {Username} was made by {Author}")]
    public static partial void AccountCreated(this ILogger logger, string username, string author);

    [LoggerMessage(1112, LogLevel.Warning, "Account {Username} was changed ({Change}) by {Author}: {Sessions} sessions were ended")]
    public static partial void AccountEdited(this ILogger logger, string username, AuditEventKind change, string author, long sessions);

    [LoggerMessage(1103, LogLevel.Information, "The password of {Username} was hashed again, at the cost of today")]
    public static partial void PasswordRehashed(this ILogger logger, string username);

    [LoggerMessage(1104, LogLevel.Warning, "The password of {Username} is still hashed at a former cost: there was no time to hash it again")]
    public static partial void PasswordRehashPutOff(this ILogger logger, string username);

    [LoggerMessage(1105, LogLevel.Information,
        "The password of {Username} was changed by client {ClientId} from {Address}: all its sessions but {Kept} were ended")]
    public static partial void PasswordChanged(this ILogger logger, string username, Guid kept, string clientId, string? address);

    [LoggerMessage(1202, LogLevel.Warning, "A login as {Username} was refused ({Reason}): client {ClientId} from {Address}")]
    public static partial void LoginRefused(
        this ILogger logger, string? username, FailedLoginReason reason, string? clientId, string? address);

    [LoggerMessage(1210, LogLevel.Warning, "{Address} failed to log in under {Names} names or more within ten minutes")]
    public static partial void PasswordSprayed(this ILogger logger, string? address, int names);

    [LoggerMessage(1212, LogLevel.Warning,
        "So many logins have failed, the last as {Username} from {Address}, that others under this name or from this address have to wait too")]
    public static partial void LoginsThrottled(this ILogger logger, string? username, string? address);
}
