using System.Globalization;
using System.Text;

namespace Bhiv.Domain.Accounts;

/// <summary>
/// What a new password must be: long enough, not among the first that are tried, and nothing that stands on the door: the account's name or the
/// service's (NIST SP 800-63B §3.1.1.2). There is no rule of composition: such rules make passwords worse.
/// </summary>
public static class PasswordPolicy
{
    private const string Product = "bhiv";

    /// <summary>A shorter name stands in many a good password by chance.</summary>
    private const int ShortestNameLookedFor = 4;

    /// <summary>What is put around a common word to disguise it.</summary>
    private const string Disguise = "0123456789 !?.,;:-_#*+@$%&/()=";

    // What people who run services write, and no leaked list of website passwords has; and what the runbook publishes.
    private static readonly HashSet<string> OperatorsWords = new(StringComparer.Ordinal)
    {
        "abc", "abcd", "account", "adminpassword", "changemenow", "changethispassword", "correcthorsebatterystaple", "default", "defaultpassword",
        "demo", "demopassword", "example", "guest", "letmeinplease", "login", "mysecretpassword", "passphrase", "qwertyuiopasdf",
        "qwertyuiopasdfghjkl", "qwertyuiopasdfghjklzxcvbnm", "root", "rootpassword", "secretpassword", "superuser", "supersecret",
        "supersecretpassword", "temp", "temporarypassword", "testpassword", "thisisapassword", "thisismypassword", "toor", "user", "verysecret",
        "verysecretpassword", "welcomehome", "your-256-bit-secret-key", "yourpassword", "yourpasswordhere",
    };

    /// <summary>The same where it shall take the place of another.</summary>
    public static string? Problem(PlainTextPassword password, PlainTextPassword former, AccountName name, int minimumLength) =>
        password.IsSameAs(former) ? "must not be the one that it takes the place of." : Problem(password, name, minimumLength);

    /// <summary>What is wrong with a new password, as the end of a sentence that begins with its name, or null.</summary>
    /// <param name="name">Whose it shall be; null where that is not known.</param>
    /// <param name="minimumLength">In Unicode characters. The most is <see cref="PlainTextPassword.MaximumLength"/>.</param>
    public static string? Problem(PlainTextPassword password, AccountName? name, int minimumLength)
    {
        var text = password.Reveal();
        if (text.EnumerateRunes().Count() < minimumLength)
            return string.Create(CultureInfo.InvariantCulture, $"must be at least {minimumLength} characters.");
        // As a name's key is made.
        var folded = CredentialText.Fold(text).Normalize(NormalizationForm.FormC);
        if (name is not null && HasName(folded, name.Key)) return "must not hold the account's name.";
        if (folded.Contains(Product, StringComparison.Ordinal)) return "must not hold the name of this service.";
        return IsEasy(folded) || IsEasy(string.Concat(folded.Where(character => !char.IsWhiteSpace(character)))) ? "is too easy to guess." : null;
    }

    private static bool IsEasy(string folded) => IsCommon(folded) || IsRepetition(folded) || IsSequence(folded);

    private static bool HasName(string folded, string name) => name.EnumerateRunes().Count() >= ShortestNameLookedFor
        ? folded.Contains(name, StringComparison.Ordinal)
        : folded == name || folded.Trim([.. Disguise]) == name;

    private static bool IsCommon(string folded) => IsListed(folded) || IsListed(folded.Trim([.. Disguise]));

    private static bool IsListed(string word) => OperatorsWords.Contains(word) || CommonPasswords.Contains(word);

    /// <summary>
    /// A short piece over and over: <c>aaaaaaaa</c>, <c>abcabcabcabc</c>, <c>password12password12</c> (half is one piece).
    /// </summary>
    private static bool IsRepetition(string text) =>
        Enumerable.Range(1, text.Length / 2).Any(size =>
            text.AsSpan(size).SequenceEqual(text.AsSpan()[..^size])
            && (size <= 4 || IsCommon(text[..size])));

    /// <summary>
    /// Each character one up, or one down, from the last, as in <c>123456789</c> or <c>zyxwvuts</c>; digits wrap. So is what is hardly a text.
    /// </summary>
    private static bool IsSequence(string text) => text.Length < 2 || new[] { 1, -1 }.Any(step =>
        Enumerable.Range(1, text.Length - 1).All(index =>
            text[index] == text[index - 1] + step
            || (char.IsAsciiDigit(text[index]) && char.IsAsciiDigit(text[index - 1])
                && (text[index] - text[index - 1] - step) % 10 == 0)));
}
