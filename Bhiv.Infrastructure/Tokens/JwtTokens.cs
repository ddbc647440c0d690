using System.Text.Json;
using Bhiv.Domain;
using Bhiv.Domain.Accounts;
using Bhiv.Domain.ApiKeys;
using Bhiv.Domain.Audit;
using Bhiv.Domain.SigningKeys;
using Bhiv.Domain.Tokens;
using Microsoft.Extensions.Logging;

namespace Bhiv.Infrastructure.Tokens;

/// <summary>
/// Issues and validates both kinds of token. Each says its <c>type</c>, and neither is taken in the other's place.
/// </summary>
internal sealed class JwtTokens(SigningKeyRing ring, TokenOptions options, Alarms alarms, ILogger<JwtTokens> logger)
    : IAccessTokens, IRefreshTokens, IUnverifiedTokens
{
    private const string Access = UnverifiedToken.Access;
    private const string Refresh = UnverifiedToken.Refresh;

    public string Issue(Session session, Account account)
    {
        var issuedAt = session.RotatedAt.ToWholeSeconds();
        return CompactJwt.Write(KeyOf(session), json =>
        {
            json.WriteString("sub", session.AccountId.ToString());
            json.WriteString("username", account.Name);
            json.WriteString("type", Access);
            json.WriteString("sid", session.Id.ToString());
            json.WriteString("client_id", session.ClientId.Value);
            json.WriteStartArray("roles");
            foreach (var role in account.Roles) json.WriteStringValue(role);
            json.WriteEndArray();
            json.WriteString("jti", session.Secret.AccessTokenId(session.Generation));
            WriteValidity(json, issuedAt, issuedAt + options.AccessTokenLifetime);
        });
    }

    public string Issue(Session session) => CompactJwt.Write(KeyOf(session), json =>
    {
        json.WriteString("sub", session.AccountId.ToString());
        json.WriteString("type", Refresh);
        json.WriteString("sid", session.Id.ToString());
        json.WriteNumber("gen", session.Generation);
        json.WriteString("jti", session.Secret.RefreshTokenId(session.Generation));
        WriteValidity(json, session.RotatedAt, session.ExpiresAt);
    });

    public TokenReading<AccessTokenClaims> Validate(ReadOnlySpan<char> token, DateTimeOffset now) =>
        Read(token, Access, options.AccessTokenLifetime, now, claims =>
            claims.Id("sub") is { } account
            // Its time is read out of it.
            && claims.Id("sid") is { Version: 7 } session
            && claims.Text("username") is { } username
            && claims.Text("client_id") is { } client
            && claims.Texts("roles") is { } roles
            && claims.Text("jti") is { } tokenId
                ? new AccessTokenClaims(
                    new AccountId(account), username, new SessionId(session), new ClientId(client), roles, tokenId,
                    claims.Time("iat")!.Value, claims.Time("exp")!.Value)
                : null);

    public TokenReading<RefreshTokenClaims> Read(string token, DateTimeOffset now) =>
        // Its session says when it ends, and a key without the session's secret signs none: shortening the setting ends no
        // session.
        Read(token, Refresh, TimeSpan.MaxValue, now, claims =>
            claims.Id("sub") is { } account
            && claims.Id("sid") is { } session
            && claims.Number("gen") is { } generation and >= 0
            && claims.Text("jti") is { } tokenId
                ? new RefreshTokenClaims(new AccountId(account), new SessionId(session), generation, tokenId)
                : null);

    public UnverifiedToken? Peek(string token)
    {
        try
        {
            using var document = CompactJwt.Peek(token, out var keyId);
            if (document is null) return null;
            var claims = new JwtClaims(document.RootElement);
            return new UnverifiedToken(
                keyId,
                claims.Text("type"),
                claims.Id("sub") is { } account ? new AccountId(account) : null,
                claims.Text("username"),
                claims.Id("sid") is { } session ? new SessionId(session) : null,
                claims.Text("client_id") is { } client ? new ClientId(client) : null,
                claims.Number("gen"),
                claims.Text("jti"),
                claims.Text("iss"),
                claims.Time("iat"),
                claims.Time("exp"));
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>
    /// A session's tokens are signed by its own key while the ring has it, so that the same row gives the same token to the
    /// byte. When that key has gone, the token it signed is worth nothing any more, and the active key signs.
    /// </summary>
    private SigningKey KeyOf(Session session) => ring.Find(session.KeyId) ?? ring.Active;

    private void WriteValidity(Utf8JsonWriter json, DateTimeOffset issuedAt, DateTimeOffset expiresAt)
    {
        json.WriteString("iss", options.Issuer);
        if (options.Audience is not null) json.WriteString("aud", options.Audience);
        json.WriteNumber("iat", issuedAt.ToUnixTimeSeconds());
        json.WriteNumber("exp", expiresAt.ToUnixTimeSeconds());
    }

    private TokenReading<TClaims> Read<TClaims>(
        ReadOnlySpan<char> token, string type, TimeSpan maximumLifetime, DateTimeOffset now, Func<JwtClaims, TClaims?> read)
        where TClaims : class
    {
        try
        {
            var fault = CompactJwt.Read(token, ring, out var document);
            using (document)
            {
                // Here and not where it is answered: no call that reads a token can forget it.
                if (fault is TokenFault.Forged && alarms.IsDue(Alarm.TokenForged)) logger.TokenForged();
                if (fault is not null) return new TokenReading<TClaims>.Refused(fault.Value);
                var claims = new JwtClaims(document!.RootElement);
                fault = Judge(claims, type, maximumLifetime, now);
                if (fault is not null and not TokenFault.Expired) return new TokenReading<TClaims>.Refused(fault.Value);
                // Expired is said only of a token that is otherwise whole.
                if (read(claims) is not { } whole) return new TokenReading<TClaims>.Refused(TokenFault.Malformed);
                return fault is null
                    ? new TokenReading<TClaims>.Valid(whole)
                    : new TokenReading<TClaims>.Refused(fault.Value);
            }
        }
        // The JSON reader says "malformed" in two ways: the second is for strings that are no Unicode.
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            return new TokenReading<TClaims>.Refused(TokenFault.Malformed);
        }
    }

    private TokenFault? Judge(JwtClaims claims, string type, TimeSpan maximumLifetime, DateTimeOffset now)
    {
        if (!claims.Is("type", type)) return TokenFault.WrongType;
        if (!claims.Is("iss", options.Issuer)) return TokenFault.WrongIssuer;
        if (options.Audience is not null && !claims.Is("aud", options.Audience)) return TokenFault.WrongIssuer;
        if (claims.Time("iat") is not { } issuedAt || claims.Time("exp") is not { } expiresAt || expiresAt <= issuedAt)
            return TokenFault.Malformed;
        if (issuedAt > now + options.ClockSkew) return TokenFault.NotYetValid;
        if (expiresAt - issuedAt > maximumLifetime) return TokenFault.LifetimeTooLong;
        return now >= expiresAt ? TokenFault.Expired : null;
    }
}

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
