using Bhiv.Domain.Tokens;
using Bhiv.Infrastructure.Database;
using Bhiv.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Bhiv.Tests.Tokens;

public sealed class PurgePlanTests
{
    [Test]
    public async Task A_purge_finds_dead_sessions_by_the_index_of_their_expiry_and_scans_nothing()
    {
        var plans = new QueryPlans("DELETE FROM \"refresh_tokens\"");
        await using var service = await BhivService.StartAsync(replace: services =>
            services.ConfigureDbContext<SqliteBhivDbContext>(options => options.AddInterceptors(plans)));

        await service.Services.GetRequiredService<ISessionStore>().PurgeAsync(service.Clock.GetUtcNow(), 10, default);

        var plan = string.Join('\n', plans.Last);
        Assert.That(plan, Does.Contain("INDEX ix_refresh_tokens_expires_at (expires_at<?)"));
        Assert.That(plan, Does.Contain("(session_id=?)"));
        Assert.That(plan, Does.Not.Contain("SCAN").And.Not.Contain("TEMP B-TREE"), "neither searched nor sorted row by row");
    }
}
