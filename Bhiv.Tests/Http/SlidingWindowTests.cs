using System.Threading.RateLimiting;
using Bhiv.Api.Http;
using Microsoft.Extensions.Time.Testing;

namespace Bhiv.Tests.Http;

public sealed class SlidingWindowTests
{
    private FakeTimeProvider clock = null!;
    private SlidingWindow limiter = null!;

    [SetUp]
    public void Begin()
    {
        clock = new FakeTimeProvider();
        limiter = new SlidingWindow(6, clock);
    }

    [TearDown]
    public void End() => limiter.Dispose();

    [Test]
    public void It_gives_as_many_as_it_may_and_counts_the_rest()
    {
        for (var permit = 0; permit < 6; permit++) Assert.That(Wait(), Is.Null, $"{permit}");

        Assert.That(Wait(), Is.Not.Null);
        Assert.That(limiter.GetStatistics(), Has.Property("CurrentAvailablePermits").Zero
            .And.Property("TotalSuccessfulLeases").EqualTo(6).And.Property("TotalFailedLeases").EqualTo(1));
    }

    [TestCase(0, 60)]
    [TestCase(9.999, 50.001)]
    [TestCase(10, 60)]
    [TestCase(12.5, 57.5)]
    public void All_at_once_come_back_with_their_part_of_the_minute(double at, double wait)
    {
        Advance(at);
        for (var permit = 0; permit < 6; permit++) Wait();

        Assert.That(Wait(), Is.EqualTo(TimeSpan.FromSeconds(wait)));
        clock.Advance(TimeSpan.FromSeconds(wait) - TimeSpan.FromTicks(1));
        Assert.That(Wait(), Is.Not.Null, "a moment before");
        clock.Advance(TimeSpan.FromTicks(1));
        Assert.That(Wait(), Is.Null, "then");
    }

    [Test]
    public void Who_asks_evenly_waits_for_the_oldest_alone()
    {
        for (var permit = 0; permit < 6; permit++)
        {
            Assert.That(Wait(), Is.Null);
            Advance(permit == 5 ? 5 : 10);
        }

        Assert.That(Wait(), Is.EqualTo(TimeSpan.FromSeconds(5)));
        Advance(5);
        Assert.That(Wait(), Is.Null);
        Assert.That(Wait(), Is.EqualTo(TimeSpan.FromSeconds(10)));
    }

    [Test]
    public void Several_at_once_wait_until_there_are_as_many()
    {
        for (var part = 0; part < 3; part++)
        {
            limiter.AttemptAcquire(2);
            Advance(10);
        }

        Assert.That(Wait(3), Is.EqualTo(TimeSpan.FromSeconds(40)));
    }

    [TestCase(60)]
    [TestCase(61)]
    [TestCase(3600)]
    [TestCase(100 * 86400)]
    public void After_a_minute_all_are_there_however_long_nobody_asked(double seconds)
    {
        for (var permit = 0; permit < 6; permit++) Wait();
        Advance(seconds);

        for (var permit = 0; permit < 6; permit++) Assert.That(Wait(), Is.Null, $"{permit}");
        Assert.That(Wait(), Is.Not.Null);
    }

    [Test]
    public void It_is_idle_only_when_nothing_counts()
    {
        Wait();
        Advance(59.9);
        Assert.That(limiter.IdleDuration, Is.Null);
        Advance(0.1);
        Assert.That(limiter.IdleDuration, Is.EqualTo(TimeSpan.FromSeconds(60)));
    }

    /// <summary>A plain list of times against it: parts of ten seconds, so that what was taken is counted for fifty to sixty.</summary>
    [Test]
    public void Whatever_the_times_no_more_is_given_and_each_wait_is_kept()
    {
        var random = new Random(TestContext.CurrentContext.Random.Next());
        var given = new List<DateTimeOffset>();
        for (var request = 0; request < 20_000; request++)
        {
            Advance(random.Next(4) == 0 ? random.NextDouble() * 20 : random.NextDouble() * 2);
            if (Wait() is { } wait)
            {
                Assert.That(wait, Is.GreaterThan(TimeSpan.Zero).And.LessThanOrEqualTo(TimeSpan.FromSeconds(60)));
                clock.Advance(wait);
                Assert.That(Wait(), Is.Null, "after the wait");
            }
            given.Add(clock.GetUtcNow());
            Assert.That(given.Count(at => at > clock.GetUtcNow() - TimeSpan.FromSeconds(50)), Is.LessThanOrEqualTo(6));
            given.RemoveAll(at => at <= clock.GetUtcNow() - TimeSpan.FromMinutes(1));
        }
    }

    [Test]
    public void However_many_ask_at_once_no_more_is_given()
    {
        using var busy = new SlidingWindow(1_000, clock);
        var given = 0;

        Parallel.For(0, 10_000, _ =>
        {
            using var lease = busy.AttemptAcquire();
            if (lease.IsAcquired) Interlocked.Increment(ref given);
        });

        Assert.That(given, Is.EqualTo(1_000));
    }

    private void Advance(double seconds) => clock.Advance(TimeSpan.FromSeconds(seconds));

    /// <summary>Null when it was given.</summary>
    private TimeSpan? Wait(int permits = 1)
    {
        using var lease = limiter.AttemptAcquire(permits);
        if (lease.IsAcquired) return null;
        Assert.That(lease.TryGetMetadata(MetadataName.RetryAfter, out var wait));
        return wait;
    }
}
