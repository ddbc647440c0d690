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
        problem = CredentialText.Problem(text, MaximumLength) ?? InvisibleProblem(text!);
        name = problem is null ? new AccountName(text!.Normalize(NormalizationForm.FormC)) : null;
        return problem is null;
    }

    /// <exception cref="ArgumentException">It is no name; <see cref="TryCreate"/> asks without throwing.</exception>
    public static AccountName Of(string? text) =>
        TryCreate(text, out var name, out var problem) ? name : throw new ArgumentException("The name " + problem, nameof(text));

    public override string ToString() => Value;

    private static string? InvisibleProblem(string text)
    {
        if (char.IsWhiteSpace(text[0]) || char.IsWhiteSpace(text[^1])) return "must not begin or end with white space.";
        // The joiners are letters to some scripts, and parts of emoji; all others turn, hide or break what is read.
        return text.EnumerateRunes().Any(rune => rune.Value is not (0x200C or 0x200D)
            && Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
            ? "must not hold an invisible character."
            : null;
    }

    /// <summary>What makes two names, or the beginnings of two, the same.</summary>
    public static string Fold(string text) =>
        CredentialText.Fold(text.Normalize(NormalizationForm.FormC)).Normalize(NormalizationForm.FormC);
}
