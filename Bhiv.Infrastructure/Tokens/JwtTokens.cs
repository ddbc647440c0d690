using System.Text.Json;
using Bhiv.Domain;
using Bhiv.Domain.Accounts;
using Bhiv.Domain.Audit;
using Bhiv.Domain.SigningKeys;
using Bhiv.Domain.Tokens;
using Microsoft.Extensions.Logging;

namespace Bhiv.Infrastructure.Tokens;

/// <summary>
/// Issues and validates both kinds of token. Each says its <c>type</c>, and neither is taken in the other's place.
/// </summary>
internal sealed class JwtTokens(SigningKeyRing ring, TokenOptions options, Alarms alarms, ILogger<JwtTokens> logger)
    : IAccessTokens, IRefreshTokens
{
    private const string Access = UnverifiedToken.Access;
    private const string Refresh = UnverifiedToken.Refresh;

    private readonly TokenRules rules = new(options);

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
        Read(token, Access, now, TokenRules.ReadAccess);

    public TokenReading<RefreshTokenClaims> Read(string token, DateTimeOffset now) =>
        Read(token, Refresh, now, TokenRules.ReadRefresh);

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
        ReadOnlySpan<char> token, string type, DateTimeOffset now, Func<JwtClaims, TClaims?> read)
        where TClaims : class
    {
        try
        {
            var fault = CompactJwt.Read(token, ring, out var document);
            using (document)
            {
                // Here and not where it is answered: no call that reads a token can forget it.
                if (fault is TokenFault.Forged && alarms.IsDue(Alarm.TokenForged)) logger.TokenForged();
                if (fault is TokenFault.BadSignature && ring.Compromised.Count > 0) TellIfNewerThanMark(token.ToString());
                if (fault is not null) return new TokenReading<TClaims>.Refused(fault.Value);
                var claims = new JwtClaims(document!.RootElement);
                fault = rules.Judge(claims, type, now);
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

    /// <summary>
    /// Whose token is older than the mark on the signing key that it names was only logged in before; what is newer, by its own word, no process
    /// of this service made. The key itself is mostly gone from here: nothing proves that it signed.
    /// </summary>
    private void TellIfNewerThanMark(string token)
    {
        var (_, header) = CompactJwt.TakeApart(token, out var document);
        using (document)
        {
            if (header?.KeyId is { } key
                && document is not null
                && ring.Compromised.TryGetValue(key, out var since)
                && new JwtClaims(document.RootElement).Time("iat") > since + options.ClockSkew
                && alarms.IsDue(Alarm.CompromisedKeyUsed))
                logger.CompromisedKeyUsed(key, since);
        }
    }
}
