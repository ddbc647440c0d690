using System.Security.Cryptography;
using System.Text;

namespace Bhiv.Domain.ApiKeys;

/// <summary>
/// An API key as it is configured, presented, or made and shown once. One that is made here is
/// <c>bhiv_&lt;id&gt;_&lt;secret&gt;&lt;checksum&gt;</c>: the id finds its row, the secret has 160 random bits, and the checksum (CRC-32 of
/// all before it) tells a mistyped key from a wrong one without a look at any store.
/// </summary>
public sealed class PlainTextApiKey
{
    private const string Prefix = "bhiv_";
    private const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private const int IdLength = 12;

    // 62 to the 27th is a little more than 2 to the 160th, and 62 to the 6th more than 2 to the 32nd.
    private const int SecretLength = 27;
    private const int ChecksumLength = 6;

    private const int Length = 5 + IdLength + 1 + SecretLength + ChecksumLength;

    private readonly byte[] key;

    /// <param name="key">The bytes of the key, as they stand in the environment or in the header.</param>
    public PlainTextApiKey(byte[] key)
    {
        this.key = key;
        Hash = ApiKeyHash.Of(key);
    }

    public ApiKeyHash Hash { get; }

    /// <summary>In bytes.</summary>
    public int Size => key.Length;

    /// <summary>
    /// 64 bits of HMAC-SHA256, which tell nothing of the key but whether two are the same: the id of one whose text names none.
    /// </summary>
    public ApiKeyId Fingerprint =>
        new(Convert.ToHexStringLower(HMACSHA256.HashData(key, "bhiv API key id"u8).AsSpan(0, ApiKeyId.MaximumLength / 2)));

    /// <summary>The id that it names, if it is one that was made here and nothing was mistyped.</summary>
    public ApiKeyId? Id => IsOurs && !IsMistyped ? new ApiKeyId(Text.Substring(Prefix.Length, IdLength)) : null;

    /// <summary>The id of its row: what it names, or its fingerprint where it names none.</summary>
    public ApiKeyId KnownAs => Id ?? Fingerprint;

    /// <summary>Whether it looks like one that was made here: it begins like one.</summary>
    public bool IsOurs => key.AsSpan().StartsWith("bhiv_"u8);

    /// <summary>Whether it begins like one that was made here, and its checksum is wrong: typed wrong, cut off or in another case.</summary>
    public bool IsMistyped => IsOurs && !(key.Length == Length && Text[^ChecksumLength..] == Checksum(key.AsSpan(0, Length - ChecksumLength)));

    private string Text => Encoding.Latin1.GetString(key);

    public static PlainTextApiKey Generate()
    {
        var text = $"{Prefix}{RandomNumberGenerator.GetString(Alphabet, IdLength)}_{RandomNumberGenerator.GetString(Alphabet, SecretLength)}";
        return new PlainTextApiKey(Encoding.ASCII.GetBytes(text + Checksum(Encoding.ASCII.GetBytes(text))));
    }

    /// <summary>The text, for its owner's eyes, once.</summary>
    public string Reveal() => Encoding.UTF8.GetString(key);

    public override string ToString() => "[API key]";

    /// <summary>CRC-32 as zlib has it, in six digits of base 62.</summary>
    private static string Checksum(ReadOnlySpan<byte> text)
    {
        var crc = uint.MaxValue;
        foreach (var octet in text)
        {
            crc ^= octet;
            for (var bit = 0; bit < 8; bit++) crc = (crc >> 1) ^ ((crc & 1) * 0xEDB88320);
        }
        crc = ~crc;
        Span<char> digits = stackalloc char[ChecksumLength];
        for (var place = ChecksumLength - 1; place >= 0; place--, crc /= (uint)Alphabet.Length) digits[place] = Alphabet[(int)(crc % Alphabet.Length)];
        return digits.ToString();
    }
}
