using System.Security.Cryptography;

namespace Bhiv.Domain.ApiKeys;

/// <summary>The SHA-256 of an API key: all that is kept of one. Equality is fixed-time.</summary>
public sealed class ApiKeyHash : IEquatable<ApiKeyHash>
{
    /// <summary>In bytes.</summary>
    public const int Size = SHA256.HashSizeInBytes;

    private readonly byte[] bytes;

    private ApiKeyHash(byte[] bytes) => this.bytes = bytes;

    public static ApiKeyHash Of(ReadOnlySpan<byte> key) => new(SHA256.HashData(key));

    /// <summary>From the store.</summary>
    public static ApiKeyHash FromBytes(byte[] bytes) =>
        bytes.Length == Size ? new ApiKeyHash(bytes) : throw new ArgumentException($"The hash of an API key has {Size} bytes.");

    /// <summary>For the store alone.</summary>
    public byte[] ToBytes() => [.. bytes];

    /// <summary>Neither time nor length tells how near a guess is.</summary>
    public bool Equals(ApiKeyHash? other) => other is not null && CryptographicOperations.FixedTimeEquals(bytes, other.bytes);

    public override bool Equals(object? obj) => Equals(obj as ApiKeyHash);

    public override int GetHashCode() => BitConverter.ToInt32(bytes);

    public override string ToString() => "[hash of an API key]";
}
