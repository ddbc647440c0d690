using System.Collections.Concurrent;
using System.Net;
using Bhiv.Tests.Support;

namespace Bhiv.Tests.Health;

/// <summary>Two processes on one database, restarted one after the other as an operator does, under load.</summary>
public sealed class RestartTests
{
    private const int Callers = 8;

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    private readonly ConcurrentBag<Instance> started = [];

    [TearDown]
    public void Stop()
    {
        foreach (var instance in started) instance.Dispose();
    }

    [Test]
    public async Task No_call_is_cut_while_processes_are_restarted_under_load()
    {
        using var directory = new TemporaryDirectory();
        var (one, other) = (await InstanceAsync(directory.Path), await InstanceAsync(directory.Path));
        var instances = new ConcurrentDictionary<Instance, bool> { [one] = true, [other] = true };
        var (calls, over) = (0, false);
        var balancer = Task.Run(async () =>
        {
            while (!over)
            {
                foreach (var instance in instances.Keys) instances[instance] = await instance.IsReadyAsync();
                await Task.Delay(Look);
            }
        });
        var callers = Enumerable.Range(0, Callers).Select(at => Task.Run(async () =>
        {
            var login = await one.Client.LoginAsync();
            var (access, refresh) = (login.AccessToken, login.RefreshToken);
            for (var round = at; !over; round++)
            {
                var ready = instances.Where(instance => instance.Value).Select(instance => instance.Key.Client).ToList();
                var client = ready[round % ready.Count];
                Assert.That((await client.GenerateAsync(access)).Status, Is.EqualTo(HttpStatusCode.OK));
                var refreshed = await client.RefreshAsync(refresh);
                Assert.That(refreshed.Status, Is.EqualTo(HttpStatusCode.OK));
                (access, refresh) = (refreshed.AccessToken, refreshed.RefreshToken);
                Interlocked.Add(ref calls, 2);
            }
        })).ToList();

        for (var round = 0; round < Proofs.Size(1, 10); round++)
        {
            foreach (var leaving in new[] { one, other })
            {
                await Task.Delay(500);
                leaving.Process.Terminate();
                Assert.That(await leaving.Process.ExitCodeAsync(), Is.Zero, leaving.Process.Output);
                var coming = await InstanceAsync(directory.Path);
                instances.TryRemove(leaving, out _);
                instances[coming] = true;
                if (leaving == one) one = coming;
                else other = coming;
                await Task.Delay(500);
            }
        }
        over = true;
        await Task.WhenAll([balancer, .. callers]);
        await TestContext.Out.WriteLineAsync($"{calls} calls, none cut");
        Assert.That(calls, Is.GreaterThan(100));
    }

    private async Task<Instance> InstanceAsync(string data)
    {
        // Many looks of a balancer that shares two cores with everything else here.
        var process = ServiceProcess.StartDevelopment(data, "--Health:DrainDelay=00:00:03");
        var instance = new Instance(process, new HttpClient { BaseAddress = await process.AddressAsync() });
        started.Add(instance);
        return instance;
    }

    private sealed record Instance(ServiceProcess Process, HttpClient Client) : IDisposable
    {
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
