using System.Buffers;
using System.Globalization;
using System.Text;

namespace Bhiv.Application.Designs.Reading;

/// <summary>Makes a caller's text fit for any store and any JSON writer.</summary>
internal static class SafeText
{
    /// <summary>
    /// Control characters become spaces (some databases refuse a NUL inside JSON) and lone surrogates become U+FFFD (they
    /// have no UTF-8). Line feeds stay: they end a clause.
    /// </summary>
    public static string Clean(string text) => IsClean(text) ? text : string.Create(text.Length, text, (clean, source) =>
    {
        source.CopyTo(clean);
        for (var rest = clean; !rest.IsEmpty;)
        {
            var length = Rune.DecodeFromUtf16(rest, out var rune, out var units) == OperationStatus.Done ? units : 1;
            if (IsBlank(rune)) rest[0] = ' ';
            else if (rune == Rune.ReplacementChar) rest[0] = '\ufffd';
            rest = rest[length..];
        }
    });

    /// <summary>Two decimals; of what is less than one, four.</summary>
    public static double Round(double value) => Math.Round(value, Math.Abs(value) < 1 ? 4 : 2);

    /// <summary>Rounded, and always with a point, whatever the culture of the machine.</summary>
    public static string Number(double value) => Round(value).ToString("0.####", CultureInfo.InvariantCulture);

    private static bool IsBlank(Rune rune) => Rune.IsControl(rune) && rune.Value != '\n';

    /// <summary>Nearly every text is. A lone surrogate is enumerated as U+FFFD.</summary>
    private static bool IsClean(string text)
    {
        foreach (var rune in text.EnumerateRunes())
            if (IsBlank(rune) || rune == Rune.ReplacementChar) return false;
        return true;
    }
}
