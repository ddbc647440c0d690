using Bhiv.Infrastructure.Tokens;
using Microsoft.Extensions.DependencyInjection;

namespace Bhiv.Tests.Support;

/// <summary>What the service does in the background, waited for.</summary>
internal static class Eventually
{
    public static async Task IsTrueAsync(Func<bool> condition, TimeSpan? patience = null)
    {
        using var over = new CancellationTokenSource(patience ?? TimeSpan.FromSeconds(30));
        while (!condition()) await Task.Delay(TimeSpan.FromMilliseconds(5), over.Token);
    }

    public static SessionPurge Purge(this BhivService service) => service.Services.GetRequiredService<SessionPurge>();

    /// <summary>The purge, once it has come to the end of a run that judged by the present time of the service's clock.</summary>
    public static async Task<SessionPurge> PurgedAsync(this BhivService service, TimeSpan? patience = null)
    {
        var purge = service.Purge();
        await IsTrueAsync(() => purge.LastRun == service.Clock.GetUtcNow(), patience);
        return purge;
    }
}
