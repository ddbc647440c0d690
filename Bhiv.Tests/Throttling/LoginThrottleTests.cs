using Bhiv.Application.Throttling;
using Bhiv.Domain.Accounts;
using Bhiv.Domain.ApiKeys;
using Bhiv.Domain.SigningKeys;
using Bhiv.Domain.Throttling;
using Bhiv.Domain.Tokens;
using Microsoft.Extensions.Time.Testing;

namespace Bhiv.Tests.Throttling;

public sealed class LoginThrottleTests
{
    private const string Home = "192.0.2.1";
    private const string Elsewhere = "198.51.100.7";

    private FakeTimeProvider clock = null!;
    private DateTimeOffset passwordChangedAt;
    private ThrottlesInMemory store = null!;
    private LoginThrottle throttle = null!;

    [SetUp]
    public void Arrange()
    {
        clock = new FakeTimeProvider(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
        passwordChangedAt = clock.GetUtcNow();
        store = new ThrottlesInMemory();
        throttle = Another();
    }

    [Test]
    public async Task Five_failures_are_free_and_then_each_doubles_the_wait_up_to_fifteen_minutes()
    {
        for (var free = 0; free < 5; free++) await FailAsync("alice", Home);

        foreach (var seconds in new[] { 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900 })
        {
            Assert.That(await WaitAsync("alice", Home), Is.EqualTo(TimeSpan.FromSeconds(seconds)));
            clock.Advance(TimeSpan.FromSeconds(seconds) - TimeSpan.FromMilliseconds(1));
            Assert.That(await WaitAsync("alice", Home), Is.EqualTo(TimeSpan.FromMilliseconds(1)));
            clock.Advance(TimeSpan.FromMilliseconds(1));
            await FailAsync("alice", Home);
        }
    }

    [Test]
    public async Task Being_turned_away_makes_nothing_worse()
    {
        for (var free = 0; free < 5; free++) await FailAsync("alice", Home);
        for (var more = 0; more < 50; more++) await WaitAsync("alice", Home);

        clock.Advance(TimeSpan.FromSeconds(1));

        Assert.That(await WaitAsync("alice", Home), Is.Null);
    }

    [Test]
    public async Task A_success_forgives_the_pair_its_failures()
    {
        for (var free = 0; free < 4; free++) await FailAsync("alice", Home);
        await SucceedAsync("alice", Home);

        for (var free = 0; free < 5; free++) await FailAsync("alice", Home);

        Assert.That(await WaitAsync("alice", Home), Is.EqualTo(TimeSpan.FromSeconds(1)));
    }

    [Test]
    public async Task Names_and_addresses_are_throttled_apart_and_names_however_they_are_written()
    {
        for (var free = 0; free < 5; free++) await FailAsync("alice", Home);

        Assert.That(await WaitAsync("bob", Home), Is.Null);
        Assert.That(await WaitAsync("alice", Elsewhere), Is.Null);
        Assert.That(await WaitAsync("ALICE", Home), Is.Not.Null);
    }

    [Test]
    public async Task An_IPv6_address_counts_by_its_network()
    {
        for (var host = 1; host <= 5; host++) await FailAsync("alice", $"2001:db8:1:2::{host}");

        Assert.That(await WaitAsync("alice", "2001:db8:1:2:ffff::1"), Is.Not.Null);
        Assert.That(await WaitAsync("alice", "2001:db8:1:3::1"), Is.Null);
    }

    [Test]
    public async Task From_one_address_twenty_logins_fail_within_a_minute_whatever_the_names()
    {
        for (var name = 0; name < 20; name++)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            await FailAsync($"name {name}", Home);
        }

        Assert.That(await WaitAsync("another", Home), Is.EqualTo(TimeSpan.FromSeconds(41)));
        clock.Advance(TimeSpan.FromSeconds(41));
        Assert.That(await WaitAsync("another", Home), Is.Null);
    }

    [Test]
    public async Task At_one_name_a_hundred_logins_fail_from_anywhere_and_then_each_doubles_the_wait()
    {
        for (var address = 0; address < 100; address++) await FailAsync("alice", $"203.0.113.{address}");
        Assert.That(await WaitAsync("alice", Elsewhere), Is.EqualTo(TimeSpan.FromSeconds(1)));
        clock.Advance(TimeSpan.FromSeconds(1));
        await FailAsync("alice", Elsewhere);

        Assert.That(await WaitAsync("alice", Home), Is.EqualTo(TimeSpan.FromSeconds(2)));
        Assert.That(await WaitAsync("bob", Home), Is.Null);
    }

    [Test]
    public async Task The_failure_that_makes_others_wait_says_so_and_one_that_makes_only_its_own_pair_wait_does_not()
    {
        for (var own = 0; own < 5; own++) Assert.That(await FailAsync("alice", Home), Is.False);
        for (var address = 5; address < 99; address++) Assert.That(await FailAsync("alice", $"203.0.113.{address}"), Is.False);
        Assert.That(await FailAsync("alice", Elsewhere), Is.True, "the hundredth at the name");

        for (var name = 5; name < 19; name++) Assert.That(await FailAsync($"name {name}", Home), Is.False);
        Assert.That(await FailAsync("another", Home), Is.True, "the twentieth from the address");
    }

    [Test]
    public async Task Who_logged_in_lately_from_where_he_is_is_held_up_by_no_failure_but_his_own()
    {
        await SucceedAsync("alice", Home);
        clock.Advance(TimeSpan.FromDays(29));
        for (var address = 0; address < 110; address++) await StoreFailureAsync("alice", $"203.0.113.{address}");
        for (var name = 0; name < 30; name++) await StoreFailureAsync($"name {name}", Home);

        Assert.That(await WaitAsync("alice", Home), Is.Null);
        Assert.That(await WaitAsync("alice", Elsewhere), Is.Not.Null);

        for (var free = 0; free < 5; free++) await FailAsync("alice", Home);
        Assert.That(await WaitAsync("alice", Home), Is.Not.Null);
    }

    [Test]
    public async Task A_success_where_the_owner_is_gives_nobody_elsewhere_another_hundred_guesses()
    {
        await SucceedAsync("alice", Home);
        for (var address = 0; address < 100; address++) await FailAsync("alice", $"203.0.113.{address}");
        await SucceedAsync("alice", Home);
        clock.Advance(TimeSpan.FromHours(12));
        await SucceedAsync("alice", Home);

        Assert.That(await UndecidedAsync("alice", 3), Is.EqualTo(1), "one at a time, as after a hundred");
    }

    [Test]
    public async Task A_success_somewhere_new_ends_the_row_of_failures_at_the_name()
    {
        for (var address = 0; address < 100; address++) await FailAsync("alice", $"203.0.113.{address}");
        clock.Advance(TimeSpan.FromSeconds(1));
        await SucceedAsync("alice", Home);

        Assert.That(await WaitAsync("alice", Elsewhere), Is.Null);
        Assert.That(await UndecidedAsync("alice", 3), Is.EqualTo(3), "and not one at a time");
    }

    [Test]
    public async Task The_owners_own_mistakes_are_none_of_the_names()
    {
        await SucceedAsync("alice", Home);
        for (var day = 0; day < 30; day++)
        {
            for (var mistake = 0; mistake < 4; mistake++) await FailAsync("alice", Home);
            await SucceedAsync("alice", Home);
            clock.Advance(TimeSpan.FromHours(1));
        }

        for (var address = 0; address < 99; address++) await FailAsync("alice", $"203.0.113.{address}");
        Assert.That(await WaitAsync("alice", Elsewhere), Is.Null);
    }

    [Test]
    public async Task Failures_are_forgotten_after_a_day_without_one()
    {
        for (var free = 0; free < 5; free++) await FailAsync("alice", Home);
        clock.Advance(TimeSpan.FromDays(1) - TimeSpan.FromMilliseconds(1));
        await FailAsync("alice", Home);
        Assert.That(await WaitAsync("alice", Home), Is.EqualTo(TimeSpan.FromSeconds(2)));

        clock.Advance(TimeSpan.FromDays(1));
        for (var free = 0; free < 4; free++) await FailAsync("alice", Home);
        Assert.That(await WaitAsync("alice", Home), Is.Null);
    }

    [Test]
    public async Task A_restart_forgives_nothing_and_whoever_shares_the_store_shares_the_count()
    {
        for (var free = 0; free < 3; free++) await FailAsync("alice", Home);
        var other = Another();
        for (var free = 0; free < 2; free++) await FailAsync("alice", Home, by: other);

        Assert.That(await WaitAsync("alice", Home, by: other), Is.Not.Null);
        Assert.That(await WaitAsync("alice", Home), Is.Not.Null);
        Assert.That(await WaitAsync("alice", Home, by: Another()), Is.Not.Null);
    }

    [Test]
    public async Task Who_knew_a_former_password_is_a_stranger_where_he_logged_in_with_it()
    {
        await SucceedAsync("alice", Home);
        for (var address = 0; address < 100; address++) await StoreFailureAsync("alice", $"203.0.113.{address}");
        Assert.That(await WaitAsync("alice", Home), Is.Null);

        clock.Advance(TimeSpan.FromMilliseconds(1));
        passwordChangedAt = clock.GetUtcNow();
        Assert.That(await WaitAsync("alice", Home), Is.Not.Null);

        clock.Advance(TimeSpan.FromSeconds(1));
        await SucceedAsync("alice", Home);
        for (var address = 0; address < 100; address++) await StoreFailureAsync("alice", $"203.0.113.{address}");
        Assert.That(await WaitAsync("alice", Home), Is.Null, "with the new one he is at home again");
    }

    [Test]
    public async Task Who_changes_the_password_where_he_is_stays_at_home_there()
    {
        await SucceedAsync("alice", Home);
        clock.Advance(TimeSpan.FromMinutes(1));
        using (var attempt = await EnterAsync("alice", Home))
        {
            passwordChangedAt = clock.GetUtcNow();
            await attempt.SucceedAsync(passwordChangedAt);
        }
        for (var address = 0; address < 100; address++) await StoreFailureAsync("alice", $"203.0.113.{address}");

        Assert.That(await WaitAsync("alice", Home), Is.Null);
    }

    /// <summary>His password was looked at before, and counts for no more than it did then.</summary>
    [Test]
    public async Task Who_is_overtaken_by_a_change_of_the_password_is_a_stranger()
    {
        using (var attempt = await EnterAsync("alice", Home))
        {
            clock.Advance(TimeSpan.FromMilliseconds(1));
            passwordChangedAt = clock.GetUtcNow();
            clock.Advance(TimeSpan.FromMilliseconds(1));
            await attempt.SucceedAsync();
        }
        for (var address = 0; address < 100; address++) await StoreFailureAsync("alice", $"203.0.113.{address}");

        Assert.That(await WaitAsync("alice", Home), Is.Not.Null);
    }

    [Test]
    public async Task A_success_of_a_clock_that_was_ahead_makes_nobody_familiar_for_years()
    {
        clock.AdjustTime(clock.GetUtcNow().AddYears(10));
        await SucceedAsync("alice", Home);
        clock.AdjustTime(clock.GetUtcNow().AddYears(-10));
        for (var address = 0; address < 100; address++) await StoreFailureAsync("alice", $"203.0.113.{address}");
        Assert.That(await WaitAsync("alice", Home), Is.Not.Null);

        clock.Advance(TimeSpan.FromSeconds(1));
        await SucceedAsync("alice", Home);
        for (var address = 0; address < 100; address++) await StoreFailureAsync("alice", $"203.0.113.{address}");
        Assert.That(await WaitAsync("alice", Home), Is.Null, "the next one is news");
    }

    [Test]
    public async Task A_clock_that_is_set_back_locks_nobody_out()
    {
        for (var free = 0; free < 15; free++) await StoreFailureAsync("alice", Home);
        for (var name = 0; name < 20; name++) await StoreFailureAsync($"name {name}", Home);
        clock = new FakeTimeProvider(clock.GetUtcNow() - TimeSpan.FromDays(3));
        throttle = Another();

        Assert.That(await WaitAsync("alice", Home), Is.Null);
        for (var free = 0; free < 5; free++) await FailAsync("alice", Home);
        Assert.That(await WaitAsync("alice", Home), Is.EqualTo(TimeSpan.FromSeconds(1)));
    }

    private LoginThrottle Another() =>
        new(store, new SigningKeyRing(new SigningKeySet(new SigningKey("secret"))), new ThrottleOptions(), clock);

    private async Task<bool> FailAsync(string name, string address, LoginThrottle? by = null)
    {
        using var attempt = await EnterAsync(name, address, by);
        return await attempt.FailAsync();
    }

    /// <summary>Where is asked what comes after so many failures, and not whether there can be so many at once.</summary>
    private async Task StoreFailureAsync(string name, string address)
    {
        var subjects = LoginSubjects.Of(AccountName.Of(name), address, new SigningKey("secret"), new ThrottleOptions());
        await store.FailAsync(subjects.All, clock.GetUtcNow());
    }

    private async Task SucceedAsync(string name, string address)
    {
        using var attempt = await EnterAsync(name, address);
        await attempt.SucceedAsync();
    }

    private async Task<LoginAttempt> EnterAsync(string name, string address, LoginThrottle? by = null) =>
        ((Admission.Admitted)await (by ?? throttle).EnterAsync(AccountName.Of(name), passwordChangedAt, CallerAt(address), default)).Attempt;

    /// <summary>How long another attempt has to wait; null when it would be looked at.</summary>
    private async Task<TimeSpan?> WaitAsync(string name, string address, LoginThrottle? by = null)
    {
        switch (await (by ?? throttle).EnterAsync(AccountName.Of(name), passwordChangedAt, CallerAt(address), default))
        {
            case Admission.TurnedAway(var wait):
                return wait;
            case Admission.Admitted(var attempt):
                attempt.Dispose();
                return null;
            default:
                throw new InvalidOperationException();
        }
    }

    /// <summary>How many of so many strangers at a name are looked at before any of them is decided.</summary>
    private async Task<int> UndecidedAsync(string name, int strangers)
    {
        clock.Advance(TimeSpan.FromMinutes(15));
        var entering = Enumerable.Range(0, strangers)
            .Select(number => throttle.EnterAsync(AccountName.Of(name), passwordChangedAt, CallerAt($"198.51.100.{number}"), default)).ToList();
        await Task.Delay(50);
        return entering.Count(it => it.IsCompletedSuccessfully && it.Result is Admission.Admitted);
    }

    private static Caller CallerAt(string address) => new(ClientId.Default, address);
}
