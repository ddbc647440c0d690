using System.Diagnostics;
using Bhiv.Domain;
using Bhiv.Domain.ApiKeys;

namespace Bhiv.Application.Explaining;

/// <summary>Explains an API key by what is known of it now.</summary>
public sealed class ApiKeyExplainer(IApiKeys keys, IApiKeyStore store, TimeProvider time)
{
    private const string Subject = "An API key";

    public async Task<Explanation> ExplainAsync(PlainTextApiKey presented, CancellationToken cancellationToken)
    {
        var now = time.Now();
        Check shape = presented.IsMistyped
            ? new("checksum", false, "It begins like a key that was made here, and its checksum does not match: mistyped, cut off or changed to another case.")
            : new("checksum", presented.IsOurs ? true : null, presented.IsOurs ? "It is a key that was made here, as it was shown." : "It has none: a key of the environment, or none of ours.");
        if (keys.Find(presented) is not { } known)
            return new Explanation(Subject, "invalid_api_key", [shape, new Check("key", false, await DescribeUnknownAsync(presented, cancellationToken))]);
        // The row, which knows of its last use.
        var key = await store.FindAsync(known.Key.Id, cancellationToken) ?? known.Key;
        return new Explanation(Subject, CodeOf(known.Judge(now)), [shape, .. Of(known with { Key = key with { Scopes = known.Key.Scopes } }, now)]);
    }

    private async Task<string> DescribeUnknownAsync(PlainTextApiKey presented, CancellationToken cancellationToken) =>
        presented.Id is { } id && await store.FindAsync(id, cancellationToken) is { } row
            ? $"It names key {row.Id} of client {row.ClientId}, and is not that key."
            : "No client has it.";

    private IEnumerable<Check> Of(KnownApiKey known, DateTimeOffset now)
    {
        var key = known.Key;
        var where = keys.NameOf(key.Id) is { } variable ? $"{variable}, first seen {Spoken.Of(key.CreatedAt, now)}" : $"made {Spoken.Of(key.CreatedAt, now)}";
        yield return new Check("key", true, $"{key.Id}: {where}.");
        yield return key.RevokedAt is { } revoked
            ? new Check("revoked", false, $"Revoked {Spoken.Of(revoked, now)}, for ever.")
            : new Check("revoked", true, "It is not.");
        yield return known.Client.DisabledAt is { } disabled
            ? new Check("client", false, $"{key.ClientId} was disabled {Spoken.Of(disabled, now)}.")
            : new Check("client", true, $"{key.ClientId}.");
        yield return OfExpiry(key, now);
        yield return new Check("scopes", null, $"{key.Scopes.ToText()}; a call that needs another gets insufficient_scope.");
        yield return new Check("last used", null, key.LastUsedAt is { } used ? $"{Spoken.Of(used, now)}, from {key.LastUsedAddress ?? "nowhere known"}." : "Never.");
        yield return new Check("rotation", null, key.ReplacedBy is { } next ? $"Replaced by {next}." : $"Due {Spoken.Of(known.RotateBy, now)}.");
    }

    private static Check OfExpiry(ApiKey key, DateTimeOffset now) => key.ExpiresAt switch
    {
        null => new Check("expiry", true, "A key of the environment does not expire."),
        { } past when now >= past => new Check("expiry", false, $"It expired {Spoken.Of(past, now)}."),
        { } coming => new Check("expiry", true, $"It expires {Spoken.Of(coming, now)}."),
    };

    private static string? CodeOf(ApiKeyState state) => state switch
    {
        ApiKeyState.Good => null,
        ApiKeyState.Expired => "expired_api_key",
        ApiKeyState.Revoked or ApiKeyState.ClientDisabled => "revoked_api_key",
        _ => throw new UnreachableException(),
    };
}
