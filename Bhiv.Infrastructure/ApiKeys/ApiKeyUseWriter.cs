using Bhiv.Domain;
using Bhiv.Infrastructure.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Bhiv.Infrastructure.ApiKeys;

/// <summary>Writes when each key was last used, all of them at once, and the rest at the stop.</summary>
internal sealed class ApiKeyUseWriter(BhivDatabase database, ApiKeyIndex index, TimeProvider time, ILogger<ApiKeyUseWriter> logger)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private bool failing;

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await WriteAsync();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => time.EachAsync(Interval, _ => WriteAsync(), stoppingToken);

    private async Task WriteAsync()
    {
        var uses = index.TakeUses();
        if (uses.Count == 0) return;
        try
        {
            await database.WriteInTransactionAsync(
                async context =>
                {
                    foreach (var use in uses)
                    {
                        // Another process may have seen it later.
                        await context.ApiKeys.Where(key => key.Id == use.Id && (key.LastUsedAt == null || key.LastUsedAt < use.At))
                            .ExecuteUpdateAsync(key => key
                                .SetProperty(row => row.LastUsedAt, use.At)
                                .SetProperty(row => row.LastUsedAddress, use.Address)
                                .SetProperty(row => row.LastUsedUserAgent, use.UserAgent));
                    }
                    return true;
                },
                CancellationToken.None);
            failing = false;
        }
        catch (Exception fault)
        {
            // It is written with the next. Whatever it was, who gave up would write nothing any more.
            index.GiveBack(uses);
            if (!failing) logger.ApiKeyUsesUnwritten(fault);
            failing = true;
        }
    }
}
