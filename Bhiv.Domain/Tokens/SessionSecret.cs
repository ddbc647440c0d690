using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Bhiv.Domain.Tokens;

/// <summary>
/// The 32 random bytes of a session from which the ids (<c>jti</c>) of all its tokens are made. Without the signing key it
/// forges nothing; and without it the signing key forges no refresh token.
/// </summary>
public sealed class SessionSecret
{
    /// <summary>In bytes.</summary>
    public const int Size = 32;

    private const int TokenIdSize = 16;

    private readonly byte[] bytes;

    private SessionSecret(byte[] bytes) => this.bytes = bytes;

    public static SessionSecret Generate() => new(RandomNumberGenerator.GetBytes(Size));

    /// <summary>From the store.</summary>
    public static SessionSecret FromBytes(byte[] bytes) =>
        bytes.Length == Size ? new SessionSecret(bytes) : throw new ArgumentException("A session secret has 32 bytes.");

    /// <summary>For the store alone.</summary>
    public byte[] ToBytes() => [.. bytes];

    /// <summary>The <c>jti</c> of the refresh token of that generation: 128 bits of HMAC-SHA256, base64url.</summary>
    public string RefreshTokenId(long generation) => TokenId("refresh", generation);

    /// <summary>The <c>jti</c> of the access token that goes with it.</summary>
    public string AccessTokenId(long generation) => TokenId("access", generation);

    /// <summary>Whether the refresh token of that generation bore that <c>jti</c>, in fixed time.</summary>
    public bool IssuedRefreshToken(long generation, string tokenId) => CryptographicOperations.FixedTimeEquals(
        Encoding.UTF8.GetBytes(RefreshTokenId(generation)), Encoding.UTF8.GetBytes(tokenId));

    public override string ToString() => "[session secret]";

    private string TokenId(string kind, long generation)
    {
        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(bytes, Encoding.UTF8.GetBytes($"{kind} {generation}"), mac);
        return Base64Url.EncodeToString(mac[..TokenIdSize]);
    }
}
