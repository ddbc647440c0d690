namespace Bhiv.Tests.Throttling;

/// <summary>Where somebody lately logged in he is at home, and what fails elsewhere does not hold him up there.</summary>
public sealed class FamiliarPlaceTests : LoginThrottleFixture
{
    [Test]
    public async Task Who_logged_in_lately_from_where_he_is_is_held_up_by_no_failure_but_his_own()
    {
        await SucceedAsync("alice", Home);
        Clock.Advance(TimeSpan.FromDays(29));
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
        Clock.Advance(TimeSpan.FromHours(12));
        await SucceedAsync("alice", Home);

        Assert.That(await UndecidedAsync("alice", 3), Is.EqualTo(1), "one at a time, as after a hundred");
    }

    [Test]
    public async Task A_success_somewhere_new_ends_the_row_of_failures_at_the_name()
    {
        for (var address = 0; address < 100; address++) await FailAsync("alice", $"203.0.113.{address}");
        Clock.Advance(TimeSpan.FromSeconds(1));
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
            Clock.Advance(TimeSpan.FromHours(1));
        }

        for (var address = 0; address < 99; address++) await FailAsync("alice", $"203.0.113.{address}");
        Assert.That(await WaitAsync("alice", Elsewhere), Is.Null);
    }

    [Test]
    public async Task Who_knew_a_former_password_is_a_stranger_where_he_logged_in_with_it()
    {
        await SucceedAsync("alice", Home);
        for (var address = 0; address < 100; address++) await StoreFailureAsync("alice", $"203.0.113.{address}");
        Assert.That(await WaitAsync("alice", Home), Is.Null);

        Clock.Advance(TimeSpan.FromMilliseconds(1));
        PasswordChangedAt = Clock.GetUtcNow();
        Assert.That(await WaitAsync("alice", Home), Is.Not.Null);

        Clock.Advance(TimeSpan.FromSeconds(1));
        await SucceedAsync("alice", Home);
        for (var address = 0; address < 100; address++) await StoreFailureAsync("alice", $"203.0.113.{address}");
        Assert.That(await WaitAsync("alice", Home), Is.Null, "with the new one he is at home again");
    }

    [Test]
    public async Task Who_changes_the_password_where_he_is_stays_at_home_there()
    {
        await SucceedAsync("alice", Home);
        Clock.Advance(TimeSpan.FromMinutes(1));
        using (var attempt = await EnterAsync("alice", Home))
        {
            PasswordChangedAt = Clock.GetUtcNow();
            await attempt.SucceedAsync(PasswordChangedAt);
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
            Clock.Advance(TimeSpan.FromMilliseconds(1));
            PasswordChangedAt = Clock.GetUtcNow();
            Clock.Advance(TimeSpan.FromMilliseconds(1));
            await attempt.SucceedAsync();
        }
        for (var address = 0; address < 100; address++) await StoreFailureAsync("alice", $"203.0.113.{address}");

        Assert.That(await WaitAsync("alice", Home), Is.Not.Null);
    }

    /// <summary>Nor does another password help: it is set after the one that it replaces.</summary>
    [Test]
    public async Task A_password_that_was_set_by_a_clock_that_was_ahead_makes_nobody_a_stranger_for_years()
    {
        PasswordChangedAt = Clock.GetUtcNow().AddYears(10);
        await SucceedAsync("alice", Home);
        for (var address = 0; address < 100; address++) await StoreFailureAsync("alice", $"203.0.113.{address}");

        Assert.That(await WaitAsync("alice", Home), Is.Null);
        Assert.That(await WaitAsync("alice", Elsewhere), Is.Not.Null);
    }

    [Test]
    public async Task A_success_of_a_clock_that_was_ahead_makes_nobody_familiar_for_years()
    {
        Clock.AdjustTime(Clock.GetUtcNow().AddYears(10));
        await SucceedAsync("alice", Home);
        Clock.AdjustTime(Clock.GetUtcNow().AddYears(-10));
        for (var address = 0; address < 100; address++) await StoreFailureAsync("alice", $"203.0.113.{address}");
        Assert.That(await WaitAsync("alice", Home), Is.Not.Null);

        Clock.Advance(TimeSpan.FromSeconds(1));
        await SucceedAsync("alice", Home);
        for (var address = 0; address < 100; address++) await StoreFailureAsync("alice", $"203.0.113.{address}");
        Assert.That(await WaitAsync("alice", Home), Is.Null, "the next one is news");
    }
}
