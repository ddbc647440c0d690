using Bhiv.Domain.Accounts;
using Bhiv.Domain.ApiKeys;
using Bhiv.Domain.Audit;

namespace Bhiv.Tests.Audit;

public sealed class FailedLoginDaysTests
{
    private static readonly DateTimeOffset Midnight = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);

    private FailedLoginDays days = null!;

    [SetUp]
    public void Begin() => days = new FailedLoginDays(3);

    [Test]
    public void A_day_of_the_service_has_thirty_thousand_rows_of_each_kind() => Assert.That(new FailedLoginDays().PerDay, Is.EqualTo(30_000));

    [Test]
    public void A_day_has_so_many_and_ends_at_midnight_of_UTC()
    {
        Assert.That(Take(Midnight.AddDays(-1), 4), Is.EqualTo(new[] { true, true, true, false }));
        Assert.That(TryTake(Midnight.AddTicks(-1)), Is.False);
        Assert.That(TryTake(Midnight.AddTicks(-1).ToOffset(TimeSpan.FromHours(5))), Is.False, "whatever the offset");
        Assert.That(Take(Midnight, 4), Is.EqualTo(new[] { true, true, true, false }));
    }

    [Test]
    public void What_waited_beyond_midnight_is_of_the_day_before()
    {
        Take(Midnight.AddTicks(-1), 3);
        Assert.That(TryTake(Midnight), Is.True);

        Assert.That(TryTake(Midnight.AddTicks(-1)), Is.False);
        Assert.That(Take(Midnight, 3), Is.EqualTo(new[] { true, true, false }));
    }

    [Test]
    public void A_clock_that_was_wrong_for_a_moment_leaves_the_days_as_they_were()
    {
        Take(Midnight, 2);
        foreach (var wrong in new[] { 3650, -3650 }) TryTake(Midnight.AddDays(wrong));

        Assert.That(Take(Midnight, 2), Is.EqualTo(new[] { true, false }));
    }

    [Test]
    public void What_the_log_has_of_the_day_is_taken()
    {
        days.Begin(Midnight.AddHours(12), FailedLoginKind.Counted, 2);

        Assert.That(Take(Midnight.AddHours(13), 2), Is.EqualTo(new[] { true, false }));
    }

    [Test]
    public void What_came_to_nothing_is_there_again()
    {
        Take(Midnight, 3);
        days.GiveBack(Failure("192.0.2.1", Midnight));

        Assert.That(Take(Midnight, 2), Is.EqualTo(new[] { true, false }));
    }

    [Test]
    public void That_a_day_is_full_is_news_once()
    {
        Take(Midnight, 3);
        Assert.That(days.TakeNews(), Is.Empty);
        Take(Midnight, 100);
        Assert.That((days.TakeNews(), days.TakeNews()), Is.EqualTo((new[] { FailedLoginKind.Counted }, Array.Empty<FailedLoginKind>())));
        Take(Midnight.AddHours(23), 100);
        Assert.That(days.TakeNews(), Is.Empty);
        Take(Midnight.AddDays(1), 100);
        Assert.That(days.TakeNews(), Is.EqualTo(new[] { FailedLoginKind.Counted }));
    }

    [Test]
    public void Keys_and_tokens_beyond_the_bound_are_a_row_of_their_hour_without_details()
    {
        var tally = new FailedLoginTally(days);
        var account = new AccountId(Guid.NewGuid());
        var client = new ClientId("mobile");
        foreach (var second in Enumerable.Range(0, 7200))
        {
            Assert.That(
                tally.Add(Failure($"192.0.2.{second % 200}", Midnight.AddSeconds(second)) with { AccountId = second % 2 == 0 ? account : null, ClientId = client }),
                Is.EqualTo(second >= 3));
        }

        var taken = tally.Take(Midnight.AddHours(2));
        var folded = taken.Where(row => row.Address is null).ToList();
        Assert.That(taken.Sum(row => row.Count), Is.EqualTo(7200));
        Assert.That(taken, Has.Count.EqualTo(3 + 4));
        Assert.That(folded.Select(row => (row.AccountId, row.At.Hour)), Is.EquivalentTo(new[] { (account, 0), (account, 1), ((AccountId?)null, 0), (null, 1) }));
        Assert.That(folded.Select(row => (row.ClientId, row.Reason, row.TraceId, row.UserAgent, row.UsernameHash, row.Username)),
            Is.All.EqualTo(((ClientId?)client, FailedLoginReason.InvalidToken, (string?)null, (string?)null, (string?)null, (string?)null)));
    }

    [Test]
    public void What_stands_in_a_row_with_details_goes_on_being_counted_there()
    {
        var tally = new FailedLoginTally(days);
        for (var network = 0; network < 3; network++) tally.Add(Failure($"192.0.2.{network}", Midnight));
        tally.Add(Failure("192.0.2.9", Midnight));
        tally.Add(Failure("192.0.2.1", Midnight));

        Assert.That(tally.Take(Midnight).Select(row => (row.Address, row.Count)),
            Is.EquivalentTo(new[] { ("192.0.2.0", 1L), ("192.0.2.1", 2L), ("192.0.2.2", 1L), (null, 1L) }));
    }

    [Test]
    public void What_could_not_be_written_costs_no_row_of_the_day_and_keeps_its_own()
    {
        var tally = new FailedLoginTally(days);
        tally.Add(Failure("192.0.2.1", Midnight));
        for (var time = 0; time < 10; time++) tally.GiveBack(tally.Take(Midnight.AddMinutes(time)));
        Assert.That(Take(Midnight, 3), Is.EqualTo(new[] { true, true, false }));

        tally.AddToHour(Failure("192.0.2.2", Midnight.AddMinutes(10)));
        var taken = tally.Take(Midnight.AddMinutes(10), limit: 2);
        tally.AddToHour(Failure("192.0.2.3", Midnight.AddMinutes(11)));
        tally.GiveBack(taken);

        var again = tally.Take(Midnight.AddMinutes(11));
        Assert.That(again.Select(row => row.Id), Is.Unique);
        Assert.That(again.Sum(row => row.Count), Is.EqualTo(3));
    }

    [Test]
    public void No_more_is_taken_than_was_asked_for_and_nothing_is_lost()
    {
        var tally = new FailedLoginTally();
        for (var network = 0; network < 250; network++) tally.Add(Failure($"{network}", Midnight));
        var counts = new List<int>();
        while (tally.HasPending) counts.Add(tally.Take(Midnight.AddMinutes(1), limit: 100).Count);

        Assert.That(counts, Is.EqualTo(new[] { 100, 100, 50 }));
    }

    /// <summary>What costs nothing to send hides no guess at somebody's password.</summary>
    [Test]
    public void Each_kind_has_rows_of_its_own()
    {
        foreach (var reason in new[] { FailedLoginReason.Throttled, FailedLoginReason.UnknownAccount, FailedLoginReason.WrongPassword })
        {
            for (var row = 0; row < 3; row++) Assert.That(days.TryTake(Of(reason)), Is.True);
            Assert.That(days.TryTake(Of(reason)), Is.False);
        }
        Assert.That(days.TakeNews(), Is.EqualTo(new[] { FailedLoginKind.Counted, FailedLoginKind.UnknownName, FailedLoginKind.Account }));
        days.GiveBack(Of(FailedLoginReason.UnknownAccount));
        Assert.That((days.TryTake(Of(FailedLoginReason.AccountDisabled)), days.TryTake(Of(FailedLoginReason.UnknownAccount))), Is.EqualTo((false, true)));

        // Whosoever it is.
        static FailedLogin Of(FailedLoginReason reason) =>
            Failure("192.0.2.1", Midnight) with { Reason = reason, AccountId = new AccountId(Guid.NewGuid()) };
    }

    [Test]
    public void Every_reason_is_of_the_kind_that_it_costs() =>
        Assert.That(
            Enum.GetValues<FailedLoginReason>().Where(reason => FailedLogin.KindOf(reason) != FailedLoginKind.Counted),
            Is.EquivalentTo(new[]
            {
                FailedLoginReason.UnknownAccount, FailedLoginReason.WrongPassword, FailedLoginReason.ExpiredPassword,
                FailedLoginReason.PublishedPassword, FailedLoginReason.AccountDisabled, FailedLoginReason.AccountChanged,
            }));

    [Test]
    public void Days_long_past_are_let_go_of_and_today_is_not()
    {
        Take(Midnight, 3);
        for (var day = 1; day < 30; day++)
        {
            Take(Midnight.AddDays(day), 3);
            Assert.That(TryTake(Midnight.AddDays(day)), Is.False);
        }

        Assert.That(TryTake(Midnight), Is.True, "nobody remembers it");
    }

    private bool TryTake(DateTimeOffset at) => days.TryTake(Failure("192.0.2.1", at));

    private List<bool> Take(DateTimeOffset at, int times) => [.. Enumerable.Range(0, times).Select(_ => TryTake(at))];

    private static FailedLogin Failure(string address, DateTimeOffset at) =>
        FailedLogin.OfCredential(FailedLoginReason.InvalidToken, null, null, address, at) with { UserAgent = "curl", TraceId = "t" };
}
