using System.Data.Common;
using Bhiv.Domain.Tokens;
using Bhiv.Infrastructure.Database;
using Bhiv.Tests.Support;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace Bhiv.Tests.Tokens;

public sealed class PurgePlanTests
{
    [Test]
    public async Task A_purge_finds_dead_sessions_by_the_index_of_their_expiry_and_scans_nothing()
    {
        var plans = new DeletePlans();
        await using var service = await BhivService.StartAsync(replace: services =>
            services.ConfigureDbContext<SqliteBhivDbContext>(options => options.AddInterceptors(plans)));

        await service.Services.GetRequiredService<ISessionStore>().PurgeAsync(service.Clock.GetUtcNow(), 10, default);

        var plan = string.Join('\n', plans.Last);
        Assert.That(plan, Does.Contain("INDEX ix_refresh_tokens_expires_at (expires_at<?)"));
        Assert.That(plan, Does.Contain("(session_id=?)"));
        Assert.That(plan, Does.Not.Contain("SCAN").And.Not.Contain("TEMP B-TREE"), "neither searched nor sorted row by row");
    }

    /// <summary>Asks SQLite how it will do what is about to be done: statement and parameters are the service's own.</summary>
    private sealed class DeletePlans : DbCommandInterceptor
    {
        public volatile List<string> Last = [];

        public override async ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
            DbCommand command,
            CommandEventData eventData,
            InterceptionResult<int> result,
            CancellationToken cancellationToken = default)
        {
            var statement = command.CommandText;
            if (!statement.StartsWith("DELETE FROM", StringComparison.Ordinal)) return result;
#pragma warning disable CA2100 // EF's own statement.
            command.CommandText = "EXPLAIN QUERY PLAN " + statement;
            var steps = new List<string>();
            await using (var reader = await command.ExecuteReaderAsync(cancellationToken))
            {
                while (await reader.ReadAsync(cancellationToken)) steps.Add(reader.GetString(3));
            }
            command.CommandText = statement;
#pragma warning restore CA2100
            TestContext.Out.WriteLine(string.Join('\n', steps));
            Last = steps;
            return result;
        }
    }
}
