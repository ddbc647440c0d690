using Microsoft.Extensions.Logging;

namespace Bhiv.Infrastructure.Database;

internal static partial class Log
{
    [LoggerMessage(2001, LogLevel.Information, "The database is {Path}")]
    public static partial void DatabasePrepared(this ILogger logger, string path);
}
