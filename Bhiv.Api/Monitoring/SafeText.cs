using System.Buffers;
using System.Globalization;
using System.Text;

namespace Bhiv.Api.Monitoring;

/// <summary>
/// Writes out what would act on a terminal or a reader instead of being seen: control characters, ANSI escapes, line separators and
/// what turns the direction of text around. What callers send is in names, paths and the text of exceptions. In JSON the written form
/// is an escape and says the same.
/// </summary>
internal static class SafeText
{
    private static readonly SearchValues<char> Unsafe = SearchValues.Create(
        new string([.. Enumerable.Range(0, 0x10000).Select(code => (char)code).Where(it => it != '\n' && (char.IsControl(it)
            || char.GetUnicodeCategory(it)
                is UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator))]));

    /// <summary>Of any number of lines: a line feed stays.</summary>
    public static string WriteOut(string text)
    {
        if (!text.AsSpan().ContainsAny(Unsafe)) return text;
        var safe = new StringBuilder(text.Length + 16);
        var rest = text.AsSpan();
        while (rest.IndexOfAny(Unsafe) is var at and >= 0)
        {
            safe.Append(rest[..at]).Append(CultureInfo.InvariantCulture, $"\\u{(int)rest[at]:x4}");
            rest = rest[(at + 1)..];
        }
        return safe.Append(rest).ToString();
    }

    /// <summary>Of one line, which what stands in it does not end.</summary>
    public static string WriteOutLine(string text) => WriteOut(text).Replace("\n", @"\u000a", StringComparison.Ordinal);
}
