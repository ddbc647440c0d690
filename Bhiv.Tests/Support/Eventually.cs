using Bhiv.Infrastructure.Database;
using Bhiv.Infrastructure.Tokens;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Bhiv.Tests.Support;

/// <summary>What the service does in the background, waited for.</summary>
internal static class Eventually
{
    public static async Task IsTrueAsync(Func<bool> condition, TimeSpan? patience = null)
    {
        using var over = new CancellationTokenSource(patience ?? TimeSpan.FromSeconds(30));
        while (!condition()) await Task.Delay(TimeSpan.FromMilliseconds(5), over.Token);
    }

    public static async Task IsTrueAsync(Func<Task<bool>> condition, TimeSpan? patience = null)
    {
        using var over = new CancellationTokenSource(patience ?? TimeSpan.FromSeconds(30));
        while (!await condition()) await Task.Delay(TimeSpan.FromMilliseconds(5), over.Token);
    }

    public static SessionPurge Purge(this BhivService service) => service.Purge<SessionPurge>();

    /// <summary>The purge, once it has come to the end of a run that judged by the present time of the service's clock.</summary>
    public static Task<SessionPurge> PurgedAsync(this BhivService service, TimeSpan? patience = null) =>
        service.PurgedAsync<SessionPurge>(patience);

    public static async Task<TPurge> PurgedAsync<TPurge>(this BhivService service, TimeSpan? patience = null)
        where TPurge : Purge
    {
        var purge = service.Purge<TPurge>();
        await IsTrueAsync(() => purge.LastRun == service.Clock.GetUtcNow(), patience);
        return purge;
    }

    private static TPurge Purge<TPurge>(this BhivService service)
        where TPurge : Purge => service.Services.GetServices<IHostedService>().OfType<TPurge>().Single();
}
