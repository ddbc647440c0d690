using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Bhiv.Domain;

/// <summary>What every typed credential must be before anything is done with it.</summary>
internal static class CredentialText
{
    /// <summary>
    /// What is wrong with <paramref name="text"/>, as the end of a sentence that begins with its name, or null.
    /// Length counts Unicode characters (scalar values), as NIST SP 800-63B §3.1.1.2 counts them.
    /// </summary>
    public static string? Problem(string? text, int maximumLength)
    {
        if (string.IsNullOrEmpty(text)) return "must not be empty.";
        var length = 0;
        for (var rest = text.AsSpan(); !rest.IsEmpty; length++)
        {
            // A lone surrogate has no UTF-8 form: it would be hashed as something that was not typed.
            if (Rune.DecodeFromUtf16(rest, out var rune, out var used) != System.Buffers.OperationStatus.Done)
                return "must be well-formed Unicode.";
            if (Rune.IsControl(rune)) return "must not hold a control character.";
            if (IsNoncharacter(rune)) return "must not hold a code point that is no character.";
            rest = rest[used..];
        }
        return length > maximumLength ? TooLong(maximumLength) : null;
    }

    public static string TooLong(int maximumLength) => $"must be at most {maximumLength} characters.";

    /// <summary>
    /// Without regard to case, by the invariant culture. Upper and then lower: some letters (ß, final sigma) meet their twins on
    /// only one of the two ways.
    /// </summary>
    [SuppressMessage("Globalization", "CA1308:Normalize strings to uppercase", Justification = "Both ways are taken.")]
    public static string Fold(string text) => text.ToUpperInvariant().ToLowerInvariant();

    /// <summary>Never assigned (Unicode 23.7); some normalisers refuse them.</summary>
    private static bool IsNoncharacter(Rune rune) => (rune.Value & 0xFFFE) == 0xFFFE || rune.Value is >= 0xFDD0 and <= 0xFDEF;
}
