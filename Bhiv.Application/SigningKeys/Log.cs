using Microsoft.Extensions.Logging;

namespace Bhiv.Application.SigningKeys;

internal static partial class Log
{
    [LoggerMessage(1401, LogLevel.Warning, "Signing key {KeyId} is marked as compromised by {Author}: its tokens are refused for ever")]
    public static partial void SigningKeyCompromised(this ILogger logger, string keyId, string author);
}
