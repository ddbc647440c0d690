using System.Buffers;
using System.Globalization;
using Serilog.Events;
using Serilog.Formatting;

namespace Bhiv.Api.Monitoring;

/// <summary>
/// Writes out what would act on a terminal or a reader instead of being seen: control characters, ANSI escapes, line separators and
/// what turns the direction of text around; and masks credentials. What callers send is in names, paths and the text of exceptions; so
/// it is the finished line that is looked at, whoever wrote into it. In JSON the written form is an escape and says the same.
/// </summary>
internal sealed class SafeFormatter(ITextFormatter formatter) : ITextFormatter
{
    private static readonly SearchValues<char> Unsafe = SearchValues.Create(
        new string([.. Enumerable.Range(0, 0x10000).Select(code => (char)code).Where(it => it != '\n' && (char.IsControl(it)
            || char.GetUnicodeCategory(it)
                is UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator))]));

    public void Format(LogEvent logEvent, TextWriter output)
    {
        using var line = new StringWriter(CultureInfo.InvariantCulture);
        formatter.Format(logEvent, line);
        var text = CredentialShapes.Mask(line.ToString()).AsSpan().TrimEnd('\n');
        while (text.IndexOfAny(Unsafe) is var at and >= 0)
        {
            Write(text[..at], output);
            output.Write(string.Create(CultureInfo.InvariantCulture, $"\\u{(int)text[at]:x4}"));
            text = text[(at + 1)..];
        }
        Write(text, output);
        output.Write('\n');
    }

    /// <summary>Further lines are the text of an exception: none of them looks like an entry of its own.</summary>
    private static void Write(ReadOnlySpan<char> text, TextWriter output)
    {
        while (text.IndexOf('\n') is var end and >= 0)
        {
            output.Write(text[..end]);
            output.Write("\n    ");
            text = text[(end + 1)..];
        }
        output.Write(text);
    }
}
