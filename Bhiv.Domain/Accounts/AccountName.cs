using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Bhiv.Domain.Accounts;

/// <summary>
/// The name that an account logs in with: kept as typed, in normal form C, and compared by <see cref="Key"/>. What cannot be seen in it is
/// refused, since two names that look alike would be two accounts.
/// </summary>
public sealed record AccountName
{
    /// <summary>In Unicode characters.</summary>
    public const int MaximumLength = 64;

    /// <summary>
    /// In UTF-16 units, of a text whose normal form may be a name: no character is composed of more than four (UAX #15, section 12), nor has more than
    /// two units.
    /// </summary>
    private const int MaximumUnits = MaximumLength * 4 * 2;

    private AccountName(string value)
    {
        Value = value;
        Key = Fold(value);
    }

    public string Value { get; }

    /// <summary>Two names are the same name when their keys are equal: normal form C, folded by the invariant culture.</summary>
    public string Key { get; }

    /// <summary>The name, or in <paramref name="problem"/> the end of a sentence that says why it is none.</summary>
    public static bool TryCreate(
        string? text, [NotNullWhen(true)] out AccountName? name, [NotNullWhen(false)] out string? problem)
    {
        name = null;
        // To put the marks of a text in order takes the square of their number: half a second of a processor for those of the largest body.
        problem = text?.Length > MaximumUnits ? CredentialText.TooLong(MaximumLength) : CredentialText.Problem(text, int.MaxValue);
        // What is no Unicode has no normal form; and it is the normal form that is kept, and has its length.
        if (problem is not null) return false;
        var normal = text!.Normalize(NormalizationForm.FormC);
        problem = CredentialText.Problem(normal, MaximumLength) ?? InvisibleProblem(normal);
        if (problem is null) name = new AccountName(normal);
        return problem is null;
    }

    /// <summary>Of an account that is there, whatever rule its name was made by.</summary>
    public static AccountName Of(Account account) => new(account.Name);

    /// <exception cref="ArgumentException">It is no name; <see cref="TryCreate"/> asks without throwing.</exception>
    public static AccountName Of(string? text) =>
        TryCreate(text, out var name, out var problem) ? name : throw new ArgumentException("The name " + problem, nameof(text));

    public override string ToString() => Value;

    private static string? InvisibleProblem(string text)
    {
        if (text[0] == ' ' || text[^1] == ' ') return "must not begin or end with a space.";
        return text.EnumerateRunes().Any(IsInvisible) ? "must not hold an invisible character." : null;
    }

    /// <summary>
    /// What shows nothing, or nothing but another space: all that a reader may ignore (Default_Ignorable_Code_Point of Unicode 16, which has the
    /// controls of direction), separators, and the blank of braille.
    /// </summary>
    private static bool IsInvisible(Rune rune) => rune.Value is not ' '
        && (Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format or UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
            || rune.Value is 0x034F or 0x115F or 0x1160 or 0x17B4 or 0x17B5 or (>= 0x180B and <= 0x180F) or 0x2065 or 0x2800 or 0x3164
                or (>= 0xFE00 and <= 0xFE0F) or 0xFFA0 or (>= 0xFFF0 and <= 0xFFF8) or (>= 0xE0000 and <= 0xE0FFF));

    /// <summary>What makes two names, or the beginnings of two, the same.</summary>
    public static string Fold(string text) =>
        CredentialText.Fold(text.Normalize(NormalizationForm.FormC)).Normalize(NormalizationForm.FormC);
}
