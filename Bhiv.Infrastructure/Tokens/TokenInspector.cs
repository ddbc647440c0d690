using System.Text.Json;
using Bhiv.Domain.Accounts;
using Bhiv.Domain.ApiKeys;
using Bhiv.Domain.SigningKeys;
using Bhiv.Domain.Tokens;

namespace Bhiv.Infrastructure.Tokens;

/// <summary>Goes on where the validator stops: by the same signature check and the same rules, and without its alarm.</summary>
internal sealed class TokenInspector(SigningKeyRing ring, TokenOptions options) : ITokenInspector
{
    private readonly TokenRules rules = new(options);

    public TokenInspection Inspect(string token, DateTimeOffset now)
    {
        var (isWellFormed, header) = CompactJwt.TakeApart(token, out var document);
        using (document)
        {
            List<TokenFault> faults = [.. new[] { JudgeSignature(token) }.OfType<TokenFault>()];
            UnverifiedToken? said = null;
            var areWhole = false;
            if (document is not null) said = TryJudge(new JwtClaims(document.RootElement), now, faults, out areWhole);
            if (said is null) faults.Add(TokenFault.Malformed);
            return new TokenInspection(isWellFormed, header, said, areWhole, [.. faults.Distinct()]);
        }
    }

    private UnverifiedToken? TryJudge(JwtClaims claims, DateTimeOffset now, List<TokenFault> faults, out bool areWhole)
    {
        areWhole = false;
        try
        {
            var said = Describe(claims);
            var isRefresh = said.Type == UnverifiedToken.Refresh;
            areWhole = isRefresh ? TokenRules.ReadRefresh(claims) is not null : TokenRules.ReadAccess(claims) is not null;
            faults.AddRange(rules.JudgeAll(claims, isRefresh ? UnverifiedToken.Refresh : UnverifiedToken.Access, areWhole, now));
            return said;
        }
        // A string that is no Unicode.
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private TokenFault? JudgeSignature(string token)
    {
        try
        {
            var fault = CompactJwt.Read(token, ring, out var document);
            document?.Dispose();
            return fault;
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            return TokenFault.Malformed;
        }
    }

    private static UnverifiedToken Describe(JwtClaims claims) => new(
        claims.Text("type"),
        claims.Id("sub") is { } account ? new AccountId(account) : null,
        claims.Text("username"),
        claims.Id("sid") is { } session ? new SessionId(session) : null,
        claims.Text("client_id") is { } client ? new ClientId(client) : null,
        claims.Number("gen"),
        claims.Text("jti"),
        claims.Text("iss"),
        claims.Text("aud"),
        claims.Time("iat"),
        claims.Time("exp"));
}
