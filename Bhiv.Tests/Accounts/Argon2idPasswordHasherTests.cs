using Bhiv.Domain.Accounts;
using Bhiv.Domain.Monitoring;
using Bhiv.Infrastructure.Accounts;

namespace Bhiv.Tests.Accounts;

public sealed class Argon2idPasswordHasherTests
{
    private static readonly PlainTextPassword Password = PlainTextPassword.Of("the kettle sang twice");

    private readonly Argon2idPasswordHasher hasher = new(new PasswordOptions { ConcurrentHashes = 2 }, new BhivMetrics());

    [OneTimeTearDown]
    public void Dispose() => hasher.Dispose();

    [Test]
    public async Task A_hash_verifies_its_own_password_and_no_other()
    {
        var hash = await hasher.HashAsync(Password, default);

        Assert.That(await hasher.VerifyAsync(Password, hash, isUrgent: true, default), Is.True);
        Assert.That(await hasher.VerifyAsync(PlainTextPassword.Of("the kettle sang thrice"), hash, isUrgent: true, default), Is.False);
    }

    [Test]
    public async Task A_hash_names_its_algorithm_and_cost_and_a_salt_of_its_own()
    {
        var one = await hasher.HashAsync(Password, default);
        var other = await hasher.HashAsync(Password, default);

        Assert.That(one.Encoded, Does.Match(@"^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$"));
        Assert.That(one, Is.Not.EqualTo(other));
        Assert.That($"{one}", Does.Not.Contain(one.Encoded));
    }

    // printf bhiv2024 | argon2 0123456789abcdef -id -t T -k M -p 1 -l SIZE -e
    [TestCase("$argon2id$v=19$m=19456,t=2,p=1$MDEyMzQ1Njc4OWFiY2RlZg$OWLpJzIg8swqTEmyt4UAVW7HJhZIQiDJjLSEqC21gSk")]
    [TestCase("$argon2id$v=19$m=8192,t=3,p=1$MDEyMzQ1Njc4OWFiY2RlZg$I6Zj/W+4U9MyV7h23ROuzhgT++6p6RvE")]
    public async Task A_hash_made_by_the_reference_implementation_verifies_at_whatever_cost_it_was_made(string reference)
    {
        var hash = new PasswordHash(reference);

        Assert.That(await hasher.VerifyAsync(PlainTextPassword.Of("bhiv2024"), hash, isUrgent: true, default), Is.True);
        Assert.That(await hasher.VerifyAsync(Password, hash, isUrgent: true, default), Is.False);
    }

    [TestCase("$argon2id$v=19$m=19456,t=2,p=1$MDEyMzQ1Njc4OWFiY2RlZg$OWLpJzIg8swqTEmyt4UAVW7HJhZIQiDJjLSEqC21gSk", false)]
    [TestCase("$argon2id$v=19$m=19455,t=2,p=1$MDEyMzQ1Njc4OWFiY2RlZg$OWLpJzIg8swqTEmyt4UAVW7HJhZIQiDJjLSEqC21gSk", true)]
    [TestCase("$argon2id$v=19$m=65536,t=2,p=1$MDEyMzQ1Njc4OWFiY2RlZg$OWLpJzIg8swqTEmyt4UAVW7HJhZIQiDJjLSEqC21gSk", true)]
    [TestCase("$argon2id$v=19$m=19456,t=1,p=1$MDEyMzQ1Njc4OWFiY2RlZg$OWLpJzIg8swqTEmyt4UAVW7HJhZIQiDJjLSEqC21gSk", true)]
    [TestCase("$argon2id$v=19$m=19456,t=2,p=1$MDEyMzQ1Njc4OWFi$OWLpJzIg8swqTEmyt4UAVW7HJhZIQiDJjLSEqC21gSk", true)]
    [TestCase("$argon2id$v=19$m=19456,t=2,p=1$MDEyMzQ1Njc4OWFiY2RlZg$I6Zj/W+4U9MyV7h23ROuzhgT++6p6RvE", true)]
    public void A_hash_of_another_cost_or_size_is_outdated(string hash, bool isOutdated) =>
        Assert.That(hasher.IsOutdated(new PasswordHash(hash)), Is.EqualTo(isOutdated));

    [Test]
    public async Task Nobody_is_verified_by_no_password() =>
        Assert.That(await hasher.VerifyAsync(Password, null, isUrgent: true, default), Is.False);

    [Test]
    public async Task No_more_hashes_run_than_there_are_places_and_who_waits_for_one_can_give_up()
    {
        using var narrow = new Argon2idPasswordHasher(new PasswordOptions { ConcurrentHashes = 1 }, new BhivMetrics());
        var gaveUp = false;
        // A hash that has begun runs to its end: only who waits gives up. Tried again where the machine was too slow to make
        // a queue.
        for (var attempt = 0; attempt < 50 && !gaveUp; attempt++)
        {
            var queue = Enumerable.Range(0, 8).Select(_ => Task.Run(() => narrow.HashAsync(Password, default))).ToList();
            await Task.Delay(5);
            using var gone = new CancellationTokenSource(TimeSpan.FromMilliseconds(10));
            try
            {
                await narrow.HashAsync(Password, gone.Token);
            }
            catch (OperationCanceledException)
            {
                gaveUp = true;
            }
            await Task.WhenAll(queue);
        }

        Assert.That(gaveUp, Is.True);
        Assert.That(await narrow.HashAsync(Password, default), Is.Not.Null, "the place is free again");
    }
}
