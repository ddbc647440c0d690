namespace Bhiv.Domain.Tokens;

/// <summary>The outcome of reading a token that came from outside.</summary>
/// <typeparam name="TClaims">What a token of the kind says.</typeparam>
public abstract record TokenReading<TClaims>
{
    private TokenReading()
    {
    }

    public sealed record Valid(TClaims Claims) : TokenReading<TClaims>;

    public sealed record Refused(TokenFault Fault) : TokenReading<TClaims>;
}

/// <summary>Why a token was refused: the first check that it failed, in the order in which they are made.</summary>
public enum TokenFault
{
    /// <summary>Not three base64url segments of a JWT signed with HS256, or a claim is missing or of another type.</summary>
    Malformed,

    /// <summary>No key of the ring signed it, or its signature was cut off on the way.</summary>
    BadSignature,

    /// <summary>It names a key of the ring, and that key did not sign it: somebody who has seen a token made another of it.</summary>
    Forged,

    /// <summary>An access token where a refresh token is due, or the reverse.</summary>
    WrongType,

    /// <summary>Another issuer or audience.</summary>
    WrongIssuer,

    /// <summary>Issued further ahead of this clock than the allowed skew.</summary>
    NotYetValid,

    /// <summary>Valid for longer than any token of this service: a leaked key signs no token for years.</summary>
    LifetimeTooLong,

    /// <summary>Its time has passed. Nothing else is wrong with it.</summary>
    Expired,
}
