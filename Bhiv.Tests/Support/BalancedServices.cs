using System.Collections.Concurrent;
using System.Net;

namespace Bhiv.Tests.Support;

/// <summary>
/// Processes on one database, and what balances between them: it looks at <c>/health/ready</c> of each, and a process that is not ready
/// gets no calls.
/// </summary>
internal sealed class BalancedServices : IAsyncDisposable
{
    /// <summary>Many looks of a balancer that shares two cores with everything else here.</summary>
    public const string DrainDelay = "--Health:DrainDelay=00:00:03";

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    private readonly ConcurrentDictionary<Instance, bool> instances = new();
    private readonly ConcurrentBag<Instance> started = [];
    private readonly CancellationTokenSource over = new();
    private readonly Task looking;

    public BalancedServices() => looking = LookAsync();

    /// <summary>Of processes that get calls, or did until they were told to stop.</summary>
    public int Count => instances.Count;

    /// <summary>A ready process; in turn, so that a caller who counts up talks to each.</summary>
    public HttpClient Pick(int turn)
    {
        var all = instances.OrderBy(instance => instance.Key.Client.BaseAddress!.Port).ToList();
        // Where none is, all are tried: one that was too busy to say so in time may serve all the same.
        var ready = all.Any(instance => instance.Value) ? all.FindAll(instance => instance.Value) : all;
        return ready[turn % ready.Count].Key.Client;
    }

    /// <summary>Lets the process have its share as soon as it listens.</summary>
    public async Task<Instance> AddAsync(ServiceProcess process)
    {
        var instance = new Instance(process);
        started.Add(instance);
        instance.Client.BaseAddress = await process.AddressAsync();
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
        await looking;
        foreach (var instance in started) instance.Dispose();
        over.Dispose();
    }

    private async Task LookAsync()
    {
        while (!over.IsCancellationRequested)
        {
            foreach (var instance in instances.Keys)
            {
                var isReady = await instance.IsReadyAsync();
                // One that was taken out meanwhile stays out.
                instances.TryUpdate(instance, isReady, !isReady);
            }
            await Task.Delay(Look);
        }
    }

    internal sealed record Instance(ServiceProcess Process) : IDisposable
    {
        public HttpClient Client { get; } = new();

        public async Task<bool> IsReadyAsync()
        {
            try
            {
                return (await Client.SendAsync(HttpMethod.Get, "/health/ready", apiKey: null)).Status == HttpStatusCode.OK;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        }

        public void Dispose()
        {
            Client.Dispose();
            Process.Dispose();
        }
    }
}
