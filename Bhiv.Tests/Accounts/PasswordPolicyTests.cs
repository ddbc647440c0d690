using Bhiv.Domain.Accounts;

namespace Bhiv.Tests.Accounts;

public sealed class PasswordPolicyTests
{
    [TestCase("fourteen chars", "must be at least 15 characters.")]
    [TestCase("passwordpassword", "is too easy to guess.")]
    [TestCase("PasswordPassword2024!", "is too easy to guess.")]
    [TestCase("aaaaaaaaaaaaaaaa", "is too easy to guess.")]
    [TestCase("abcabcabcabcabcabc", "is too easy to guess.")]
    [TestCase("12345678901234567890", "is too easy to guess.")]
    [TestCase("abcdefghijklmnop", "is too easy to guess.")]
    [TestCase("QwertyuiopAsdfghjkl", "is too easy to guess.")]
    [TestCase("admin2024admin2024", "is too easy to guess.")]
    [TestCase("correcthorsebatterystaple", "is too easy to guess.")]
    public void A_password_that_is_tried_first_is_refused(string password, string problem) =>
        Assert.That(PasswordPolicy.Problem(password, 15), Is.EqualTo(problem));

    [TestCase("fifteen letters")]
    [TestCase("vU3s0OL1nq2pWf8bzPz7")]
    [TestCase("the kettle sang twice on sunday")]
    [TestCase("731946285019374")]
    [TestCase("ééééñññüüüßßßøøøæ")]
    public void Any_other_is_taken_whatever_it_is_composed_of(string password) =>
        Assert.That(PasswordPolicy.Problem(password, 15), Is.Null);
}
