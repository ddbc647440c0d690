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
        var hash = Key("bhiv-secret-key-2024").Hash;

        Assert.That(hash, Is.EqualTo(Key("bhiv-secret-key-2024").Hash));
        Assert.That(hash, Is.Not.EqualTo(Key("bhiv-secret-key-2025").Hash));
        Assert.That(hash, Is.Not.EqualTo(Key("bhiv-secret-key-202").Hash));
        Assert.That(hash, Is.Not.EqualTo(Key("Bhiv-secret-key-2024").Hash));
    }

    [Test]
    public void Nothing_that_prints_or_serialises_shows_it()
    {
        Assert.That($"{Key("bhiv-secret-key-2024")}", Does.Not.Contain("2024"));
        Assert.That(JsonSerializer.Serialize(Key("bhiv-secret-key-2024")), Does.Not.Contain("2024"));
        Assert.That(JsonSerializer.Serialize(Key("bhiv-secret-key-2024").Hash), Is.EqualTo("{}"));
    }

    [Test]
    public void A_new_key_names_its_id_and_knows_its_checksum()
    {
        var keys = Enumerable.Range(0, 1000).Select(_ => PlainTextApiKey.Generate()).ToList();

        Assert.That(keys.Select(key => key.Reveal()), Is.Unique.And.All.Match("^bhiv_[0-9A-Za-z]{12}_[0-9A-Za-z]{33}$"));
        Assert.That(keys.Where(key => key.IsMistyped || key.Id!.Value.Value != key.Reveal().Split('_')[1]), Is.Empty);
        Assert.That(keys.Select(key => key.Id), Is.Unique);
    }

    [Test]
    public void Whatever_is_mistyped_is_known_without_a_look_at_any_store()
    {
        var text = PlainTextApiKey.Generate().Reveal();

        for (var at = 5; at < text.Length; at++)
        {
            var wrong = text[at] == 'x' ? 'y' : 'x';
            Assert.That(Key(text[..at] + wrong + text[(at + 1)..]).IsMistyped, Is.True, $"{at}");
            Assert.That(Key(text[..at]).IsMistyped, Is.True, $"cut off at {at}");
        }
        Assert.That(Key(text + "x").IsMistyped, Is.True);
        Assert.That(Key(text.ToLowerInvariant()).IsMistyped, Is.True);
        Assert.That(Key(text.ToLowerInvariant()).Id, Is.Null);
    }

    [Test]
    public void The_checksum_is_the_CRC_32_of_zlib_in_base_62()
    {
        // python3: zlib.crc32(b"bhiv_000000000000_000000000000000000000000000") is 3314843342
        Assert.That(Key("bhiv_000000000000_0000000000000000000000000003cKkB0").IsMistyped, Is.True);
        Assert.That(Key("bhiv_000000000000_0000000000000000000000000003cKkBC").IsMistyped, Is.False);
    }

    [Test]
    public void What_is_no_key_of_ours_is_not_mistyped() => Assert.That(Key("bhiv-secret-key-2024").IsMistyped, Is.False);
}
