using System.Runtime.CompilerServices;
using Bhiv.Tests.Support;

namespace Bhiv.Tests.Configuration;

public sealed class StopTests
{
    [Test]
    public async Task A_service_that_has_ended_is_let_go_of()
    {
        var ended = new List<WeakReference>();
        for (var service = 0; service < 4; service++) ended.Add(await StartAndStopAsync());
        for (var collection = 0; collection < 3; collection++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        // The last may still be on somebody's stack.
        Assert.That(ended.Count(it => it.IsAlive), Is.LessThanOrEqualTo(1));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<WeakReference> StartAndStopAsync()
    {
        await using var service = await BhivService.StartAsync();
        await service.Client.LoginAsync();
        return new WeakReference(service.Services);
    }
}
