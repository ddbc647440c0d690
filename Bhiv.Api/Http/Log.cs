namespace Bhiv.Api.Http;

internal static partial class Log
{
    [LoggerMessage(3001, LogLevel.Error, "A request failed for a reason that nobody expected")]
    public static partial void RequestFailed(this ILogger logger, Exception fault);

    [LoggerMessage(3002, LogLevel.Error, "A request failed because a store could not be reached")]
    public static partial void StoreFailed(this ILogger logger, Exception fault);

    [LoggerMessage(3003, LogLevel.Warning, "The {Credential} was refused ({Code}): client {ClientId} from {Address}: {Detail}")]
    public static partial void CredentialRefused(
        this ILogger logger, string credential, string code, string? clientId, string? address, string detail);

    [LoggerMessage(3004, LogLevel.Warning, "Requests are refused that are too many: client {ClientId}, key {KeyId}, from {Address}")]
    public static partial void RateLimited(this ILogger logger, string? clientId, string? keyId, string? address);

    [LoggerMessage(3011, LogLevel.Warning, "A call from {Address} was refused: it came in plain text, and its credentials may be known to others")]
    public static partial void PlainRequestRefused(this ILogger logger, string? address);

    [LoggerMessage(3012, LogLevel.Warning, "The network of {Address} holds {Maximum} connections, its share, and another one was closed")]
    public static partial void ConnectionsRefused(this ILogger logger, string address, int maximum);

    [LoggerMessage(3013, LogLevel.Warning,
        "A call from {Address} has the header {Header}, which is believed of nobody who is not in Http:Proxies. If that is a proxy of yours, all its "
        + "callers are one to the throttle and the limits: list it. If not, somebody forges")]
    public static partial void ForwardedHeaderIgnored(this ILogger logger, string address, string header);

    [LoggerMessage(3014, LogLevel.Warning, "All {Maximum} connections are taken that there may be, and one from {Address} was closed")]
    public static partial void ConnectionsExhausted(this ILogger logger, int maximum, string address);
}
