using Microsoft.Extensions.Logging;

namespace Bhiv.Infrastructure.ApiKeys;

internal static partial class Log
{
    [LoggerMessage(2311, LogLevel.Warning, "When API keys were last used cannot be written; it is tried again every ten seconds")]
    public static partial void ApiKeyUsesUnwritten(this ILogger logger, Exception fault);
}
