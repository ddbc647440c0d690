using Microsoft.Extensions.Logging;

namespace Bhiv.Infrastructure.Database;

internal static partial class Log
{
    [LoggerMessage(2001, LogLevel.Information, "The database is {Path}")]
    public static partial void DatabasePrepared(this ILogger logger, string path);

    [LoggerMessage(2201, LogLevel.Information, "{Count} rows of {Table} are purged")]
    public static partial void RowsPurged(this ILogger logger, int count, string table);

    [LoggerMessage(2202, LogLevel.Warning, "The purge of {Table} was cut short by the database and will be tried again")]
    public static partial void PurgePutOff(this ILogger logger, string table, Exception fault);

    [LoggerMessage(2203, LogLevel.Error, "The purge of {Table} failed for a reason that nobody expected")]
    public static partial void PurgeFailed(this ILogger logger, string table, Exception fault);
}
