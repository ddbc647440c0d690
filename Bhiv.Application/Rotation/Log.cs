using Microsoft.Extensions.Logging;

namespace Bhiv.Application.Rotation;

internal static partial class Log
{
    [LoggerMessage(1501, LogLevel.Warning,
        "{Name} is {KeyId} again, first seen at {FirstSeenAt}, and another came after it. Was it rolled back?")]
    public static partial void SecretReturned(this ILogger logger, string name, string keyId, DateTimeOffset firstSeenAt);

    [LoggerMessage(1502, LogLevel.Warning, "{Name} is a key that was revoked: every call with it is refused")]
    public static partial void RevokedKeyConfigured(this ILogger logger, string name);
}
