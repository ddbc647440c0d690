using Bhiv.Domain.Accounts;

namespace Bhiv.Tests.Accounts;

public sealed class AccountNameTests
{
    [TestCase("admin", "ADMIN")]
    [TestCase("Müller", "MU\u0308LLER")]
    [TestCase("caf\u00e9", "cafe\u0301")]
    [TestCase("ΣΊΣΥΦΟΣ", "σίσυφος")]
    public void Names_that_differ_in_case_or_normal_form_are_one_name(string one, string other) =>
        Assert.That(AccountName.Of(one).Key, Is.EqualTo(AccountName.Of(other).Key));

    [Test]
    public void A_name_is_kept_as_typed() => Assert.That(AccountName.Of("Alice").Value, Is.EqualTo("Alice"));

    [Test]
    public void The_fold_of_the_machines_language_plays_no_part()
    {
        var culture = System.Globalization.CultureInfo.CurrentCulture;
        System.Globalization.CultureInfo.CurrentCulture = new("tr-TR");
        try
        {
            Assert.That(AccountName.Of("ADMIN").Key, Is.EqualTo("admin"));
        }
        finally
        {
            System.Globalization.CultureInfo.CurrentCulture = culture;
        }
    }

    [TestCase(null)]
    [TestCase("")]
    [TestCase("a\0b")]
    [TestCase("a\nb")]
    [TestCase("a\u0085b")]
    [TestCase("a\ufffe")]
    [TestCase("a\ufdd0")]
    [TestCase("a\U0001FFFF")]
    public void What_is_no_name_is_refused(string? text) => Assert.That(AccountName.TryCreate(text, out _, out _), Is.False);

    [Test]
    public void Half_a_character_is_no_name() =>
        Assert.That(AccountName.TryCreate("a" + (char)0xD800, out _, out _), Is.False);

    [TestCase(64, true)]
    [TestCase(65, false)]
    public void A_name_has_at_most_64_characters(int length, bool expected)
    {
        Assert.That(AccountName.TryCreate(new string('a', length), out _, out _), Is.EqualTo(expected));
        Assert.That(
            AccountName.TryCreate(string.Concat(Enumerable.Repeat("😀", length)), out _, out _), Is.EqualTo(expected), "not UTF-16 units");
    }

    [Test]
    public void A_name_has_its_length_when_it_is_composed()
    {
        const string FourInOne = "\u03b1\u0313\u0300\u0345";

        Assert.That(AccountName.Of(string.Concat(Enumerable.Repeat(FourInOne, 64))).Value, Is.EqualTo(new string('\u1f82', 64)));
        Assert.That(AccountName.TryCreate(string.Concat(Enumerable.Repeat(FourInOne, 65)), out _, out _), Is.False);
    }

    /// <summary>That it is not looked at shows in which of its two faults is named.</summary>
    [Test]
    public void A_text_that_is_far_too_long_is_refused_by_its_length_unread()
    {
        Assert.That(AccountName.TryCreate(new string('a', 512) + '\0', out _, out var problem), Is.False);

        Assert.That(problem, Is.EqualTo("must be at most 64 characters."));
    }
}
