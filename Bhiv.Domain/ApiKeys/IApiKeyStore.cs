using Bhiv.Domain.Audit;

namespace Bhiv.Domain.ApiKeys;

/// <summary>
/// Persists API keys. Each change is committed with the record of it before the method returns; then this process acts by it. Writes
/// take no cancellation: a caller that hangs up keeps no key alive.
/// </summary>
public interface IApiKeyStore
{
    /// <summary>Every key, the newest first, with the sessions that hang on it: those that were last refreshed, or begun, with it.</summary>
    /// <param name="client">Only of this client.</param>
    Task<IReadOnlyList<ApiKeyOverview>> ListAsync(ClientId? client, DateTimeOffset now, CancellationToken cancellationToken);

    Task<ApiKey?> FindAsync(ApiKeyId id, CancellationToken cancellationToken);

    /// <summary>Stores a new key. False: there is no such client, or it is disabled, and nothing was stored.</summary>
    Task<bool> TryAddAsync(ApiKey key, AuditEvent recorded);

    /// <summary>
    /// Stores <paramref name="next"/>, and lets the key that it replaces expire at <paramref name="overlapEnds"/>, if it did not sooner.
    /// False: that one has been revoked, rotated or has expired meanwhile, and nothing was stored.
    /// </summary>
    Task<bool> TryRotateAsync(ApiKeyId replaced, ApiKey next, DateTimeOffset overlapEnds, AuditEvent recorded);

    /// <summary>
    /// Revokes a key for ever, and ends the sessions that hang on it. Null: it has been revoked before, or there is none.
    /// </summary>
    /// <returns>How many sessions were ended.</returns>
    Task<int?> TryRevokeAsync(ApiKeyId id, AuditEvent recorded);

    /// <summary>Every key that a call could be made with now, the oldest first.</summary>
    Task<IReadOnlyList<ApiKey>> ListGoodAsync(DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Keeps when the keys of the environment were first seen. One that is known stays as it is.</summary>
    /// <returns>Every key there is.</returns>
    Task<IReadOnlyList<ApiKey>> SeeAsync(IReadOnlyList<ApiKey> environment, CancellationToken cancellationToken);
}

/// <param name="LiveSessions">How many sessions hang on it that a refresh would still accept.</param>
/// <param name="LastSessionEnds">When the last of them expires.</param>
public sealed record ApiKeyOverview(ApiKey Key, Client Client, int LiveSessions, DateTimeOffset? LastSessionEnds);
