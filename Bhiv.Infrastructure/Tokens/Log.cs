using Microsoft.Extensions.Logging;

namespace Bhiv.Infrastructure.Tokens;

internal static partial class Log
{
    [LoggerMessage(2201, LogLevel.Information, "{Count} sessions that were dead are purged")]
    public static partial void SessionsPurged(this ILogger logger, int count);

    [LoggerMessage(2202, LogLevel.Warning, "The purge of dead sessions was cut short by the database and will be tried again")]
    public static partial void PurgePutOff(this ILogger logger, Exception fault);

    [LoggerMessage(2203, LogLevel.Error, "The purge of dead sessions failed for a reason that nobody expected")]
    public static partial void PurgeFailed(this ILogger logger, Exception fault);

    [LoggerMessage(2211, LogLevel.Error, "What was revoked cannot be read; beyond Tokens:MaxStaleness calls with access tokens are answered 503")]
    public static partial void RevocationsUnread(this ILogger logger, Exception fault);

    [LoggerMessage(2212, LogLevel.Information, "What was revoked is read again")]
    public static partial void RevocationsReadAgain(this ILogger logger);
}
