namespace Bhiv.Api.Configuration;

internal static partial class Log
{
    [LoggerMessage(3301, LogLevel.Information, "Secrets were replaced: signing keys {SigningKeys}, API keys {ApiKeys}")]
    public static partial void SecretsReplaced(this ILogger logger, string signingKeys, string apiKeys);

    [LoggerMessage(3302, LogLevel.Warning, "A file of secrets cannot be used, and what was good before stays: {Problems}")]
    public static partial void SecretFilesRefused(this ILogger logger, string problems);

    [LoggerMessage(3305, LogLevel.Error, "What the files of secrets say could not be followed; it is tried again each second")]
    public static partial void SecretFilesUnfollowed(this ILogger logger, Exception fault);

    [LoggerMessage(3304, LogLevel.Warning, "{Problem} It counts once, and the next start is refused")]
    public static partial void SecretsDoubled(this ILogger logger, string problem);

    [LoggerMessage(3303, LogLevel.Information, "Every file of secrets can be used again")]
    public static partial void SecretFilesGood(this ILogger logger);
}
