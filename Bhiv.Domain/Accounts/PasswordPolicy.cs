using System.Globalization;

namespace Bhiv.Domain.Accounts;

/// <summary>
/// What a new password must be: long enough and not among the first that are tried (NIST SP 800-63B §3.1.1.2). There is no
/// rule of composition: such rules make passwords worse.
/// </summary>
public static class PasswordPolicy
{
    // What remains of a password once digits and marks are taken from its ends; that is how these are usually disguised.
    private static readonly HashSet<string> CommonWords = new(StringComparer.Ordinal)
    {
        "abc", "abcd", "access", "account", "admin", "adminadmin", "administrator", "adminpassword", "bhiv", "changeit",
        "changeme", "changemenow", "changethispassword", "correcthorsebatterystaple", "default", "defaultpassword", "demo",
        "demopassword", "dragon", "example", "football", "guest", "guestguest", "hello", "helloworld", "iloveyou", "letmein",
        "letmeinplease", "login", "loginlogin", "master", "monkey", "mypassword", "mysecretpassword", "newpassword", "pass",
        "passpass", "passphrase", "passw0rd", "password", "passwordpassword", "p@ssw0rd", "princess", "qwerty", "qwertyuiop",
        "qwertyuiopasdf", "qwertyuiopasdfghjkl", "qwertyuiopasdfghjklzxcvbnm", "root", "rootpassword", "secret", "secretpassword",
        "shadow", "sunshine", "superman", "superuser", "supersecret", "supersecretpassword", "temporary", "temporarypassword",
        "temp", "test", "testpassword", "testtest", "thisisapassword", "thisismypassword", "toor", "trustno", "user",
        "verysecret", "verysecretpassword", "welcome", "welcomehome", "whatever", "yourpassword", "yourpasswordhere", "zxcvbnm", "asdfghjkl",
    };

    /// <summary>What is wrong with a new password, as the end of a sentence that begins with its name, or null.</summary>
    public static string? Problem(string password, int minimumLength)
    {
        if (password.EnumerateRunes().Count() < minimumLength)
            return string.Create(CultureInfo.InvariantCulture, $"must be at least {minimumLength} characters.");
        return IsCommon(password) ? "is too easy to guess." : null;
    }

    private static bool IsCommon(string password)
    {
        var folded = CredentialText.Fold(password);
        return CommonWords.Contains(folded.Trim([.. "0123456789 !?.,;:-_#*+@$%&/()="]))
            || CommonWords.Contains(folded)
            || IsRepetition(folded)
            || IsSequence(folded);
    }

    /// <summary>
    /// A short piece over and over: <c>aaaaaaaa</c>, <c>abcabcabcabc</c>, <c>password12password12</c> (half is one piece).
    /// </summary>
    private static bool IsRepetition(string text) =>
        Enumerable.Range(1, text.Length / 2).Any(size =>
            Enumerable.Range(size, text.Length - size).All(index => text[index] == text[index - size])
            && (size <= 4 || CommonWords.Contains(text[..size].Trim([.. "0123456789"]))));

    /// <summary>
    /// Each character one up, or one down, from the last, as in <c>123456789</c> or <c>zyxwvuts</c>; digits wrap.
    /// </summary>
    private static bool IsSequence(string text) => new[] { 1, -1 }.Any(step =>
        Enumerable.Range(1, text.Length - 1).All(index =>
            text[index] == text[index - 1] + step
            || (char.IsAsciiDigit(text[index]) && char.IsAsciiDigit(text[index - 1])
                && (text[index] - text[index - 1] - step) % 10 == 0)));
}
