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
    public static string Clean(string text)
    {
        if (IsClean(text)) return text;
        var clean = new StringBuilder(text.Length);
        Span<char> units = stackalloc char[2];
        foreach (var rune in text.EnumerateRunes())
            clean.Append(IsBlank(rune) ? " " : units[..rune.EncodeToUtf16(units)]);
        return clean.ToString();
    }

    /// <summary>At most two decimals and always a point, whatever the culture of the machine.</summary>
    public static string Number(double value) => Math.Round(value, 2).ToString("0.##", CultureInfo.InvariantCulture);

    private static bool IsBlank(Rune rune) => Rune.IsControl(rune) && rune.Value != '\n';

    /// <summary>Nearly every text is. A lone surrogate is enumerated as U+FFFD.</summary>
    private static bool IsClean(string text)
    {
        foreach (var rune in text.EnumerateRunes())
            if (IsBlank(rune) || rune == Rune.ReplacementChar) return false;
        return true;
    }
}
