using Bhiv.Domain;
using Bhiv.Domain.ApiKeys;
using Bhiv.Domain.Audit;
using Microsoft.Extensions.Logging;

namespace Bhiv.Application.ApiKeys;

/// <summary>Makes, rotates and revokes API keys for whoever runs the service. A key is shown to its maker, once.</summary>
public sealed class ApiKeyAdministration(
    IApiKeyStore store, IClientStore clients, IApiKeys keys, ApiKeyOptions policy, TimeProvider time, ILogger<ApiKeyAdministration> logger)
{
    /// <summary>In days, of a key that is asked to live for longer or shorter than the policy says.</summary>
    public const int MaximumDays = 365;

    /// <summary>Each key with what hangs on it, the newest first.</summary>
    /// <param name="client">Only of this client.</param>
    public async Task<IReadOnlyList<ApiKeyEntry>> ListAsync(ClientId? client, CancellationToken cancellationToken)
    {
        var now = time.Now();
        return
        [
            .. (await store.ListAsync(client, now, cancellationToken)).Select(row => new ApiKeyEntry(
                row, StateOf(row, now), row.Key.RotateBy(policy), row.Key.SafeToRemoveAt(row.LastSessionEnds, policy, now))),
        ];
    }

    /// <param name="lifetime">Null for what the policy says.</param>
    public async Task<CreationResult> CreateAsync(
        ClientId client, Scopes scopes, TimeSpan? lifetime, Author by, CancellationToken cancellationToken)
    {
        if (await clients.FindAsync(client, cancellationToken) is null) return new CreationResult.NoClient();
        var text = PlainTextApiKey.Generate();
        var now = time.Now();
        var key = ApiKey.Create(client, text, scopes, lifetime ?? policy.RotateAfter, now);
        if (!await store.TryAddAsync(key, AuditEvent.OfApiKey(AuditEventKind.ApiKeyCreated, client, key.Id, by, now)))
            return new CreationResult.ClientDisabled();
        logger.ApiKeyCreated(key.Id.Value, client.Value, by.Name);
        return new CreationResult.Created(new NewApiKey(key, text));
    }

    /// <summary>
    /// A new key of the same client and scopes. The old one stays good for the overlap, and no longer than it would have been: its callers
    /// have that long to change over.
    /// </summary>
    /// <param name="overlap">Null for what the policy says.</param>
    public async Task<RotationResult> RotateAsync(ApiKeyId id, TimeSpan? overlap, Author by, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(id, cancellationToken) is not { } old) return new RotationResult.NotFound();
        if (old.IsOfEnvironment) return new RotationResult.OfEnvironment();
        var text = PlainTextApiKey.Generate();
        var now = time.Now();
        var key = ApiKey.Create(old.ClientId, text, old.Scopes, policy.RotateAfter, now);
        var recorded = AuditEvent.OfApiKey(AuditEventKind.ApiKeyRotated, old.ClientId, old.Id, by, now);
        var overlapEnds = now + (overlap ?? policy.Overlap);
        if (!await store.TryRotateAsync(id, key, overlapEnds, recorded)) return new RotationResult.NotLive();
        logger.ApiKeyRotated(id.Value, old.ClientId.Value, key.Id.Value, by.Name);
        // What was read still held: nothing but a rotation moves it, and no key is rotated twice.
        return new RotationResult.Rotated(new NewApiKey(key, text), old.ExpiresAt < overlapEnds ? old.ExpiresAt.Value : overlapEnds);
    }

    /// <summary>
    /// Refuses the key for ever and ends the sessions that hang on it, as is due when it leaked. What is merely out of use expires by
    /// itself and ends nothing. Null: there is no such key, or it has been revoked.
    /// </summary>
    /// <returns>How many sessions were ended.</returns>
    public async Task<int?> RevokeAsync(ApiKeyId id, Author by)
    {
        // Not cancelled: a caller that hangs up keeps no key alive.
        if (await store.FindAsync(id, CancellationToken.None) is not { } key) return null;
        var ended = await store.TryRevokeAsync(
            id, AuditEvent.OfApiKey(AuditEventKind.ApiKeyRevoked, key.ClientId, id, by, time.Now()));
        if (ended is not null) logger.ApiKeyRevoked(id.Value, key.ClientId.Value, by.Name, ended.Value);
        return ended;
    }

    private ApiKeyState StateOf(ApiKeyOverview row, DateTimeOffset now) =>
        row.Key.Judge(row.Client, now) is var state && state == ApiKeyState.Good && row.Key.IsOfEnvironment && keys.NameOf(row.Key.Id) is null
            ? ApiKeyState.Removed
            : state;
}

/// <param name="RotateBy">By when its owner shall have replaced it.</param>
/// <param name="SafeToRemoveAt">From when on nobody misses it, as far as is known now.</param>
public sealed record ApiKeyEntry(
    ApiKeyOverview Overview, ApiKeyState State, DateTimeOffset RotateBy, DateTimeOffset SafeToRemoveAt);

/// <param name="Text">To be shown once.</param>
public sealed record NewApiKey(ApiKey Key, PlainTextApiKey Text);

public abstract record CreationResult
{
    private CreationResult()
    {
    }

    public sealed record Created(NewApiKey Key) : CreationResult;

    public sealed record NoClient : CreationResult;

    public sealed record ClientDisabled : CreationResult;
}

public abstract record RotationResult
{
    private RotationResult()
    {
    }

    /// <param name="OldExpiresAt">Until when the one that it replaces is good.</param>
    public sealed record Rotated(NewApiKey Key, DateTimeOffset OldExpiresAt) : RotationResult;

    public sealed record NotFound : RotationResult;

    /// <summary>It has expired, or was revoked or rotated before; or its client is disabled.</summary>
    public sealed record NotLive : RotationResult;

    /// <summary>It stands in the environment, and is replaced there.</summary>
    public sealed record OfEnvironment : RotationResult;
}
