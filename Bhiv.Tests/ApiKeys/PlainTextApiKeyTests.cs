using System.Text;
using System.Text.Json;
using Bhiv.Domain.ApiKeys;

namespace Bhiv.Tests.ApiKeys;

public sealed class PlainTextApiKeyTests
{
    private static PlainTextApiKey Key(string text) => new(Encoding.UTF8.GetBytes(text));

    [Test]
    public void A_key_equals_itself_and_nothing_that_is_near()
    {
        Assert.That(Key("bhiv-secret-key-2024"), Is.EqualTo(Key("bhiv-secret-key-2024")));
        Assert.That(Key("bhiv-secret-key-2024"), Is.Not.EqualTo(Key("bhiv-secret-key-2025")));
        Assert.That(Key("bhiv-secret-key-2024"), Is.Not.EqualTo(Key("bhiv-secret-key-202")));
        Assert.That(Key("bhiv-secret-key-2024"), Is.Not.EqualTo(Key("Bhiv-secret-key-2024")));
    }

    [Test]
    public void Nothing_that_prints_or_serialises_shows_it()
    {
        Assert.That($"{Key("bhiv-secret-key-2024")}", Does.Not.Contain("2024"));
        Assert.That(() => JsonSerializer.Serialize(Key("bhiv-secret-key-2024")), Throws.InvalidOperationException);
    }
}
