using System.Text;
using Bhiv.Domain.Accounts;

namespace Bhiv.Tests.Accounts;

public sealed class PasswordPolicyTests
{
    private const string Easy = "is too easy to guess.";
    private const string Named = "must not hold the account's name.";

    [TestCase("passwordpassword")]
    [TestCase("PasswordPassword2024!")]
    [TestCase("aaaaaaaaaaaaaaaa")]
    [TestCase("abcabcabcabcabcabc")]
    [TestCase("12345678901234567890")]
    [TestCase("abcdefghijklmnop")]
    [TestCase("QwertyuiopAsdfghjkl")]
    [TestCase("admin2024admin2024")]
    [TestCase("correcthorsebatterystaple")]
    [TestCase("correct horse battery staple")]
    [TestCase("monkey monkey monkey")]
    [TestCase("1234 5678 9012 3456")]
    [TestCase("correct\u00a0horse\u00a0battery\u3000staple", Description = "other spaces")]
    [TestCase("               ")]
    [TestCase(" \u00a0\u00a0 \u00a0   \u00a0\u00a0\u00a0   \u00a0 ", Description = "nothing but spaces")]
    [TestCase("1qazxsw23edcvfr4", Description = "of the list, as it stands there")]
    [TestCase("(Butterfly)-1234", Description = "of the list, disguised")]
    [TestCase("!!!monkey!!!2026!", Description = "one of the first thousand, and short")]
    [TestCase("zxcvbnm123456789")]
    public void A_password_that_is_tried_first_is_refused(string password) =>
        Assert.That(Problem(password), Is.EqualTo(Easy));

    [TestCase("baseball")]
    [TestCase("QWERTYUI")]
    [TestCase("1qaz2wsx")]
    [TestCase("superman1")]
    [TestCase("zzzzzzzz")]
    [TestCase("q1w2e3r4t5y6u7i8")]
    public void So_is_a_short_one_where_short_ones_are_allowed(string password) =>
        Assert.That(Problem(password, minimum: 8), Is.EqualTo(Easy));

    /// <summary>No server starts outside Development where an administrator has one.</summary>
    [Test]
    public void Nothing_that_the_runbook_publishes_is_taken() =>
        Assert.That(Bhiv.Api.Configuration.Runbook.Secrets.Where(secret => Problem(secret, minimum: 8) is null), Is.Empty);

    [TestCase("fifteen letters")]
    [TestCase("vU3s0OL1nq2pWf8bzPz7")]
    [TestCase("the kettle sang twice on sunday")]
    [TestCase("baseball kettle sunday")]
    [TestCase("731946285019374")]
    [TestCase("ééééñññüüüßßßøøøæ")]
    [TestCase("b-h-i-v is spelled out")]
    public void Any_other_is_taken_whatever_it_is_composed_of(string password) =>
        Assert.That(Problem(password), Is.Null);

    [TestCase("alice", "the kettle of Alice sang")]
    [TestCase("Alice", "xx9-aLICE-2xk-qq17")]
    [TestCase("Zoé Müller", "zoe\u0301 mu\u0308ller sings", Description = "in the other normal form")]
    [TestCase("STRASSE", "straße is no strasse", Description = "another name with it")]
    [TestCase("ΟΔΥΣΣΕΥΣ", "who is οδυσσευς then", Description = "a final sigma")]
    [TestCase("bob", "bob!2026-11-28!")]
    [TestCase("ana", "0123456789ANA00")]
    public void One_with_the_account_s_name_in_it_is_refused(string name, string password) =>
        Assert.That(Problem(password, name: name), Is.EqualTo(Named));

    [TestCase("bob", "the bobsleigh sang")]
    [TestCase("alice@example.com", "alice and a kettle")]
    public void A_short_name_is_let_stand_among_others_and_half_a_name_anywhere(string name, string password) =>
        Assert.That(Problem(password, name: name), Is.Null);

    [TestCase("the BHIV kettle sang")]
    [TestCase("bhiv2026bhiv2026")]
    public void One_with_the_service_s_name_in_it_is_refused(string password) =>
        Assert.That(Problem(password), Is.EqualTo("must not hold the name of this service."));

    [Test]
    public void Its_length_is_counted_in_characters_as_people_count_them_up_to_256()
    {
        const string kettle = "🫖";
        Assert.That(Problem("a kettle sang " + kettle), Is.Null);
        Assert.That(Problem("a kettle sang" + kettle), Is.EqualTo("must be at least 15 characters."));
        Assert.That(Problem("a kettle sang" + "e\u0301".Normalize(NormalizationForm.FormD)), Is.EqualTo("must be at least 15 characters."));

        var longest = string.Concat(Enumerable.Range(0, 254).Select(it => (char)('a' + (it * it % 26)))) + kettle + kettle;
        Assert.That(Problem(longest), Is.Null);
        Assert.That(PlainTextPassword.TryCreate(longest + "x", out _, out var problem), Is.False);
        Assert.That(problem, Is.EqualTo("must be at most 256 characters."));
    }

    [Test]
    public void Every_line_of_the_list_is_found_and_nothing_between_them()
    {
        using var packed = typeof(PasswordPolicy).Assembly.GetManifestResourceStream("common-passwords.txt.gz")!;
        using var reader = new StreamReader(new System.IO.Compression.GZipStream(packed, System.IO.Compression.CompressionMode.Decompress));
        var lines = reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.That(lines, Has.Length.GreaterThan(18_000));
        Assert.That(lines, Is.Ordered.Using((IComparer<string>)StringComparer.Ordinal).And.Unique);
        Assert.That(lines.Where(line => Problem(line, minimum: 1) is null), Is.Empty);
        Assert.That(lines.Where(line => Problem(line + "~'", minimum: 1) is not null || Problem("~'" + line, minimum: 1) is not null), Is.Empty);
    }

    private static string? Problem(string password, int minimum = 15, string name = "mallory") =>
        PasswordPolicy.Problem(PlainTextPassword.Of(password), AccountName.Of(name), minimum);
}
