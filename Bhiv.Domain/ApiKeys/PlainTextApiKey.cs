using System.Security.Cryptography;

namespace Bhiv.Domain.ApiKeys;

/// <summary>An API key as configured or as presented. Only its SHA-256 is kept; equality is fixed-time.</summary>
public sealed class PlainTextApiKey : IEquatable<PlainTextApiKey>
{
    private readonly byte[] hash;

    /// <param name="key">The bytes of the key, as they stand in the environment or in the header.</param>
    public PlainTextApiKey(ReadOnlySpan<byte> key) => hash = SHA256.HashData(key);

    /// <summary>Compares the hashes, so that neither time nor length tells how near a guess is.</summary>
    public bool Equals(PlainTextApiKey? other) => other is not null && CryptographicOperations.FixedTimeEquals(hash, other.hash);

    public override bool Equals(object? obj) => Equals(obj as PlainTextApiKey);

    public override int GetHashCode() => BitConverter.ToInt32(hash);

    public override string ToString() => "[API key]";
}
