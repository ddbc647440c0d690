using Microsoft.Extensions.Logging;

namespace Bhiv.Application.ApiKeys;

internal static partial class Log
{
    [LoggerMessage(1301, LogLevel.Information, "Client {ClientId} was made by {Author}")]
    public static partial void ClientCreated(this ILogger logger, string clientId, string author);

    [LoggerMessage(1302, LogLevel.Warning, "Client {ClientId} was disabled by {Author}: {Sessions} sessions were ended")]
    public static partial void ClientDisabled(this ILogger logger, string clientId, string author, int sessions);

    [LoggerMessage(1303, LogLevel.Warning, "Client {ClientId} was enabled by {Author}")]
    public static partial void ClientEnabled(this ILogger logger, string clientId, string author);

    [LoggerMessage(1304, LogLevel.Information, "API key {KeyId} of client {ClientId} was made by {Author}")]
    public static partial void ApiKeyCreated(this ILogger logger, string keyId, string clientId, string author);

    [LoggerMessage(1305, LogLevel.Information, "API key {KeyId} of client {ClientId} was rotated to {NextKeyId} by {Author}")]
    public static partial void ApiKeyRotated(this ILogger logger, string keyId, string clientId, string nextKeyId, string author);

    [LoggerMessage(1306, LogLevel.Warning, "API key {KeyId} of client {ClientId} was revoked by {Author}: {Sessions} sessions were ended")]
    public static partial void ApiKeyRevoked(this ILogger logger, string keyId, string clientId, string author, int sessions);
}
