using System.Net;
using Bhiv.Domain;
using Bhiv.Domain.Accounts;
using Bhiv.Infrastructure.Accounts;
using Bhiv.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Bhiv.Tests.Accounts;

/// <summary>What becomes of a hash that was made at a former cost.</summary>
public sealed class RehashTests
{
    // printf bhiv2024 | argon2 0123456789abcdef -id -t 3 -k 8192 -p 1 -l 24 -e
    private const string Outdated = "$argon2id$v=19$m=8192,t=3,p=1$MDEyMzQ1Njc4OWFiY2RlZg$I6Zj/W+4U9MyV7h23ROuzhgT++6p6RvE";

    private InterruptedHasher hasher = null!;

    [Test]
    public async Task The_first_login_brings_it_to_the_cost_of_today_and_the_second_leaves_it()
    {
        await using var service = await StartAsync();
        var before = await service.Client.LoginAsync();
        Store(service, Outdated);

        Assert.That((await service.Client.LoginAsync()).Status, Is.EqualTo(HttpStatusCode.OK));
        var renewed = Hash(service);
        Assert.That(renewed, Does.StartWith("$argon2id$v=19$m=19456,t=2,p=1$"));
        Assert.That((await service.Client.LoginAsync()).Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(Hash(service), Is.EqualTo(renewed));

        Assert.That((await service.Client.RefreshAsync(before.RefreshToken)).Status, Is.EqualTo(HttpStatusCode.OK), "no session ended");
        Assert.That(
            service.Query("SELECT epoch, version, password_changed_at = created_at, environment_password_hash = password_hash FROM accounts", row => (row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3))),
            Is.EqualTo(new[] { (0L, 0L, 1L, 1L) }));
    }

    [Test]
    public async Task A_wrong_password_or_a_disabled_account_changes_nothing_of_it()
    {
        await using var service = await StartAsync();
        Store(service, Outdated);

        await service.Client.LoginAsync(password: "wrong");
        service.Execute("UPDATE accounts SET disabled_at = 1");
        await service.Client.LoginAsync();

        Assert.That(Hash(service), Is.EqualTo(Outdated));
        Assert.That(hasher.Hashes, Is.Zero, "more work than for a name that nobody has");
    }

    [Test]
    public async Task What_the_environment_applied_stays_applied_apart_from_a_password_that_was_changed_since()
    {
        await using var service = await StartAsync();
        Store(service, Outdated);
        service.Execute("UPDATE accounts SET environment_password_hash = 'another'");

        await service.Client.LoginAsync();

        Assert.That(service.Query("SELECT environment_password_hash FROM accounts", row => row.GetString(0)), Is.EqualTo(new[] { "another" }));
        Assert.That(Hash(service), Is.Not.EqualTo(Outdated));
    }

    [Test]
    public async Task A_password_that_is_changed_meanwhile_is_not_overwritten()
    {
        await using var service = await StartAsync();
        Store(service, Outdated);
        hasher.WhileHashing = () =>
        {
            service.Execute("UPDATE accounts SET password_hash = 'of another password'");
            return Task.CompletedTask;
        };

        Assert.That((await service.Client.LoginAsync()).Status, Is.EqualTo(HttpStatusCode.OK));

        Assert.That(Hash(service), Is.EqualTo("of another password"));
    }

    [Test]
    public async Task A_service_or_a_database_that_is_too_busy_logs_in_all_the_same_and_leaves_it_to_the_next_login()
    {
        await using var service = await StartAsync();
        Store(service, Outdated);
        foreach (var fault in new Exception[] { new OverloadedException("busy"), new StoreUnavailableException("busy") })
        {
            hasher.WhileHashing = () => throw fault;
            Assert.That((await service.Client.LoginAsync()).Status, Is.EqualTo(HttpStatusCode.OK), fault.Message);
            Assert.That(Hash(service), Is.EqualTo(Outdated));
        }
        hasher.WhileHashing = null;

        await service.Client.LoginAsync();

        Assert.That(Hash(service), Is.Not.EqualTo(Outdated));
    }

    private static string Hash(BhivService service) => service.Query("SELECT password_hash FROM accounts", row => row.GetString(0)).Single();

    private static void Store(BhivService service, string hash) =>
        service.Execute($"UPDATE accounts SET password_hash = '{hash}', environment_password_hash = '{hash}'");

    private async Task<BhivService> StartAsync()
    {
        var service = await BhivService.StartAsync(replace: services => services.AddSingleton<IPasswordHasher>(provider =>
            hasher = new InterruptedHasher(ActivatorUtilities.CreateInstance<Argon2idPasswordHasher>(provider))));
        hasher.Hashes = 0;
        return service;
    }
}
