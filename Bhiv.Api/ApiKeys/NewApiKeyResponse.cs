using System.ComponentModel.DataAnnotations;
using Bhiv.Api.OpenApi;
using Bhiv.Application.ApiKeys;
using Bhiv.Domain.ApiKeys;

namespace Bhiv.Api.ApiKeys;

/// <summary>A new API key, with its text.</summary>
/// <param name="ApiKey" example="bhiv_4fT9kQ2mXb7L_…">The key: for X-API-Key. It is shown here and never again.</param>
/// <param name="KeyId" example="4fT9kQ2mXb7L">What it is called where it is listed and logged.</param>
/// <param name="ClientId" example="mobile">Whose it is.</param>
/// <param name="Scopes" example="[&quot;auth&quot;, &quot;generate&quot;]">What it may be used for.</param>
/// <param name="CreatedAt" example="2026-03-01T09:30:00+00:00">When it was made.</param>
/// <param name="ExpiresAt" example="2026-03-31T09:30:00+00:00">From when on it is not good.</param>
public sealed record NewApiKeyResponse(
    string ApiKey,
    [property: MaxLength(ApiKeyId.MaximumLength)] string KeyId,
    [property: MaxLength(Domain.ApiKeys.ClientId.MaximumLength)] string ClientId,
    [property: ScopeWords] IReadOnlyList<string> Scopes,
    DateTimeOffset CreatedAt,
    DateTimeOffset ExpiresAt)
{
    internal static NewApiKeyResponse Of(NewApiKey made) => new(
        made.Text.Reveal(),
        made.Key.Id.Value,
        made.Key.ClientId.Value,
        made.Key.Scopes.ToWords(),
        made.Key.CreatedAt,
        made.Key.ExpiresAt!.Value);

    /// <summary>A key belongs into no log, and a record prints all of it.</summary>
    public override string ToString() => $"[API key {KeyId}]";
}

/// <summary>A new API key, with its text, and the one that it replaces.</summary>
/// <param name="ApiKey" example="bhiv_9aB3xY7wQe1Z_…">The new key: for X-API-Key. It is shown here and never again.</param>
/// <param name="KeyId" example="9aB3xY7wQe1Z">What it is called where it is listed and logged.</param>
/// <param name="ClientId" example="mobile">Whose it is.</param>
/// <param name="Scopes" example="[&quot;auth&quot;, &quot;generate&quot;]">What it may be used for.</param>
/// <param name="CreatedAt" example="2026-03-24T09:30:00+00:00">When it was made.</param>
/// <param name="ExpiresAt" example="2026-04-23T09:30:00+00:00">From when on it is not good.</param>
/// <param name="Replaces" example="4fT9kQ2mXb7L">The `key_id` of the old key.</param>
/// <param name="OldExpiresAt" example="2026-03-31T09:30:00+00:00">From when on the old key is not good.</param>
public sealed record RotatedApiKeyResponse(
    string ApiKey,
    [property: MaxLength(ApiKeyId.MaximumLength)] string KeyId,
    [property: MaxLength(Domain.ApiKeys.ClientId.MaximumLength)] string ClientId,
    [property: ScopeWords] IReadOnlyList<string> Scopes,
    DateTimeOffset CreatedAt,
    DateTimeOffset ExpiresAt,
    [property: MaxLength(ApiKeyId.MaximumLength)] string Replaces,
    DateTimeOffset OldExpiresAt)
{
    internal static RotatedApiKeyResponse Of(NewApiKey made, string replaces, DateTimeOffset oldExpiresAt)
    {
        var key = NewApiKeyResponse.Of(made);
        return new(key.ApiKey, key.KeyId, key.ClientId, key.Scopes, key.CreatedAt, key.ExpiresAt, replaces, oldExpiresAt);
    }

    /// <summary>A key belongs into no log, and a record prints all of it.</summary>
    public override string ToString() => $"[API key {KeyId}]";
}
