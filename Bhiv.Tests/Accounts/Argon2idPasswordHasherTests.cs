using Bhiv.Domain.Accounts;
using Bhiv.Infrastructure.Accounts;

namespace Bhiv.Tests.Accounts;

public sealed class Argon2idPasswordHasherTests
{
    private static readonly PlainTextPassword Password = PlainTextPassword.Of("the kettle sang twice");

    private readonly Argon2idPasswordHasher hasher = new(new PasswordOptions { ConcurrentHashes = 2 });

    [OneTimeTearDown]
    public void Dispose() => hasher.Dispose();

    [Test]
    public async Task A_hash_verifies_its_own_password_and_no_other()
    {
        var hash = await hasher.HashAsync(Password, default);

        Assert.That(await hasher.VerifyAsync(Password, hash, default), Is.True);
        Assert.That(await hasher.VerifyAsync(PlainTextPassword.Of("the kettle sang thrice"), hash, default), Is.False);
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

    [Test]
    public async Task A_hash_made_by_the_reference_implementation_verifies()
    {
        // printf bhiv2024 | argon2 0123456789abcdef -id -t 2 -k 19456 -p 1 -l 32 -e
        var hash = new PasswordHash(ReferenceHash);

        Assert.That(await hasher.VerifyAsync(PlainTextPassword.Of("bhiv2024"), hash, default), Is.True);
    }

    [Test]
    public async Task Nobody_is_verified_by_no_password() =>
        Assert.That(await hasher.VerifyAsync(Password, null, default), Is.False);

    [Test]
    public async Task Who_waits_for_a_place_can_give_up_and_takes_none()
    {
        using var narrow = new Argon2idPasswordHasher(new PasswordOptions { ConcurrentHashes = 1 });
        using var gone = new CancellationTokenSource();
        var working = Enumerable.Range(0, 4).Select(_ => Task.Run(() => narrow.HashAsync(Password, default))).ToList();
        await gone.CancelAsync();

        Assert.That(async () => await narrow.HashAsync(Password, gone.Token), Throws.InstanceOf<OperationCanceledException>());
        await Task.WhenAll(working);
        Assert.That(await narrow.VerifyAsync(Password, working[0].Result, default), Is.True, "the place is free again");
    }

    private const string ReferenceHash = 
        "$argon2id$v=19$m=19456,t=2,p=1$MDEyMzQ1Njc4OWFiY2RlZg$OWLpJzIg8swqTEmyt4UAVW7HJhZIQiDJjLSEqC21gSk";
}
