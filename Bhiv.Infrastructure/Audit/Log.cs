using Bhiv.Domain.Audit;
using Microsoft.Extensions.Logging;

namespace Bhiv.Infrastructure.Audit;

internal static partial class Log
{
    [LoggerMessage(2301, LogLevel.Error, "Refused keys and tokens cannot be written; they are counted on and tried again each second")]
    public static partial void FailedLoginsUnwritten(this ILogger logger, Exception fault);

    [LoggerMessage(2302, LogLevel.Error, "{Count} refused keys and tokens could not be written before the stop and are lost")]
    public static partial void FailedLoginsLost(this ILogger logger, long count);

    [LoggerMessage(2304, LogLevel.Warning, "The log of failed logins has {Rows} rows of kind {Kind} of this day: from now on such failures are counted by the hour, without addresses and unknown names")]
    public static partial void FailedLoginDayFilled(this ILogger logger, int rows, FailedLoginKind kind);
}
