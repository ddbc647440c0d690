using System.IO.Compression;
using System.Text;

namespace Bhiv.Domain.Accounts;

/// <summary>
/// The passwords that are tried first, in small letters; where they come from says <c>common-passwords.LICENCE.txt</c>. They are unpacked when the
/// first is looked for, and kept as the lines that they are: a set of texts would take ten times the memory.
/// </summary>
internal static class CommonPasswords
{
    private static readonly Lazy<byte[]> Lines = new(Unpack);

    public static bool Contains(string folded)
    {
        var sought = Encoding.UTF8.GetBytes(folded);
        ReadOnlySpan<byte> rest = Lines.Value;
        while (!rest.IsEmpty)
        {
            var start = rest[..(rest.Length / 2)].LastIndexOf((byte)'\n') + 1;
            var length = rest[start..].IndexOf((byte)'\n');
            var order = rest.Slice(start, length).SequenceCompareTo(sought);
            if (order == 0) return true;
            rest = order < 0 ? rest[(start + length + 1)..] : rest[..start];
        }
        return false;
    }

    private static byte[] Unpack()
    {
        using var packed = typeof(CommonPasswords).Assembly.GetManifestResourceStream("common-passwords.txt.gz")!;
        using var unpacking = new GZipStream(packed, CompressionMode.Decompress);
        var lines = new MemoryStream();
        unpacking.CopyTo(lines);
        return lines.ToArray();
    }
}
