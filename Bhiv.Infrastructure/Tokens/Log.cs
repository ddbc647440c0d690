using Microsoft.Extensions.Logging;

namespace Bhiv.Infrastructure.Tokens;

internal static partial class Log
{
    [LoggerMessage(2211, LogLevel.Error, "What was revoked cannot be read; beyond Tokens:MaxStaleness calls with access tokens are answered 503")]
    public static partial void RevocationsUnread(this ILogger logger, Exception fault);

    [LoggerMessage(2212, LogLevel.Information, "What was revoked is read again")]
    public static partial void RevocationsReadAgain(this ILogger logger);

    [LoggerMessage(2213, LogLevel.Warning, "A token names a signing key of this service, and that key did not sign it")]
    public static partial void TokenForged(this ILogger logger);

    [LoggerMessage(2214, LogLevel.Warning, "A token names signing key {KeyId} and says that it was made after the key was marked as compromised at {CompromisedAt}")]
    public static partial void CompromisedKeyUsed(this ILogger logger, string keyId, DateTimeOffset compromisedAt);
}
