namespace Bhiv.Domain.ApiKeys;

/// <summary>A key of a client: what it may be used for, until when, and when it last was. Of the key itself only a hash is kept.</summary>
public sealed record ApiKey
{
    public required ApiKeyId Id { get; init; }

    public required ClientId ClientId { get; init; }

    /// <summary>Null of a key of the environment: it stands there, and the store knows it by its fingerprint.</summary>
    public ApiKeyHash? Hash { get; init; }

    public required Scopes Scopes { get; init; }

    /// <summary>When it was made; of a key of the environment, when it was first seen.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The first instant at which it is no longer good; null of a key of the environment, which is only ever due.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    public DateTimeOffset? RevokedAt { get; init; }

    /// <summary>The key that was made to take its place.</summary>
    public ApiKeyId? ReplacedBy { get; init; }

    /// <summary>When it was last accepted, to a few seconds.</summary>
    public DateTimeOffset? LastUsedAt { get; init; }

    public string? LastUsedAddress { get; init; }

    public string? LastUsedUserAgent { get; init; }

    public bool IsOfEnvironment => Hash is null;

    public bool Has(Scopes scope) => Scopes.HasFlag(scope);

    public bool IsExpired(DateTimeOffset now) => now >= ExpiresAt;

    /// <summary>By when its owner shall have replaced it: when it expires, or what the policy says of a key that never does.</summary>
    public DateTimeOffset RotateBy(ApiKeyOptions policy) => ExpiresAt ?? CreatedAt + policy.RotateAfter;

    /// <summary>What becomes of a call with this key now.</summary>
    /// <param name="client">Whose key it is.</param>
    public ApiKeyState Judge(Client client, DateTimeOffset now) =>
        RevokedAt is not null ? ApiKeyState.Revoked
        : client.DisabledAt is not null ? ApiKeyState.ClientDisabled
        : IsExpired(now) ? ApiKeyState.Expired
        : ApiKeyState.Good;

    /// <summary>
    /// From when on nobody misses it, as far as can be known: its last session has ended, and for as long as an overlap lasts nobody
    /// has called with it.
    /// </summary>
    /// <param name="lastSessionEnds">When the last of the sessions expires that were last refreshed with it; null where there is none.</param>
    public DateTimeOffset SafeToRemoveAt(DateTimeOffset? lastSessionEnds, ApiKeyOptions policy, DateTimeOffset now)
    {
        var unused = LastUsedAt + policy.Overlap;
        return new[] { now, lastSessionEnds ?? now, unused ?? now }.Max();
    }

    public static ApiKey Create(ClientId client, PlainTextApiKey key, Scopes scopes, TimeSpan lifetime, DateTimeOffset now) => new()
    {
        Id = key.Id!.Value,
        ClientId = client,
        Hash = key.Hash,
        Scopes = scopes,
        CreatedAt = now,
        ExpiresAt = now + lifetime,
    };

    /// <summary>A key that stands in the environment, seen for the first time.</summary>
    public static ApiKey FromEnvironment(PlainTextApiKey key, Scopes scopes, DateTimeOffset now) => new()
    {
        Id = key.KnownAs,
        ClientId = ClientId.Default,
        Scopes = scopes,
        CreatedAt = now,
    };
}

public enum ApiKeyState
{
    Good,
    Expired,
    Revoked,

    /// <summary>The key is good, and its client may call no more.</summary>
    ClientDisabled,

    /// <summary>It stood in the environment, and does no more.</summary>
    Removed,
}
