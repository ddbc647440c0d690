namespace Bhiv.Application.Tokens;

/// <summary>What a login or a refresh hands out.</summary>
/// <param name="ExpiresIn">How long the access token is good from its issue.</param>
public sealed record TokenPair(string AccessToken, string RefreshToken, TimeSpan ExpiresIn)
{
    public override string ToString() => "[token pair]";
}
