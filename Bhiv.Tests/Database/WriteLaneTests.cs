using Bhiv.Infrastructure.Database;

namespace Bhiv.Tests.Database;

public sealed class WriteLaneTests
{
    [Test]
    public async Task One_write_runs_at_a_time()
    {
        using var lane = new WriteLane();
        var running = 0;
        var most = 0;

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => lane.RunAsync(
            async () =>
            {
                most = Math.Max(most, Interlocked.Increment(ref running));
                await Task.Delay(1);
                return Interlocked.Decrement(ref running);
            },
            default)));

        Assert.That(most, Is.EqualTo(1));
    }

    [Test]
    public async Task Who_waits_can_give_up_and_what_runs_cannot_be_given_up()
    {
        using var lane = new WriteLane();
        using var gone = new CancellationTokenSource();
        var released = new TaskCompletionSource();
        var running = lane.RunAsync(
            async () =>
            {
                await released.Task;
                return "written";
            },
            gone.Token);
        var waiting = lane.RunAsync(() => Task.FromResult("never"), gone.Token);

        await gone.CancelAsync();

        Assert.That(async () => await waiting, Throws.InstanceOf<OperationCanceledException>());
        released.SetResult();
        Assert.That(await running, Is.EqualTo("written"));
    }

    [Test]
    public async Task A_write_that_fails_frees_the_lane()
    {
        using var lane = new WriteLane();

        Assert.That(async () => await lane.RunAsync<int>(() => throw new IOException(), default), Throws.InstanceOf<IOException>());
        Assert.That(await lane.RunAsync(() => Task.FromResult(1), default), Is.EqualTo(1));
    }
}
