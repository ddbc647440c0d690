using Bhiv.Domain.Tokens;
using Microsoft.Extensions.Logging;

namespace Bhiv.Application.Tokens;

internal static partial class Log
{
    [LoggerMessage(1201, LogLevel.Information, "{Username} logged in through client {ClientId}: session {SessionId}")]
    public static partial void LoginSucceeded(this ILogger logger, string username, string clientId, Guid sessionId);

    [LoggerMessage(1203, LogLevel.Information, "Session {SessionId} was refreshed to generation {Generation}")]
    public static partial void RefreshTokenRotated(this ILogger logger, Guid sessionId, long generation);

    [LoggerMessage(1204, LogLevel.Information, "A refresh of session {SessionId} was repeated: generation {Generation} again")]
    public static partial void RefreshTokenRetried(this ILogger logger, Guid sessionId, long generation);

    [LoggerMessage(1205, LogLevel.Warning, "A refresh was refused ({Refusal}): client {ClientId} from {Address}")]
    public static partial void RefreshRefused(this ILogger logger, RefreshRefusal refusal, string clientId, string? address);

    [LoggerMessage(1206, LogLevel.Warning,
        "A used refresh token of session {SessionId} came back from {Address}: generation {Presented} of {Generation}")]
    public static partial void RefreshTokenReused(
        this ILogger logger, Guid sessionId, string? address, long presented, long generation);

    [LoggerMessage(1207, LogLevel.Warning,
        "A refresh token of session {SessionId} is newer than the session: generation {Presented} of {Generation}, from {Address}. "
        + "Was the database restored?")]
    public static partial void RefreshTokenAhead(
        this ILogger logger, Guid sessionId, string? address, long presented, long generation);

    [LoggerMessage(1208, LogLevel.Information, "Session {SessionId} was ended ({Reason}) by client {ClientId} from {Address}")]
    public static partial void SessionRevoked(
        this ILogger logger, Guid sessionId, RevocationReason reason, string clientId, string? address);

    [LoggerMessage(1209, LogLevel.Information,
        "All sessions of account {AccountId} but {Kept} were ended by client {ClientId} from {Address}")]
    public static partial void AccountSessionsRevoked(
        this ILogger logger, Guid accountId, Guid? kept, string clientId, string? address);

    [LoggerMessage(1211, LogLevel.Warning, "Every session was ended by {Operator}: {Sessions} could have been refreshed")]
    public static partial void EverySessionRevoked(this ILogger logger, string @operator, long sessions);

    [LoggerMessage(1214, LogLevel.Warning, "Sessions of {Whose} were ended by {Author}: {Sessions} could have been refreshed")]
    public static partial void SessionsRevoked(this ILogger logger, string whose, string author, long sessions);

    [LoggerMessage(1213, LogLevel.Information,
        "{Username} showed a one-time password and none to take its place, and was not logged in: client {ClientId} from {Address}")]
    public static partial void PasswordChangeRequired(this ILogger logger, string username, string clientId, string? address);
}
