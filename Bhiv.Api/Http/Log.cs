namespace Bhiv.Api.Http;

internal static partial class Log
{
    [LoggerMessage(3001, LogLevel.Error, "A request failed for a reason that nobody expected")]
    public static partial void UnexpectedFault(this ILogger logger, Exception fault);

    [LoggerMessage(3002, LogLevel.Error, "A request failed because the database did")]
    public static partial void DatabaseFailed(this ILogger logger, Exception fault);
}
