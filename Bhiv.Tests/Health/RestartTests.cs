using System.Net;
using Bhiv.Tests.Support;

namespace Bhiv.Tests.Health;

/// <summary>Two processes on one database, restarted one after the other as an operator does, under load.</summary>
public sealed class RestartTests
{
    private const int Callers = 8;

    [Test]
    public async Task No_call_is_cut_while_processes_are_restarted_under_load()
    {
        using var directory = new TemporaryDirectory();
        await using var services = new BalancedServices();
        var (one, other) = (await StartAsync(), await StartAsync());
        var (calls, over) = (0, false);
        var callers = Enumerable.Range(0, Callers).Select(at => Task.Run(async () =>
        {
            var login = await (await services.PickAsync(at)).LoginAsync();
            var (access, refresh) = (login.AccessToken, login.RefreshToken);
            for (var round = at; !over; round++)
            {
                var client = await services.PickAsync(round);
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
                await services.StopAsync(leaving);
                var coming = await StartAsync();
                if (leaving == one) one = coming;
                else other = coming;
                await Task.Delay(500);
            }
        }
        over = true;
        await Task.WhenAll(callers);
        await TestContext.Out.WriteLineAsync($"{calls} calls, none cut");
        Assert.That(calls, Is.GreaterThan(100));

        Task<BalancedServices.Instance> StartAsync() =>
            services.AddAsync(ServiceProcess.StartDevelopment(directory.Path, BalancedServices.DrainDelay));
    }
}
