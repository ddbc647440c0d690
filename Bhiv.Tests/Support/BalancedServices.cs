using System.Collections.Concurrent;
using System.Diagnostics;

namespace Bhiv.Tests.Support;

/// <summary>
/// Processes on one database, and what balances between them: it looks at <c>/health/ready</c> of each, and a process that was not ready
/// at the last look gets no calls.
/// </summary>
internal sealed class BalancedServices : IAsyncDisposable
{
    /// <summary>Many looks of a balancer that shares two cores with everything else here.</summary>
    public const string DrainDelay = "--Health:DrainDelay=00:00:03";

    private readonly ConcurrentDictionary<Instance, bool> instances = new();
    private readonly ConcurrentBag<Instance> started = [];
    private readonly ConcurrentBag<Task> looking = [];
    private readonly CancellationTokenSource over = new();

    /// <summary>Of processes that get calls, or did until they were told to stop.</summary>
    public int Count => instances.Count;

    /// <summary>A ready process, as soon as there is one; in turn, so that a caller who counts up talks to each.</summary>
    public async Task<HttpClient> PickAsync(int turn)
    {
        while (true)
        {
            var ready = instances.Keys.Where(instance => instance.IsReady).OrderBy(instance => instance.Client.BaseAddress!.Port).ToList();
            if (ready.Count > 0) return ready[turn % ready.Count].Client;
            await Task.Delay(TimeSpan.FromMilliseconds(10), over.Token);
        }
    }

    /// <summary>Lets the process have its share as soon as it is ready.</summary>
    public async Task<Instance> AddAsync(ServiceProcess process)
    {
        var instance = new Instance(process);
        started.Add(instance);
        instance.Client.BaseAddress = await process.AddressAsync();
        looking.Add(instance.LookAsync(over.Token));
        instances[instance] = true;
        return instance;
    }

    /// <summary>As an operator does: SIGTERM, and it ends by itself while the others serve on.</summary>
    public async Task StopAsync(Instance leaving)
    {
        leaving.Process.Terminate();
        Assert.That(await leaving.Process.ExitCodeAsync(), Is.Zero, leaving.Process.Output);
        instances.TryRemove(leaving, out _);
    }

    public async ValueTask DisposeAsync()
    {
        await over.CancelAsync();
        await Task.WhenAll(looking);
        foreach (var instance in started) instance.Dispose();
        over.Dispose();
    }

    internal sealed class Instance(ServiceProcess process) : IDisposable
    {
        private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

        /// <summary>Shorter than the drain, by as long as a call may take to set out.</summary>
        private static readonly TimeSpan Believed = TimeSpan.FromSeconds(2);

        private long readyAt;

        public ServiceProcess Process => process;

        public HttpClient Client { get; } = new();

        public bool IsReady => Volatile.Read(ref readyAt) is > 0 and var at && Stopwatch.GetElapsedTime(at) < Believed;

        public async Task LookAsync(CancellationToken cancellationToken)
        {
            while (!cancellationToken.IsCancellationRequested)
            {
                var began = Stopwatch.GetTimestamp();
                Volatile.Write(ref readyAt, await AnswersReadyAsync() ? began : 0);
                await Task.Delay(Look, CancellationToken.None);
            }
        }

        public void Dispose()
        {
            Client.Dispose();
            process.Dispose();
        }

        private async Task<bool> AnswersReadyAsync()
        {
            try
            {
                using var patience = new CancellationTokenSource(Believed);
                using var answer = await Client.GetAsync("/health/ready", patience.Token);
                return answer.IsSuccessStatusCode;
            }
            catch (Exception fault) when (fault is HttpRequestException or OperationCanceledException)
            {
                return false;
            }
        }
    }
}
