using System.Runtime.InteropServices;
using Bhiv.Domain;

namespace Bhiv.Infrastructure.Accounts;

/// <summary>
/// Threads of their own for what occupies a processor for many milliseconds: on the pool's threads a few logins at once would make
/// every other call wait. What is asked for beyond them waits, and not for long.
/// </summary>
internal sealed class HashingThreads : IDisposable
{
    /// <summary>How long work waits for a thread; whoever is behind more than that is better told to come back.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>The same of what is urgent: little that a stranger sends is before it, and if it waits the machine is busy.</summary>
    public static readonly TimeSpan UrgentPatience = TimeSpan.FromSeconds(5);

    /// <summary>A tenth of the processor beside one that is busy with other calls, and all of it when it is not.</summary>
    private const int Niceness = 10;

    /// <summary>So many that are urgent, and then one that is not: who is new to a place is late, and not shut out.</summary>
    private const int UrgentInARow = 3;

    private readonly LinkedList<Work> urgent = new();
    private readonly LinkedList<Work> other = new();
    private readonly Lock gate = new();
    private readonly SemaphoreSlim available = new(0);
    private readonly CancellationTokenSource stopping = new();
    private int urgentInARow;

    public HashingThreads(int count)
    {
        for (var number = 0; number < count; number++)
        {
            new Thread(Serve) { Name = "Password hashing", IsBackground = true }.Start();
        }
    }

    /// <param name="isUrgent">Goes before what is not, three times of four.</param>
    /// <param name="cancellationToken">Honoured while waiting, never within the work.</param>
    /// <exception cref="OverloadedException">The patience ran out, and nothing was done.</exception>
    public async Task<T> RunAsync<T>(Func<T> work, bool isUrgent, CancellationToken cancellationToken)
    {
        var result = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        var queued = new Work(() =>
        {
            try
            {
                result.SetResult(work());
            }
            catch (Exception fault)
            {
                result.SetException(fault);
            }
        });
        var place = new LinkedListNode<Work>(queued);
        lock (gate) (isUrgent ? urgent : other).AddLast(place);
        available.Release();
        try
        {
            await queued.Started.WaitAsync(isUrgent ? UrgentPatience : Patience, cancellationToken);
        }
        catch (Exception fault) when (fault is TimeoutException or OperationCanceledException)
        {
            if (TryGiveUp(place))
            {
                cancellationToken.ThrowIfCancellationRequested();
                throw new OverloadedException("More passwords are to be hashed than can be in time.");
            }
        }
        return await result.Task;
    }

    public void Dispose() => stopping.Cancel();

    /// <summary>
    /// Whatever else has something to do goes first: a call that takes half a millisecond does not stand behind a hash that takes twenty. Of
    /// <see cref="ThreadPriority"/> Linux knows nothing; there each thread has a nice value of its own (setpriority(2), notes).
    /// </summary>
    private static void GiveWay()
    {
        Thread.CurrentThread.Priority = ThreadPriority.BelowNormal;
        // Without effect where it is not allowed; then it is as it was.
        if (OperatingSystem.IsLinux()) _ = SetPriority(which: 0, who: 0, Niceness);
    }

    [DllImport("libc", EntryPoint = "setpriority")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetPriority(int which, uint who, int priority);

    private void Serve()
    {
        GiveWay();
        try
        {
            while (true)
            {
                available.Wait(stopping.Token);
                Next()?.Run();
            }
        }
        catch (OperationCanceledException)
        {
            // The service has stopped.
        }
    }

    /// <returns>Null where whoever asked has given up.</returns>
    private Work? Next()
    {
        lock (gate)
        {
            var isUrgent = urgent.Count > 0 && (urgentInARow < UrgentInARow || other.Count == 0);
            var queue = isUrgent ? urgent : other;
            if (queue.First is not { } next) return null;
            urgentInARow = isUrgent ? urgentInARow + 1 : 0;
            queue.Remove(next);
            return next.Value;
        }
    }

    /// <summary>Gone at once: who no longer waits takes no turn of those who do, and keeps no password here.</summary>
    private bool TryGiveUp(LinkedListNode<Work> place)
    {
        lock (gate)
        {
            if (place.List is not { } queue) return false;
            queue.Remove(place);
            return true;
        }
    }

    private sealed class Work(Action act)
    {
        private readonly TaskCompletionSource started = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Started => started.Task;

        public void Run()
        {
            started.SetResult();
            act();
        }
    }
}
