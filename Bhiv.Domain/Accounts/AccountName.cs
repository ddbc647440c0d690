using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Bhiv.Domain.Accounts;

/// <summary>The name that an account logs in with: kept as typed, compared by <see cref="Key"/>.</summary>
public sealed record AccountName
{
    /// <summary>In Unicode characters.</summary>
    public const int MaximumLength = 64;

    private AccountName(string value)
    {
        Value = value;
        Key = KeyOf(value);
    }

    public string Value { get; }

    /// <summary>Two names are the same name when their keys are equal: normal form C, folded by the invariant culture.</summary>
    public string Key { get; }

    /// <summary>The name, or in <paramref name="problem"/> the end of a sentence that says why it is none.</summary>
    public static bool TryCreate(
        string? text, [NotNullWhen(true)] out AccountName? name, [NotNullWhen(false)] out string? problem)
    {
        problem = CredentialText.Problem(text, MaximumLength);
        name = problem is null ? new AccountName(text!) : null;
        return problem is null;
    }

    /// <exception cref="ArgumentException">It is no name; <see cref="TryCreate"/> asks without throwing.</exception>
    public static AccountName Of(string? text) =>
        TryCreate(text, out var name, out var problem) ? name : throw new ArgumentException("The name " + problem, nameof(text));

    public override string ToString() => Value;

    private static string KeyOf(string text) =>
        CredentialText.Fold(text.Normalize(NormalizationForm.FormC)).Normalize(NormalizationForm.FormC);
}
