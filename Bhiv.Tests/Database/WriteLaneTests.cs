using Bhiv.Domain;
using Bhiv.Domain.Monitoring;
using Bhiv.Infrastructure.Database;

namespace Bhiv.Tests.Database;

public sealed class WriteLaneTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Test]
    public async Task One_write_runs_at_a_time()
    {
        using var lane = new WriteLane(new BhivMetrics());
        var running = 0;
        var most = 0;

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => lane.RunAsync(
            async () =>
            {
                most = Math.Max(most, Interlocked.Increment(ref running));
                await Task.Delay(1);
                return Interlocked.Decrement(ref running);
            },
            Patience,
            default)));

        Assert.That(most, Is.EqualTo(1));
    }

    [Test]
    public async Task Who_waits_can_give_up_and_what_runs_cannot_be_given_up()
    {
        using var lane = new WriteLane(new BhivMetrics());
        using var gone = new CancellationTokenSource();
        var released = new TaskCompletionSource();
        var running = lane.RunAsync(
            async () =>
            {
                await released.Task;
                return "written";
            },
            Patience,
            gone.Token);
        var waiting = lane.RunAsync(() => Task.FromResult("never"), Patience, gone.Token);

        await gone.CancelAsync();

        Assert.That(async () => await waiting, Throws.InstanceOf<OperationCanceledException>());
        released.SetResult();
        Assert.That(await running, Is.EqualTo("written"));
    }

    [Test]
    public async Task A_write_that_fails_frees_the_lane()
    {
        using var lane = new WriteLane(new BhivMetrics());

        Assert.That(async () => await lane.RunAsync<int>(() => throw new IOException(), Patience, default), Throws.InstanceOf<IOException>());
        Assert.That(await lane.RunAsync(() => Task.FromResult(1), Patience, default), Is.EqualTo(1));
    }

    [Test]
    public async Task Behind_a_writer_that_is_stuck_nobody_waits_for_ever()
    {
        using var lane = new WriteLane(new BhivMetrics());
        var stuck = new TaskCompletionSource<int>();
        var running = lane.RunAsync(() => stuck.Task, Patience, default);

        Assert.That(
            async () => await lane.RunAsync(() => Task.FromResult(2), TimeSpan.FromMilliseconds(1), default),
            Throws.TypeOf<StoreUnavailableException>());
        stuck.SetResult(1);
        Assert.That(await running, Is.EqualTo(1));
    }
}
