namespace Bhiv.Api.Http;

internal static partial class Log
{
    [LoggerMessage(3001, LogLevel.Error, "A request failed for a reason that nobody expected")]
    public static partial void UnexpectedFault(this ILogger logger, Exception fault);

    [LoggerMessage(3002, LogLevel.Error, "A request failed because a store could not be reached")]
    public static partial void StoreUnavailable(this ILogger logger, Exception fault);
}
