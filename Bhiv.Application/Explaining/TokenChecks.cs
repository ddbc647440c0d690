using Bhiv.Domain.Tokens;

namespace Bhiv.Application.Explaining;

/// <summary>The checks of a token by itself, in the order in which the validator makes them.</summary>
internal static class TokenChecks
{
    private const string Signature = "signature";

    /// <param name="said">Null where it cannot be read.</param>
    /// <param name="fault">The first check that failed, by the validator.</param>
    /// <param name="key">Of the key that it names.</param>
    public static IEnumerable<Check> Of(UnverifiedToken? said, TokenFault? fault, Check key, TokenOptions policy, DateTimeOffset now)
    {
        yield return new Check("shape", fault != TokenFault.Malformed, fault == TokenFault.Malformed
            ? "It is not three base64url segments of a JWT signed with HS256, or a claim is missing or of another type."
            : "A JWT, signed with HS256.");
        if (said is null) yield break;
        yield return key;
        var isForged = fault is TokenFault.BadSignature or TokenFault.Forged;
        yield return isForged && key.Passed == false
            ? new Check(Signature, false, "It cannot be verified without the key.")
            : Of(Signature, TokenFault.Forged, isForged ? TokenFault.Forged : fault, "By that key.", "Not by that key, or cut off on the way: it was changed or made by somebody else.");
        yield return Of("type", TokenFault.WrongType, fault, $"{said.Type}.", $"It says \"{said.Type}\": an access token is no refresh token, nor the reverse.");
        yield return Of("issuer", TokenFault.WrongIssuer, fault, $"{said.Issuer}.", $"It says \"{said.Issuer}\", and \"{policy.Issuer}\" is expected; an audience too where one is set.");
        yield return Of("issued at", TokenFault.NotYetValid, fault, Time(said.IssuedAt, now), $"{Time(said.IssuedAt, now)} More than {Spoken.Of(policy.ClockSkew)} ahead: compare the clocks.");
        yield return Of("lifetime", TokenFault.LifetimeTooLong, fault, Lifetime(said), $"{Lifetime(said)} No token of this service is good for so long.");
        yield return Of("expiry", TokenFault.Expired, fault, Time(said.ExpiresAt, now), $"Expired {Time(said.ExpiresAt, now)}");
    }

    private static Check Of(string name, TokenFault mine, TokenFault? fault, string good, string bad) =>
        fault is null || Place(mine) < Place(fault.Value) ? new Check(name, true, good)
        : fault == mine ? new Check(name, false, bad)
        : new Check(name, null, name == Signature ? "Not judged." : $"Not judged; it says: {good}");

    /// <summary>Members stand in the order of the checks; the two faults of a signature are one.</summary>
    private static int Place(TokenFault fault) => (int)(fault == TokenFault.BadSignature ? TokenFault.Forged : fault);

    private static string Time(DateTimeOffset? time, DateTimeOffset now) => time is null ? "It says none." : Spoken.Of(time.Value, now) + ".";

    private static string Lifetime(UnverifiedToken said) =>
        said.ExpiresAt - said.IssuedAt is { } lifetime && lifetime >= TimeSpan.Zero ? Spoken.Of(lifetime) + "." : "It says none.";
}
