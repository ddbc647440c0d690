using System.ComponentModel.DataAnnotations;
using Bhiv.Api.OpenApi;
using Bhiv.Application.ApiKeys;
using Bhiv.Domain;
using Bhiv.Domain.ApiKeys;
using Bhiv.Domain.Tokens;

namespace Bhiv.Api.ApiKeys;

/// <summary>An API key, without its text.</summary>
/// <param name="KeyId" example="4fT9kQ2mXb7L">The part of its text that may be shown; of a key of the environment a fingerprint.</param>
/// <param name="ClientId" example="mobile">Whose it is.</param>
/// <param name="Scopes" example="[&quot;auth&quot;, &quot;generate&quot;]">What it may be used for.</param>
/// <param name="State" example="good">What becomes of a call with it: <c>removed</c> is one that stood in the environment and does no more.</param>
/// <param name="CreatedAt" example="2026-03-01T09:30:00+00:00">When it was made; of a key of the environment, when it was first seen.</param>
/// <param name="ExpiresAt" example="2026-03-31T09:30:00+00:00">From when on it is not good; null of a key of the environment.</param>
/// <param name="RotateBy" example="2026-03-31T09:30:00+00:00">By when it shall be replaced.</param>
/// <param name="RevokedAt" example="2026-03-02T08:00:00+00:00">Since when it is refused for ever; null while it is not.</param>
/// <param name="ReplacedBy" example="9aB3xY7wQe1Z">The `key_id` of the key that took its place; null while none did.</param>
/// <param name="Environment" example="false">Whether it is a key of the environment, and not one that was made here.</param>
/// <param name="LastUsedAt" example="2026-03-01T12:00:00+00:00">When it was last accepted, to a few seconds; null of one that never was.</param>
/// <param name="LastUsedAddress" example="192.0.2.17">From where.</param>
/// <param name="LastUsedUserAgent" example="python-requests/2.32.3">By what.</param>
/// <param name="LiveSessions" example="3">How many sessions would end with it: those that were last refreshed with it, or begun.</param>
/// <param name="SafeToRemoveAt" example="2026-03-08T12:00:00+00:00">From when on nobody misses it, as far as is known now.</param>
public sealed record ApiKeyResponse(
    [property: MaxLength(ApiKeyId.MaximumLength)] string KeyId,
    [property: MaxLength(Domain.ApiKeys.ClientId.MaximumLength)] string ClientId,
    [property: ScopeWords] IReadOnlyList<string> Scopes,
    [property: KnownEnumText<ApiKeyState>] string State,
    DateTimeOffset CreatedAt,
    DateTimeOffset? ExpiresAt,
    DateTimeOffset RotateBy,
    DateTimeOffset? RevokedAt,
    [property: MaxLength(ApiKeyId.MaximumLength)] string? ReplacedBy,
    bool Environment,
    DateTimeOffset? LastUsedAt,
    [property: MaxLength(Caller.MaximumAddressLength)] string? LastUsedAddress,
    [property: MaxLength(Caller.MaximumUserAgentLength)] string? LastUsedUserAgent,
    [property: Range(0, int.MaxValue)] int LiveSessions,
    DateTimeOffset SafeToRemoveAt)
{
    internal static ApiKeyResponse Of(ApiKeyEntry entry)
    {
        var key = entry.Overview.Key;
        return new(
            key.Id.Value,
            key.ClientId.Value,
            key.Scopes.ToWords(),
            EnumText.Of(entry.State),
            key.CreatedAt,
            key.ExpiresAt,
            entry.RotateBy,
            key.RevokedAt,
            key.ReplacedBy?.Value,
            key.IsOfEnvironment,
            key.LastUsedAt,
            key.LastUsedAddress,
            key.LastUsedUserAgent,
            entry.Overview.LiveSessions,
            entry.SafeToRemoveAt);
    }
}
