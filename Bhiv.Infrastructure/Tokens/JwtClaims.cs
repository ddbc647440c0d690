using System.Text.Json;

namespace Bhiv.Infrastructure.Tokens;

/// <summary>Claims by name, each null when it is absent or of another type.</summary>
internal readonly struct JwtClaims(JsonElement claims)
{
    public string? Text(string name) =>
        claims.TryGetProperty(name, out var claim) && claim.ValueKind == JsonValueKind.String ? claim.GetString() : null;

    public bool Is(string name, string text) =>
        claims.TryGetProperty(name, out var claim) && claim.ValueKind == JsonValueKind.String && claim.ValueEquals(text);

    public Guid? Id(string name) =>
        claims.TryGetProperty(name, out var claim) && claim.ValueKind == JsonValueKind.String && claim.TryGetGuid(out var id)
            ? id
            : null;

    /// <summary>A whole number: no fraction, no exponent, no text.</summary>
    public long? Number(string name) =>
        claims.TryGetProperty(name, out var claim) && claim.ValueKind == JsonValueKind.Number && claim.TryGetInt64(out var number)
            ? number
            : null;

    /// <summary>A NumericDate (RFC 7519 §2) from 1970 on, in whole seconds.</summary>
    public DateTimeOffset? Time(string name) =>
        Number(name) is { } seconds and >= 0 && seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds()
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;

    /// <summary>Issue and expiry, if each is there and the one before the other.</summary>
    public (DateTimeOffset IssuedAt, DateTimeOffset ExpiresAt)? Validity() =>
        Time("iat") is { } issuedAt && Time("exp") is { } expiresAt && expiresAt > issuedAt ? (issuedAt, expiresAt) : null;

    public IReadOnlyList<string>? Texts(string name)
    {
        if (!claims.TryGetProperty(name, out var claim) || claim.ValueKind != JsonValueKind.Array) return null;
        var texts = new string[claim.GetArrayLength()];
        var read = 0;
        foreach (var item in claim.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.String) return null;
            texts[read++] = item.GetString()!;
        }
        return texts;
    }
}
