using Bhiv.Domain.ApiKeys;
using Bhiv.Domain.Audit;

namespace Bhiv.Tests.Audit;

public sealed class FailedLoginTallyTests
{
    private static readonly DateTimeOffset Minute = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly FailedLoginTally tally = new();

    [SetUp]
    public void Empty() => tally.Take(DateTimeOffset.MaxValue);

    [Test]
    public void Alike_within_a_minute_is_one_row_and_keeps_its_id_from_one_taking_to_the_next()
    {
        tally.Add(Failure("a", Minute));
        tally.Add(Failure("a", Minute.AddSeconds(1)));
        var first = tally.Take(Minute.AddSeconds(2)).Single();
        tally.Add(Failure("a", Minute.AddSeconds(59.999999)));
        var second = tally.Take(Minute.AddMinutes(1)).Single();
        tally.Add(Failure("a", Minute.AddMinutes(1)));
        var third = tally.Take(Minute.AddMinutes(1)).Single();

        Assert.That((first.Count, second.Count, third.Count), Is.EqualTo((2L, 1L, 1L)));
        Assert.That(second.Id, Is.EqualTo(first.Id));
        Assert.That(third.Id, Is.Not.EqualTo(first.Id));
        Assert.That((first.At, second.At), Is.EqualTo((Minute, Minute)));
        Assert.That(tally.Take(Minute.AddMinutes(1)), Is.Empty);
    }

    [Test]
    public void Another_address_reason_client_or_account_is_another_row()
    {
        var one = Failure("a", Minute);
        FailedLogin[] others =
        [
            one with { Address = "b" }, one with { Reason = FailedLoginReason.InvalidToken }, one with { ClientId = new ClientId("c") },
            one with { AccountId = new(Guid.NewGuid()) },
        ];
        foreach (var failure in others.Append(one).Concat(others)) tally.Add(failure);

        Assert.That(tally.Take(Minute).Select(row => row.Count), Is.EquivalentTo(new[] { 1, 2, 2, 2, 2 }));
    }

    [Test]
    public void More_addresses_than_it_tells_apart_are_counted_without_one()
    {
        for (var at = 0; at < FailedLoginTally.MaximumNetworks + 500; at++) tally.Add(Failure($"{at}", Minute));
        tally.Add(Failure("7", Minute));

        var taken = tally.Take(Minute);

        Assert.That(taken, Has.Count.EqualTo(FailedLoginTally.MaximumNetworks + 1));
        Assert.That(taken.Single(row => row.Address is null).Count, Is.EqualTo(500));
        Assert.That(taken.Single(row => row.Address == "7").Count, Is.EqualTo(2));
    }

    [TestCase(59)]
    [TestCase(60)]
    public void A_flood_hides_nothing_that_is_refused_for_another_reason(int second)
    {
        for (var at = 0; at < FailedLoginTally.MaximumNetworks + 1; at++) tally.Add(Failure($"{at}", Minute.AddSeconds(59)));
        if (second == 60) tally.Take(Minute.AddSeconds(59));
        var reuse = Failure("a", Minute.AddSeconds(second)) with
        {
            Reason = FailedLoginReason.RefreshTokenReused,
            AccountId = new(Guid.NewGuid()),
        };

        tally.Add(reuse);

        Assert.That(tally.Take(Minute.AddMinutes(2)), Does.Contain(reuse));
    }

    [Test]
    public void Whose_account_it_was_is_told_however_many_addresses_try()
    {
        var account = new Domain.Accounts.AccountId(Guid.NewGuid());
        for (var at = 0; at < FailedLoginTally.MaximumNetworks + 3; at++)
            tally.Add(Failure($"{at}", Minute) with { Reason = FailedLoginReason.RevokedToken, AccountId = account });

        var folded = tally.Take(Minute).Single(row => row.Address is null);

        Assert.That((folded.AccountId, folded.Count), Is.EqualTo((account, 3)));
    }

    [TestCase("2001:db8::1", "2001:db8::ffff:2", 1)]
    [TestCase("2001:db8::1", "2001:db8:0:1::1", 2)]
    [TestCase("192.0.2.1", "192.0.2.2", 2)]
    public void An_address_of_the_sixth_version_counts_with_its_network(string one, string other, int rows)
    {
        tally.Add(Failure(one, Minute));
        tally.Add(Failure(other, Minute));

        Assert.That(tally.Take(Minute), Has.Count.EqualTo(rows));
    }

    [Test]
    public void However_long_nothing_can_be_written_no_more_rows_are_held()
    {
        var reasons = Enum.GetValues<FailedLoginReason>();
        long added = 0;
        for (var minute = 0; minute < 20; minute++)
        {
            var taken = tally.Take(Minute.AddMinutes(minute));
            for (var at = 0; at < FailedLoginTally.MaximumNetworks; at++, added++)
                tally.Add(Failure($"{at}", Minute.AddMinutes(minute)) with { Reason = reasons[minute % reasons.Length] });
            tally.GiveBack(taken);
        }

        var held = tally.Take(Minute.AddMinutes(20));
        Assert.That(held, Has.Count.LessThanOrEqualTo(FailedLoginTally.MaximumRows + 20));
        Assert.That(held.Sum(row => row.Count), Is.EqualTo(added));
    }

    [Test]
    public void What_could_not_be_written_is_counted_again()
    {
        tally.Add(Failure("a", Minute));
        var taken = tally.Take(Minute);
        tally.Add(Failure("a", Minute));
        tally.GiveBack(taken);

        Assert.That(tally.Take(Minute).Select(row => (row.Id, row.Count)), Is.EqualTo(new[] { (taken[0].Id, 2L) }));

        tally.Add(Failure("b", Minute));
        var later = tally.Take(Minute.AddMinutes(1));
        tally.GiveBack(later);
        Assert.That(tally.Take(Minute.AddMinutes(2)), Is.EqualTo(later));
    }

    [Test]
    public async Task Nothing_is_lost_between_those_who_count_and_the_one_who_takes()
    {
        const int each = 20_000;
        var counting = Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            for (var at = 0; at < each; at++) tally.Add(Failure("a", Minute.AddSeconds(at % 120)));
        })).ToList();
        long sum = 0;
        while (counting.Any(it => !it.IsCompleted)) sum += tally.Take(Minute).Sum(row => row.Count);
        await Task.WhenAll(counting);

        Assert.That(sum + tally.Take(Minute).Sum(row => row.Count), Is.EqualTo(4 * each));
    }

    private static FailedLogin Failure(string address, DateTimeOffset at) =>
        FailedLogin.OfCredential(FailedLoginReason.InvalidApiKey, null, null, address, at);
}
