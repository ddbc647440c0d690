using Bhiv.Domain.Accounts;
using Bhiv.Domain.ApiKeys;
using Bhiv.Domain.Tokens;

namespace Bhiv.Tests.Tokens;

public sealed class RevocationSetTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly AccountId Account = AccountId.New(Start);

    private readonly RevocationSet set = new();

    [Test]
    public void A_revocation_is_kept_from_its_arrival()
    {
        var (early, late) = (SessionId.New(Start), SessionId.New(Start));
        set.Add(new Revocation(1, Account, early, null), arrived: 100);
        set.Add(new Revocation(2, Account, late, null), arrived: 101);

        set.Prune(100);
        Assert.That((Holds(early), Holds(late), set.Count), Is.EqualTo((true, true, 2)));
        set.Prune(101);
        Assert.That((Holds(early), Holds(late), set.Count), Is.EqualTo((false, true, 1)));
        set.Prune(102);
        Assert.That(set.Count, Is.Zero);
    }

    [TestCase(-1, true)]
    [TestCase(0, true)]
    [TestCase(1, false)]
    public void A_cutoff_takes_what_was_created_up_to_its_millisecond(int milliseconds, bool revoked)
    {
        set.Add(Cutoff(1, Start, kept: null), arrived: 1);

        Assert.That(Holds(SessionId.New(Start.AddMilliseconds(milliseconds))), Is.EqualTo(revoked));
    }

    [Test]
    public void The_later_cutoff_counts_whichever_came_first_and_is_kept_as_long_as_a_new_one()
    {
        var (kept, other) = (SessionId.New(Start), SessionId.New(Start));
        set.Add(Cutoff(2, Start, kept), arrived: 1);
        set.Add(Cutoff(1, Start, other), arrived: 2);
        Assert.That((Holds(kept), Holds(other)), Is.EqualTo((false, true)));

        set.Add(Cutoff(3, Start, other), arrived: 9);
        Assert.That((Holds(kept), Holds(other)), Is.EqualTo((true, false)));
        set.Prune(9);
        Assert.That((Holds(kept), set.Count), Is.EqualTo((true, 1)));
        set.Prune(10);
        Assert.That(set.Count, Is.Zero);
    }

    [Test]
    public void Another_account_is_not_touched()
    {
        set.Add(Cutoff(1, Start, kept: null), arrived: 1);

        Assert.That(Holds(SessionId.New(Start), AccountId.New(Start)), Is.False);
    }

    [Test]
    public void What_arrives_twice_is_in_once()
    {
        var revocation = new Revocation(2, Account, SessionId.New(Start), null);
        foreach (var arrived in new long[] { 1, 2 })
        {
            set.Add(revocation, arrived);
            set.Add(Cutoff(1, Start, null), arrived);
        }

        Assert.That(set.Count, Is.EqualTo(2));
        set.Prune(2);
        Assert.That(set.Count, Is.Zero);
    }

    [TestCase(-1, true)]
    [TestCase(0, true)]
    [TestCase(1, false)]
    public void A_cutoff_for_everybody_takes_what_any_account_had_up_to_its_millisecond(int milliseconds, bool revoked)
    {
        set.Add(new Revocation(1, null, null, Start), arrived: 1);

        Assert.That(Holds(SessionId.New(Start.AddMilliseconds(milliseconds)), AccountId.New(Start)), Is.EqualTo(revoked));
    }

    [Test]
    public void The_later_cutoff_for_everybody_counts_and_is_kept_from_its_own_arrival()
    {
        var between = SessionId.New(Start.AddSeconds(1));
        set.Add(new Revocation(1, null, null, Start), arrived: 1);
        set.Add(new Revocation(3, null, null, Start.AddSeconds(2)), arrived: 5);
        set.Add(new Revocation(2, null, null, Start), arrived: 6);

        set.Prune(5);
        Assert.That((Holds(between), set.Count), Is.EqualTo((true, 1)));
        set.Prune(6);
        Assert.That((Holds(between), set.Count), Is.EqualTo((false, 0)));
    }

    private static Revocation Cutoff(long sequence, DateTimeOffset at, SessionId? kept) => new(sequence, Account, kept, at);

    private bool Holds(SessionId session, AccountId? account = null) => set.Contains(new AccessTokenClaims(
        account ?? Account, "alice", session, ClientId.Default, [], "id", Start, Start.AddMinutes(15)));
}
