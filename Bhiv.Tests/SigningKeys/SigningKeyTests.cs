using System.Text.Json;
using Bhiv.Domain.SigningKeys;

namespace Bhiv.Tests.SigningKeys;

public sealed class SigningKeyTests
{
    [Test]
    public void The_id_is_the_same_for_the_same_secret_and_tells_others_apart()
    {
        Assert.That(new SigningKey("one").Id, Is.EqualTo(new SigningKey("one").Id));
        Assert.That(new SigningKey("one").Id, Is.Not.EqualTo(new SigningKey("two").Id));
    }

    [Test]
    public void What_is_derived_under_two_labels_has_nothing_in_common()
    {
        var key = new SigningKey("one");

        Assert.That(key.Derive("a"), Is.EqualTo(key.Derive("a")));
        Assert.That(key.Derive("a"), Is.Not.EqualTo(key.Derive("b")));
    }

    [Test]
    public void Nothing_that_prints_or_serialises_shows_the_secret()
    {
        var key = new SigningKey("a secret nobody sees");

        Assert.That($"{key} {JsonSerializer.Serialize(key)}", Does.Not.Contain("nobody"));
    }
}
