using System.Globalization;
using Bhiv.Domain.Tokens;

namespace Bhiv.Application.Explaining;

/// <summary>The checks of a token by itself, in the order in which the validator makes them. One that failed hides none behind it.</summary>
internal static class TokenChecks
{
    /// <param name="key">Of the key that it names.</param>
    public static IEnumerable<Check> Of(TokenInspection found, int size, Check key, TokenOptions policy, DateTimeOffset now)
    {
        yield return OfShape(found, size);
        if (found.Header is { } header) yield return OfHeader(header);
        if (found.Header is not null) yield return key;
        yield return OfSignature(found, key);
        if (found.Claims is { } said)
        {
            foreach (var check in Of(found.Faults, said, policy, now)) yield return check;
            yield return found.AreClaimsWhole && said.ExpiresAt > said.IssuedAt
                ? new Check("claims", true, "Each that is needed is there.")
                : new Check("claims", false, "One is missing or of another type, or it expires before it is issued.");
            yield return Of("expiry", TokenFault.Expired, found.Faults, said.ExpiresAt, $"Expired {Spoken.Maybe(said.ExpiresAt, now)}", Spoken.Maybe(said.ExpiresAt, now));
        }
        else
        {
            yield return new Check("claims", false, "They cannot be read, so that nothing of them is judged: cut off, no JSON object, or one stands there twice.");
        }
    }

    private static Check OfShape(TokenInspection found, int size)
    {
        var characters = string.Create(CultureInfo.InvariantCulture, $"{size} characters");
        return found.IsWellFormed ? new Check("shape", true, $"{characters} in three segments.")
            : size > TokenOptions.MaximumLength
                ? new Check("shape", false, string.Create(CultureInfo.InvariantCulture, $"{characters}; one of more than {TokenOptions.MaximumLength} is refused unread."))
            : new Check("shape", false, $"{characters}, and not three segments of base64url with dots between them: cut off, or something was added.");
    }

    private static Check OfHeader(UnverifiedHeader header)
    {
        var says = $"alg {header.Algorithm ?? "none at all"}, typ {header.Type ?? "none"}, kid {header.KeyId ?? "none"}";
        return header.IsUnderstood
            ? new Check("header", true, says + ".")
            : new Check("header", false, says + "; alg has to be HS256, typ JWT if it is there, and beside kid nothing may stand there.");
    }

    private static Check OfSignature(TokenInspection found, Check key)
    {
        const string name = "signature";
        const string warning = " What follows is only what it says of itself.";
        return !found.IsWellFormed || found.Header is not { IsUnderstood: true }
            ? new Check(name, null, "Not verified: it is not clear what is signed, or how." + warning)
            : found.Faults.Contains(TokenFault.Forged)
                ? new Check(name, false, "Not by that key: the token was changed, or made by somebody else." + warning)
            : !found.Faults.Contains(TokenFault.BadSignature)
                ? new Check(name, true, "Verified.")
            : key.Passed == false
                ? new Check(name, null, "It cannot be verified without the key." + warning)
            : new Check(name, false, (found.Header.KeyId is null ? "By no key of this configuration." : "It was cut off on the way.") + warning);
    }

    private static IEnumerable<Check> Of(IReadOnlyList<TokenFault> faults, UnverifiedToken said, TokenOptions policy, DateTimeOffset now)
    {
        yield return faults.Contains(TokenFault.WrongType)
            ? new Check("type", false, $"It says \"{said.Type}\"; it has to be {UnverifiedToken.Access} or {UnverifiedToken.Refresh}.")
            : new Check("type", true, $"{said.Type}; good for {(said.Type == UnverifiedToken.Refresh ? "a refresh, and in no Authorization header" : "calls, and for no refresh")}.");
        var (issuer, audience) = policy.Audience is { } demanded
            ? ($"\"{said.Issuer}\" for \"{said.Audience}\"", $"\"{policy.Issuer}\" for \"{demanded}\"")
            : ($"\"{said.Issuer}\"", $"\"{policy.Issuer}\"");
        yield return faults.Contains(TokenFault.WrongIssuer)
            ? new Check("issuer", false, $"It says {issuer}; it has to be {audience}.")
            : new Check("issuer", true, $"{issuer}.");
        var issued = Spoken.Maybe(said.IssuedAt, now);
        yield return Of("issued at", TokenFault.NotYetValid, faults, said.IssuedAt, $"{issued} That is more than {Spoken.Of(policy.ClockSkew)} ahead: compare the clocks.", issued);
        var lifetime = said.ExpiresAt > said.IssuedAt ? said.ExpiresAt - said.IssuedAt : null;
        var spoken = lifetime is { } span ? Spoken.Of(span) + "." : "It says none.";
        yield return Of("lifetime", TokenFault.LifetimeTooLong, faults, lifetime, $"{spoken} No token is good for longer than {Spoken.Of(policy.AccessTokenLifetime)}.", spoken);
    }

    /// <param name="judged">Null where the token does not say what is to be judged.</param>
    private static Check Of<T>(string name, TokenFault fault, IReadOnlyList<TokenFault> faults, T? judged, string bad, string good)
        where T : struct =>
        judged is null ? new Check(name, null, good) : faults.Contains(fault) ? new Check(name, false, bad) : new Check(name, true, good);
}
