using System.Text.Json;
using Bhiv.Domain.Accounts;

namespace Bhiv.Tests.Accounts;

public sealed class PlainTextPasswordTests
{
    [Test]
    public void Nothing_that_prints_or_serialises_shows_it()
    {
        var password = PlainTextPassword.Of("correct horse");

        Assert.That($"{password}", Does.Not.Contain("horse"));
        Assert.That(JsonSerializer.Serialize(password), Is.EqualTo("{}"));
    }

    [Test]
    public void The_same_key_pressed_on_two_systems_is_one_password() =>
        Assert.That(PlainTextPassword.Of("caf\u00e9").ToUtf8Bytes(), Is.EqualTo(PlainTextPassword.Of("cafe\u0301").ToUtf8Bytes()));

    [TestCase("", "must not be empty.")]
    [TestCase("a\0b", "must not hold a control character.")]
    [TestCase("a\u007f", "must not hold a control character.")]
    [TestCase("a\ufffeb", "must not hold a code point that is no character.")]
    public void What_is_no_password_is_refused_with_a_reason(string text, string reason)
    {
        Assert.That(PlainTextPassword.TryCreate(text, out _, out var problem), Is.False);
        Assert.That(problem, Is.EqualTo(reason));
    }

    [Test]
    public void Half_a_character_is_refused()
    {
        Assert.That(PlainTextPassword.TryCreate((char)0xDC00 + "a", out _, out var problem), Is.False);
        Assert.That(problem, Is.EqualTo("must be well-formed Unicode."));
    }

    [TestCase(256, true)]
    [TestCase(257, false)]
    public void It_has_at_most_256_characters(int length, bool expected) =>
        Assert.That(PlainTextPassword.TryCreate(new string('x', length), out _, out _), Is.EqualTo(expected));
}
