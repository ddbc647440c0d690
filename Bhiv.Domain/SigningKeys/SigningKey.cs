using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Bhiv.Domain.SigningKeys;

/// <summary>
/// A secret that tokens are signed with (HS256: HMAC-SHA256, RFC 7518 §3.2). The bytes of the text are the key, so that any
/// JWT library that is given the same text verifies the same tokens.
/// </summary>
public sealed class SigningKey
{
    /// <summary>In bytes, of a signature and of the least secret that RFC 7518 §3.2 allows.</summary>
    public const int Size = HMACSHA256.HashSizeInBytes;

    /// <summary>Of <see cref="Id"/>, in characters.</summary>
    public const int IdLength = 12;

    private readonly byte[] secret;

    public SigningKey(string secret)
    {
        ArgumentException.ThrowIfNullOrEmpty(secret);
        this.secret = Encoding.UTF8.GetBytes(secret);
        Id = Base64Url.EncodeToString(Derive("bhiv key id").AsSpan(0, IdLength * 3 / 4));
    }

    /// <summary>The <c>kid</c> of tokens it signs: 72 bits derived one way from the secret. It may be shown.</summary>
    public string Id { get; }

    /// <summary>Writes the 32-byte HMAC-SHA256 of <paramref name="data"/>.</summary>
    public void Sign(ReadOnlySpan<byte> data, Span<byte> signature) => HMACSHA256.HashData(secret, data, signature);

    /// <summary>Whether this key signed <paramref name="data"/>, in fixed time.</summary>
    public bool Verifies(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        Span<byte> expected = stackalloc byte[Size];
        Sign(data, expected);
        return CryptographicOperations.FixedTimeEquals(expected, signature);
    }

    /// <summary>
    /// A 32-byte key for another purpose (HKDF, RFC 5869): knowing it tells nothing about the secret, nor about what was
    /// derived under another label.
    /// </summary>
    public byte[] Derive(string label) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, Size, info: Encoding.UTF8.GetBytes(label));

    public override string ToString() => $"signing key {Id}";
}
