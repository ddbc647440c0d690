using Microsoft.Extensions.Time.Testing;

namespace Bhiv.Tests.Throttling;

public sealed class LoginThrottleTests : LoginThrottleFixture
{
    [Test]
    public async Task Five_failures_are_free_and_then_each_doubles_the_wait_up_to_fifteen_minutes()
    {
        for (var free = 0; free < 5; free++) await FailAsync("alice", Home);

        foreach (var seconds in new[] { 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900 })
        {
            Assert.That(await WaitAsync("alice", Home), Is.EqualTo(TimeSpan.FromSeconds(seconds)));
            Clock.Advance(TimeSpan.FromSeconds(seconds) - TimeSpan.FromMilliseconds(1));
            Assert.That(await WaitAsync("alice", Home), Is.EqualTo(TimeSpan.FromMilliseconds(1)));
            Clock.Advance(TimeSpan.FromMilliseconds(1));
            await FailAsync("alice", Home);
        }
    }

    [Test]
    public async Task Being_turned_away_makes_nothing_worse()
    {
        for (var free = 0; free < 5; free++) await FailAsync("alice", Home);
        for (var more = 0; more < 50; more++) await WaitAsync("alice", Home);

        Clock.Advance(TimeSpan.FromSeconds(1));

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
            Clock.Advance(TimeSpan.FromSeconds(1));
            await FailAsync($"name {name}", Home);
        }

        Assert.That(await WaitAsync("another", Home), Is.EqualTo(TimeSpan.FromSeconds(41)));
        Clock.Advance(TimeSpan.FromSeconds(41));
        Assert.That(await WaitAsync("another", Home), Is.Null);
    }

    [Test]
    public async Task At_one_name_a_hundred_logins_fail_from_anywhere_and_then_each_doubles_the_wait()
    {
        for (var address = 0; address < 100; address++) await FailAsync("alice", $"203.0.113.{address}");
        Assert.That(await WaitAsync("alice", Elsewhere), Is.EqualTo(TimeSpan.FromSeconds(1)));
        Clock.Advance(TimeSpan.FromSeconds(1));
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
    public async Task Failures_are_forgotten_after_a_day_without_one()
    {
        for (var free = 0; free < 5; free++) await FailAsync("alice", Home);
        Clock.Advance(TimeSpan.FromDays(1) - TimeSpan.FromMilliseconds(1));
        await FailAsync("alice", Home);
        Assert.That(await WaitAsync("alice", Home), Is.EqualTo(TimeSpan.FromSeconds(2)));

        Clock.Advance(TimeSpan.FromDays(1));
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
    public async Task Failures_of_a_process_whose_clock_is_half_a_minute_ahead_count_too()
    {
        var other = Another(new FakeTimeProvider(Clock.GetUtcNow().AddSeconds(30)));
        for (var free = 0; free < 5; free++) await FailAsync("alice", Home, by: other);

        Assert.That(await WaitAsync("alice", Home), Is.EqualTo(TimeSpan.FromSeconds(1)));
    }

    [Test]
    public async Task A_clock_that_is_set_back_locks_nobody_out()
    {
        for (var free = 0; free < 15; free++) await StoreFailureAsync("alice", Home);
        for (var name = 0; name < 20; name++) await StoreFailureAsync($"name {name}", Home);
        Clock = new FakeTimeProvider(Clock.GetUtcNow() - TimeSpan.FromDays(3));
        Throttle = Another();

        Assert.That(await WaitAsync("alice", Home), Is.Null);
        for (var free = 0; free < 5; free++) await FailAsync("alice", Home);
        Assert.That(await WaitAsync("alice", Home), Is.EqualTo(TimeSpan.FromSeconds(1)));
    }
}
