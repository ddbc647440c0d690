using System.Diagnostics;
using Bhiv.Domain;
using Bhiv.Domain.ApiKeys;

namespace Bhiv.Application.Explaining;

/// <summary>Explains an API key by what is known of it now.</summary>
public sealed class ApiKeyExplainer(IApiKeys keys, IApiKeyStore store, TimeProvider time)
{
    private const string Subject = "An API key";

    /// <summary>Whether it is a key, or was one in the environment, whatever else it looks like.</summary>
    public async Task<bool> KnowsAsync(PlainTextApiKey presented, CancellationToken cancellationToken) =>
        keys.Find(presented) is not null || await store.FindAsync(presented.KnownAs, cancellationToken) is not null;

    public async Task<Explanation> ExplainAsync(PlainTextApiKey presented, CancellationToken cancellationToken)
    {
        var now = time.Now();
        var shape = OfShape(presented);
        if (keys.Find(presented) is not { } known)
            return new Explanation(Subject, "invalid_api_key", [shape, new Check("key", false, await DescribeUnknownAsync(presented, now, cancellationToken))]);
        // The row, which knows of its last use.
        var row = await store.FindAsync(known.Key.Id, cancellationToken) ?? known.Key;
        var next = row.ReplacedBy is { } id ? await store.FindAsync(id, cancellationToken) : null;
        return new Explanation(Subject, CodeOf(known.Judge(now)), [shape, .. Of(known with { Key = row with { Scopes = known.Key.Scopes } }, next, now)]);
    }

    private static Check OfShape(PlainTextApiKey presented) =>
        presented.IsMistyped
            ? new("checksum", false, "It begins like a key that was made here, and its checksum does not match: mistyped, cut off or changed to another case.")
        : presented.IsOurs ? new("checksum", true, "It is a key that was made here, as it was shown.")
        : new("checksum", null, "It has none: a key of the environment, or none of ours.");

    private async Task<string> DescribeUnknownAsync(PlainTextApiKey presented, DateTimeOffset now, CancellationToken cancellationToken) =>
        await store.FindAsync(presented.KnownAs, cancellationToken) is not { } row
            ? presented.IsOurs ? "No client has it." : "No client has it. It is no code of a refusal either, and no trace id."
            : row.IsOfEnvironment
                ? $"It is {row.Id} of client {row.ClientId}, which stood in the environment and does no more: first seen {Spoken.Of(row.CreatedAt, now)}, "
                    + (row.LastUsedAt is { } used ? $"last used {Spoken.Of(used, now)}." : "never used.")
            : $"It names {row.Id} of client {row.ClientId}, and is not that key.";

    private IEnumerable<Check> Of(KnownApiKey known, ApiKey? next, DateTimeOffset now)
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
        yield return key.ExpiresAt is not { } end
            ? new Check("expiry", true, "A key of the environment does not expire.")
            : key.IsExpired(now)
                ? new Check("expiry", false, $"It expired {Spoken.Of(end, now)}.")
                : new Check("expiry", true, $"It expires {Spoken.Of(end, now)}.");
        yield return new Check("scopes", null, $"{key.Scopes.ToText()}; a call that needs another gets insufficient_scope.");
        yield return new Check("last used", null, key.LastUsedAt is { } used ? $"{Spoken.Of(used, now)}, from {key.LastUsedAddress ?? "nowhere known"}." : "Never.");
        yield return new Check("rotation", null, key.ReplacedBy is not { } id
            ? $"Due {Spoken.Of(known.RotateBy, now)}."
            : $"Replaced by {id}{(next is null ? "" : $", which was made {Spoken.Of(next.CreatedAt, now)}")}.");
    }

    private static string? CodeOf(ApiKeyState state) => state switch
    {
        ApiKeyState.Good => null,
        ApiKeyState.Expired => "expired_api_key",
        ApiKeyState.Revoked or ApiKeyState.ClientDisabled => "revoked_api_key",
        _ => throw new UnreachableException(),
    };
}
