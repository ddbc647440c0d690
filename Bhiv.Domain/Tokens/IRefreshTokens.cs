namespace Bhiv.Domain.Tokens;

/// <summary>Issues and reads refresh tokens. An implementation never throws for a bad token.</summary>
public interface IRefreshTokens
{
    /// <summary>The refresh token of the session's present generation: the same session gives the same token.</summary>
    string Issue(Session session);

    /// <summary>Signature and claims; the session of the token judges the rest.</summary>
    TokenReading<RefreshTokenClaims> Read(string token, DateTimeOffset now);
}
