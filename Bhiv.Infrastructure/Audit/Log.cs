using Microsoft.Extensions.Logging;

namespace Bhiv.Infrastructure.Audit;

internal static partial class Log
{
    [LoggerMessage(2301, LogLevel.Error, "Refused keys and tokens cannot be written; they are counted on and tried again each second")]
    public static partial void FailedLoginsUnwritten(this ILogger logger, Exception fault);
}
