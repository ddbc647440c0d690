using Bhiv.Application.Throttling;
using Bhiv.Domain;
using Bhiv.Domain.Accounts;
using Bhiv.Domain.ApiKeys;
using Bhiv.Domain.SigningKeys;
using Bhiv.Domain.Throttling;
using Bhiv.Domain.Tokens;
using Microsoft.Extensions.Time.Testing;
using Moq;

namespace Bhiv.Tests.Throttling;

/// <summary>Attempts at once: as many looks at a password as one by one, and no one is turned away who is right.</summary>
public sealed class ParallelAttemptsTests
{
    private static readonly TimeSpan Verification = TimeSpan.FromMilliseconds(20);

    private int looks;
    private int atOnce;
    private int mostAtOnce;

    [TestCase(0, 5)]
    [TestCase(3, 2)]
    [TestCase(4, 1)]
    public async Task Five_hundred_guesses_at_once_are_looked_at_as_often_as_one_by_one(int before, int allowed)
    {
        var throttle = Make();
        for (var failure = 0; failure < before; failure++) await TryAsync(throttle, "alice", "192.0.2.1", isRight: false);
        looks = 0;

        var waits = await Task.WhenAll(Enumerable.Range(0, 500).Select(_ => TryAsync(throttle, "alice", "192.0.2.1", isRight: false)));

        Assert.That(looks, Is.EqualTo(allowed));
        Assert.That(waits.Count(wait => wait is not null), Is.EqualTo(500 - allowed));
        Assert.That(waits.OfType<TimeSpan>(), Has.All.InRange(TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(1)));
    }

    [Test]
    public async Task Guesses_from_everywhere_at_once_get_no_more_looks_than_the_name_allows()
    {
        var throttle = Make();

        await Task.WhenAll(Enumerable.Range(0, 400).Select(number => TryAsync(throttle, "alice", $"203.0.{number}.1", isRight: false)));

        Assert.That(looks, Is.EqualTo(ThrottleOptions.FreeFailuresOfName));
    }

    [Test]
    public async Task Guesses_at_all_names_at_once_get_no_more_looks_than_the_address_allows()
    {
        var throttle = Make();

        await Task.WhenAll(Enumerable.Range(0, 400).Select(number => TryAsync(throttle, $"name {number}", "192.0.2.1", isRight: false)));

        Assert.That(looks, Is.EqualTo(20));
    }

    [TestCase(5)]
    [TestCase(20)]
    public async Task A_hundred_logins_at_once_all_pass_and_five_are_looked_at_together(int freeFailures)
    {
        var throttle = Make(freeFailures: freeFailures);

        var waits = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => TryAsync(throttle, "alice", "192.0.2.1", isRight: true)));

        Assert.That(waits, Is.All.Null);
        Assert.That((looks, mostAtOnce), Is.EqualTo((100, ThrottleOptions.ConcurrentAttempts)));
    }

    [Test]
    public async Task The_whole_office_logs_in_at_once()
    {
        var throttle = Make();

        var waits = await Task.WhenAll(Enumerable.Range(0, 200).Select(number => TryAsync(throttle, $"name {number}", "192.0.2.1", isRight: true)));

        Assert.That(waits, Is.All.Null);
    }

    [Test]
    public async Task As_many_wait_as_there_are_places_in_the_queue()
    {
        var throttle = Make();
        var attempts = await FillAsync(throttle);

        var waiting = Enumerable.Range(0, ThrottleOptions.WaitingAttempts).Select(_ => EnterAsync(throttle)).ToList();
        var tooMany = await EnterAsync(throttle);
        Assert.That(tooMany, Is.EqualTo(new Admission.TurnedAway(TimeSpan.FromSeconds(1))));
        Assert.That(waiting.Count(it => it.IsCompleted), Is.Zero);

        foreach (var attempt in attempts) await attempt.FailAsync();
        foreach (var attempt in attempts) attempt.Dispose();
        Assert.That(await Task.WhenAll(waiting), Is.All.TypeOf<Admission.TurnedAway>());
    }

    [Test]
    public async Task Who_waits_no_longer_has_left_his_place_in_the_queue()
    {
        var clock = new FakeTimeProvider();
        var throttle = Make(clock);
        await FillAsync(throttle);
        var tooLate = Enumerable.Range(0, ThrottleOptions.WaitingAttempts).Select(_ => EnterAsync(throttle)).ToList();
        clock.Advance(ThrottleOptions.Patience);
        Assert.That(await Task.WhenAll(tooLate), Is.All.TypeOf<Admission.TurnedAway>());

        var waiting = Enumerable.Range(0, ThrottleOptions.WaitingAttempts).Select(_ => EnterAsync(throttle)).ToList();

        Assert.That(waiting.Count(it => it.IsCompleted), Is.Zero);
    }

    [Test]
    public async Task Who_waits_is_turned_away_two_seconds_after_the_last_success()
    {
        var almost = ThrottleOptions.Patience - TimeSpan.FromMilliseconds(1);
        var clock = new FakeTimeProvider();
        var throttle = Make(clock);
        var attempts = await FillAsync(throttle);
        var first = EnterAsync(throttle);
        var second = EnterAsync(throttle);

        clock.Advance(almost);
        await attempts[0].SucceedAsync();
        attempts[0].Dispose();
        Assert.That(await first, Is.TypeOf<Admission.Admitted>());
        clock.Advance(almost);
        await Task.Delay(50);
        Assert.That(second.IsCompleted, Is.False, "almost four seconds, and two since the success");
        clock.Advance(TimeSpan.FromMilliseconds(1));

        Assert.That(await second, Is.TypeOf<Admission.TurnedAway>());
    }

    [Test]
    public async Task Who_gives_up_leaves_his_place_to_the_next()
    {
        var throttle = Make();
        var attempts = await FillAsync(throttle);
        using var impatient = new CancellationTokenSource();
        var gaveUp = throttle.EnterAsync(AccountName.Of("alice"), null, CallerAt("192.0.2.1"), impatient.Token);
        var waiting = EnterAsync(throttle);

        await impatient.CancelAsync();
        attempts[0].Dispose();

        Assert.That(() => gaveUp, Throws.InstanceOf<OperationCanceledException>());
        Assert.That(await waiting, Is.TypeOf<Admission.Admitted>());
    }

    [Test]
    public async Task Nothing_is_kept_of_attempts_that_are_over_however_they_ended()
    {
        var clock = new FakeTimeProvider();
        var throttle = Make(clock);
        var attempts = await FillAsync(throttle);
        Assert.That(throttle.Queue.Count, Is.EqualTo(3));
        using var impatient = new CancellationTokenSource();
        var cancelled = throttle.EnterAsync(AccountName.Of("alice"), null, CallerAt("192.0.2.1"), impatient.Token);
        await impatient.CancelAsync();
        Assert.That(() => cancelled, Throws.InstanceOf<OperationCanceledException>());
        var late = EnterAsync(throttle);
        clock.Advance(ThrottleOptions.Patience);
        Assert.That(await late, Is.TypeOf<Admission.TurnedAway>(), "waited too long");

        await attempts[0].SucceedAsync();
        for (var attempt = 1; attempt < 3; attempt++) await attempts[attempt].FailAsync();
        foreach (var attempt in attempts) attempt.Dispose();
        for (var failure = 0; failure < 3; failure++) await TryAsync(throttle, "alice", "192.0.2.1", isRight: false);
        Assert.That(await EnterAsync(throttle), Is.TypeOf<Admission.TurnedAway>(), "at once");

        Assert.That(throttle.Queue.Count, Is.Zero);
    }

    /// <summary>It was read before another failed, and comes after.</summary>
    [Test]
    public async Task What_was_read_late_undoes_nothing_that_is_known_by_then()
    {
        var queue = new LoginQueue(TimeProvider.System);
        var subjects = LoginSubjects.Of(AccountName.Of("alice"), "192.0.2.1", new SigningKey("secret"), new ThrottleOptions());
        var (early, late) = (queue.Arrive(subjects, null), queue.Arrive(subjects, null));
        var now = TimeProvider.System.GetUtcNow();
        var read = new Throttle { Key = subjects.Pair.Key }.Fail(null, now);
        queue.Learn([Enumerable.Range(0, 5).Aggregate(read, (throttle, _) => throttle.Fail(null, now))]);

        queue.Learn([read]);

        Assert.That(await queue.EnterAsync(late, default), Is.Not.Null);
        queue.Leave(early);
    }

    [Test]
    public void Nothing_is_kept_of_an_attempt_whose_throttle_cannot_be_read()
    {
        var store = new Mock<IThrottleStore>();
        store.Setup(it => it.ReadAsync(It.IsAny<IReadOnlyList<ThrottleSubject>>(), It.IsAny<CancellationToken>()))
            .ThrowsAsync(new StoreUnavailableException("It does not answer."));
        var throttle = Make(store.Object);

        Assert.That(() => EnterAsync(throttle), Throws.TypeOf<StoreUnavailableException>());

        Assert.That(throttle.Queue.Count, Is.Zero);
    }

    private async Task<TimeSpan?> TryAsync(LoginThrottle throttle, string name, string address, bool isRight)
    {
        switch (await throttle.EnterAsync(AccountName.Of(name), null, CallerAt(address), default))
        {
            case Admission.Admitted(var attempt):
                using (attempt)
                {
                    Interlocked.Increment(ref looks);
                    mostAtOnce = Math.Max(mostAtOnce, Interlocked.Increment(ref atOnce));
                    await Task.Delay(Verification);
                    Interlocked.Decrement(ref atOnce);
                    if (isRight) await attempt.SucceedAsync();
                    else await attempt.FailAsync();
                }
                return null;
            case Admission.TurnedAway(var wait):
                return wait;
            default:
                throw new InvalidOperationException();
        }
    }

    private LoginThrottle Make(TimeProvider? time = null, int freeFailures = 5)
    {
        looks = atOnce = mostAtOnce = 0;
        return Make(new ThrottlesInMemory(), time, freeFailures);
    }

    private static LoginThrottle Make(IThrottleStore store, TimeProvider? time = null, int freeFailures = 5) => new(
        store, new SigningKeyRing(new SigningKeySet(new SigningKey("secret"))), new ThrottleOptions { FreeFailures = freeFailures }, time ?? TimeProvider.System);

    private static async Task<List<LoginAttempt>> FillAsync(LoginThrottle throttle)
    {
        var attempts = new List<LoginAttempt>();
        for (var number = 0; number < ThrottleOptions.ConcurrentAttempts; number++) attempts.Add(((Admission.Admitted)await EnterAsync(throttle)).Attempt);
        return attempts;
    }

    private static Task<Admission> EnterAsync(LoginThrottle throttle) => throttle.EnterAsync(AccountName.Of("alice"), null, CallerAt("192.0.2.1"), default);

    private static Caller CallerAt(string address) => new(ClientId.Default, address);
}
