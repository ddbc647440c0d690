using System.Diagnostics;
using Bhiv.Domain;
using Bhiv.Domain.SigningKeys;
using Bhiv.Domain.Tokens;
using Bhiv.Infrastructure.Tokens;
using Bhiv.Tests.Support;

namespace Bhiv.Tests.SigningKeys;

/// <summary>Alone: one of them measures.</summary>
[NonParallelizable]
public sealed class SigningKeyRingTests
{
    private static readonly SigningKey One = new("one");
    private static readonly SigningKey Two = new("two");
    private static readonly SigningKey Three = new("three");

    [Test]
    public void Each_key_stands_in_it_once_whatever_is_configured_twice()
    {
        Assert.That(KeysOf(new(One, Previous: Two, Next: Three)), Is.EqualTo(new[] { One.Id, Three.Id, Two.Id }));
        Assert.That(KeysOf(new(One, Previous: new("one"), Next: new("one"))), Is.EqualTo(new[] { One.Id }));
        Assert.That(KeysOf(new(One, Previous: new("two"), Next: new("two"))), Is.EqualTo(new[] { One.Id, Two.Id }));

        static IEnumerable<string> KeysOf(SigningKeySet configured) => new SigningKeyRing(configured).Keys.Select(key => key.Id);
    }

    [Test]
    public void When_the_active_key_is_compromised_the_announced_one_signs_and_never_the_previous_one()
    {
        var ring = new SigningKeyRing(new(One, Previous: Two, Next: Three));

        ring.Exclude(Marked(One));

        Assert.That(ring.Active, Is.SameAs(Three));
        ring.Exclude(Marked(Three));
        Assert.That(() => ring.Active, Throws.TypeOf<StoreUnavailableException>());
        Assert.That(ring.Keys, Is.EqualTo(new[] { Two }));
    }

    [Test]
    public void Nothing_brings_a_compromised_key_back()
    {
        var ring = new SigningKeyRing(new(One));
        ring.Exclude(Marked(Two));

        Assert.That(ring.TryReplace(new(Two)), Is.False);
        Assert.That(ring.Active, Is.SameAs(One));
        Assert.That(ring.TryReplace(new(Two, Previous: One)), Is.False);
        Assert.That(ring.TryReplace(new(Three, Previous: Two)), Is.True);
        Assert.That(ring.Keys, Is.EqualTo(new[] { Three }));
    }

    /// <summary>
    /// Counted by what it costs: of a key of two megabytes each HMAC takes the same long time, beside which all else is nothing.
    /// </summary>
    [Test]
    public void A_token_is_tried_against_the_key_that_it_names_and_without_a_name_against_each_once()
    {
        SigningKey[] keys = [.. "abc".Select(letter => new SigningKey(new string(letter, 2_000_000)))];
        var ring = new SigningKeyRing(new(keys[0], keys[1], keys[2]));
        var signature = new byte[SigningKey.Size];
        var once = Cost(() => keys[0].Verifies("data"u8, signature));

        Assert.That(Tries("""{"alg":"HS256"}"""), Is.EqualTo(3));
        foreach (var key in keys) Assert.That(Tries($$"""{"alg":"HS256","kid":"{{key.Id}}"}"""), Is.EqualTo(1));
        Assert.That(Tries("""{"alg":"HS256","kid":"unknown"}"""), Is.Zero);
        Assert.That(Tries("""{"alg":"HS256","kid":""}"""), Is.Zero);

        int Tries(string header)
        {
            var token = HandMadeJwt.Sign(header, "{}", "of nobody");
            var cost = Cost(() => Assert.That(CompactJwt.Read(token, ring, out _), Is.AnyOf(TokenFault.BadSignature, TokenFault.Forged)));
            return (int)Math.Round(cost / once);
        }
    }

    private static Dictionary<string, DateTimeOffset> Marked(SigningKey key) => new() { [key.Id] = DateTimeOffset.UnixEpoch };

    /// <summary>The least of several: what else runs on the machine makes nothing cheaper.</summary>
    private static double Cost(Action action) => Enumerable.Range(0, 15).Min(_ =>
    {
        var started = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(started).TotalMicroseconds;
    });
}
