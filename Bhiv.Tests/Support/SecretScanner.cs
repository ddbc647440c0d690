using System.Buffers.Binary;
using System.Buffers.Text;
using System.Text;

namespace Bhiv.Tests.Support;

/// <summary>
/// Finds secrets in bytes: as they are, in base64 and base64url at any of the three alignments, and in hexadecimal. What is found of a
/// secret is its beginning: a log that cuts it off has given enough away. Any thread may add while others look.
/// </summary>
internal sealed class SecretScanner
{
    /// <summary>In bytes. What is shorter stands in every file by chance.</summary>
    private const int Shortest = sizeof(ulong);

    /// <summary>In bytes, of an encoded secret: as much is compared.</summary>
    private const int Compared = 16;

    private const int FilterBits = 24;

    // Nearly every place of a file is told by it alone to begin no secret.
    private readonly ulong[] filter = new ulong[1 << (FilterBits - 6)];
    private readonly Dictionary<UInt128, string> whole = [];
    private readonly Dictionary<ulong, List<(byte[] Bytes, string What)>> shorter = [];
    private readonly Lock gate = new();

    /// <param name="name">What it is, for whoever reads that it was found.</param>
    public void Add(string name, ReadOnlySpan<byte> secret)
    {
        if (secret.Length < Shortest) return;
        Add(secret, name);
        Add(Encoding.ASCII.GetBytes(Convert.ToHexString(secret)), name + " in hexadecimal");
        Add(Encoding.ASCII.GetBytes(Convert.ToHexStringLower(secret)), name + " in hexadecimal");
        for (var alignment = 0; alignment < 3; alignment++)
        {
            // What stands before it in the same three bytes changes the first characters, what comes behind it the last one.
            byte[] aligned = [.. new byte[alignment], .. secret];
            var (from, until) = (((alignment * 8) + 5) / 6, aligned.Length * 8 / 6);
            Add(Encoding.ASCII.GetBytes(Convert.ToBase64String(aligned)[from..until]), name + " in base64");
            Add(Base64Url.EncodeToUtf8(aligned).AsSpan(from..until), name + " in base64url");
        }
    }

    /// <summary>What of the secrets is in there first, and where; null when there is none.</summary>
    public (string What, int At)? Find(ReadOnlySpan<byte> bytes)
    {
        for (var at = 0; at <= bytes.Length - Shortest; at++)
        {
            var beginning = BinaryPrimitives.ReadUInt64LittleEndian(bytes[at..]);
            var (word, bit) = PlaceOf(beginning);
            if ((filter[word] & bit) != 0 && Match(beginning, bytes[at..]) is { } what) return (what, at);
        }
        return null;
    }

    private string? Match(ulong beginning, ReadOnlySpan<byte> bytes)
    {
        lock (gate)
        {
            if (bytes.Length >= Compared && whole.TryGetValue(BinaryPrimitives.ReadUInt128LittleEndian(bytes), out var what)) return what;
            if (!shorter.TryGetValue(beginning, out var candidates)) return null;
            foreach (var candidate in candidates)
            {
                if (bytes.StartsWith(candidate.Bytes)) return candidate.What;
            }
            return null;
        }
    }

    private void Add(ReadOnlySpan<byte> encoded, string what)
    {
        var beginning = BinaryPrimitives.ReadUInt64LittleEndian(encoded);
        lock (gate)
        {
            if (encoded.Length >= Compared)
            {
                whole.TryAdd(BinaryPrimitives.ReadUInt128LittleEndian(encoded), what);
            }
            else
            {
                if (!shorter.TryGetValue(beginning, out var candidates)) shorter[beginning] = candidates = [];
                candidates.Add((encoded.ToArray(), what));
            }
            var (word, bit) = PlaceOf(beginning);
            filter[word] |= bit;
        }
    }

    private static (int Word, ulong Bit) PlaceOf(ulong beginning)
    {
        // Fibonacci hashing: what differs anywhere differs in the high bits.
        var hash = (int)((beginning * 0x9E3779B97F4A7C15) >> (64 - FilterBits));
        return (hash >> 6, 1UL << (hash & 63));
    }
}
