using Bhiv.Domain;
using Bhiv.Infrastructure.Accounts;

namespace Bhiv.Tests.Accounts;

public sealed class HashingThreadsTests
{
    [Test]
    public async Task As_many_work_at_once_as_there_are_threads_and_none_is_of_the_pool()
    {
        using var threads = new HashingThreads(2);
        var (working, most, pooled) = (0, 0, 0);

        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => threads.RunAsync(
            () =>
            {
                InterlockedMaximum(ref most, Interlocked.Increment(ref working));
                if (Thread.CurrentThread.IsThreadPoolThread) Interlocked.Increment(ref pooled);
                Thread.Sleep(20);
                return Interlocked.Decrement(ref working);
            },
            isUrgent: false,
            default)));

        Assert.That((most, pooled), Is.EqualTo((2, 0)));
    }

    [Test]
    public async Task Who_waits_a_second_is_told_to_come_back_and_his_work_is_never_done()
    {
        using var threads = new HashingThreads(1);
        using var blocked = new ManualResetEventSlim();
        using var begun = new ManualResetEventSlim();
        var ran = false;
        var first = threads.RunAsync(Block, isUrgent: false, default);
        begun.Wait(TimeSpan.FromSeconds(30));

        var urgent = threads.RunAsync(() => 7, isUrgent: true, default);
        Assert.That(() => threads.RunAsync(() => ran = true, isUrgent: false, default), Throws.TypeOf<OverloadedException>());
        Assert.That(urgent.IsCompleted, Is.False, "what is urgent waits on");

        blocked.Set();
        await first;
        Assert.That(await urgent, Is.EqualTo(7));
        Assert.That(await threads.RunAsync(() => 3, isUrgent: false, default), Is.EqualTo(3));
        Assert.That(ran, Is.False);

        bool Block()
        {
            begun.Set();
            return blocked.Wait(TimeSpan.FromSeconds(30));
        }
    }

    [Test]
    public async Task What_is_urgent_goes_first()
    {
        using var threads = new HashingThreads(1);
        using var blocked = new ManualResetEventSlim();
        using var begun = new ManualResetEventSlim();
        var order = new List<string>();
        var first = threads.RunAsync(Block, isUrgent: false, default);
        begun.Wait(TimeSpan.FromSeconds(30));
        var strangers = Enumerable.Range(0, 5).Select(_ => threads.RunAsync(() => Note("stranger"), isUrgent: false, default)).ToList();
        var owner = threads.RunAsync(() => Note("owner"), isUrgent: true, default);

        blocked.Set();
        await Task.WhenAll([first, owner, .. strangers]);

        Assert.That(order[0], Is.EqualTo("owner"));
        Assert.That(order, Has.Count.EqualTo(6));

        bool Note(string who)
        {
            order.Add(who);
            return true;
        }

        bool Block()
        {
            begun.Set();
            return blocked.Wait(TimeSpan.FromSeconds(30));
        }
    }

    [Test]
    public async Task However_much_is_urgent_others_have_their_turn()
    {
        using var threads = new HashingThreads(1);
        using var blocked = new ManualResetEventSlim();
        var order = new List<string>();
        var first = threads.RunAsync(() => blocked.Wait(TimeSpan.FromSeconds(30)), isUrgent: true, default);
        await Task.Delay(50);
        var owners = Enumerable.Range(0, 20).Select(_ => threads.RunAsync(() => Note("owner"), isUrgent: true, default)).ToList();
        var stranger = threads.RunAsync(() => Note("stranger"), isUrgent: false, default);

        blocked.Set();
        await Task.WhenAll([first, stranger, .. owners]);

        Assert.That(order.IndexOf("stranger"), Is.InRange(1, 3));

        bool Note(string who)
        {
            order.Add(who);
            return true;
        }
    }

    [Test]
    public async Task Who_gives_up_while_he_waits_takes_nobodys_turn()
    {
        using var threads = new HashingThreads(1);
        using var blocked = new ManualResetEventSlim();
        using var begun = new ManualResetEventSlim();
        using var impatient = new CancellationTokenSource();
        var order = new List<string>();
        var first = threads.RunAsync(Block, isUrgent: false, default);
        begun.Wait(TimeSpan.FromSeconds(30));
        var gaveUp = Enumerable.Range(0, 10).Select(_ => threads.RunAsync(() => Note("who gave up"), isUrgent: false, impatient.Token)).ToList();
        var owners = Enumerable.Range(0, 20).Select(_ => threads.RunAsync(() => Note("owner"), isUrgent: true, default)).ToList();
        var stranger = threads.RunAsync(() => Note("stranger"), isUrgent: false, default);

        await impatient.CancelAsync();
        foreach (var one in gaveUp) Assert.That(() => one, Throws.InstanceOf<OperationCanceledException>());
        blocked.Set();
        await Task.WhenAll([first, stranger, .. owners]);

        Assert.That(order, Has.Count.EqualTo(21).And.None.EqualTo("who gave up"));
        Assert.That(order.IndexOf("stranger"), Is.InRange(0, 3));

        bool Note(string who)
        {
            order.Add(who);
            return true;
        }

        bool Block()
        {
            begun.Set();
            return blocked.Wait(TimeSpan.FromSeconds(30));
        }
    }

    [Test]
    public void A_fault_in_the_work_is_its_callers()
    {
        using var threads = new HashingThreads(1);

        Assert.That(
            () => threads.RunAsync<int>(() => throw new InvalidOperationException("a fault"), isUrgent: false, default),
            Throws.InvalidOperationException.With.Message.EqualTo("a fault"));
        Assert.That(threads.RunAsync(() => 1, isUrgent: false, default).GetAwaiter().GetResult(), Is.EqualTo(1));
    }

    private static void InterlockedMaximum(ref int most, int value)
    {
        for (var seen = Volatile.Read(ref most); value > seen; seen = Volatile.Read(ref most)) Interlocked.CompareExchange(ref most, value, seen);
    }
}
