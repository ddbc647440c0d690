using Microsoft.Extensions.Logging;

namespace Bhiv.Infrastructure.Tokens;

internal static partial class Log
{
    [LoggerMessage(2201, LogLevel.Error, "What was revoked cannot be read; calls with access tokens will be refused")]
    public static partial void RevocationsUnread(this ILogger logger, Exception fault);

    [LoggerMessage(2202, LogLevel.Information, "What was revoked is read again")]
    public static partial void RevocationsReadAgain(this ILogger logger);
}
