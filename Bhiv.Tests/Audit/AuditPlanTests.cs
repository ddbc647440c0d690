using Bhiv.Domain.Audit;
using Bhiv.Infrastructure.Audit;
using Bhiv.Infrastructure.Database;
using Bhiv.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Bhiv.Tests.Audit;

/// <summary>The last page of a million costs what the first one does.</summary>
public sealed class AuditPlanTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [TestCase(false, false)]
    [TestCase(false, true)]
    [TestCase(true, false)]
    [TestCase(true, true)]
    public async Task A_page_is_found_by_the_index_of_the_time_and_its_cursor_bounds_it(bool from, bool until)
    {
        var (failures, events) = (new QueryPlans("FROM \"failed_logins\""), new QueryPlans("FROM \"audit_events\""));
        await using var service = await BhivService.StartAsync(replace: services =>
            services.ConfigureDbContext<SqliteBhivDbContext>(options => options.AddInterceptors(failures, events)));
        await service.PurgedAsync<FailedLoginPurge>();
        var bounds = from ? "at>? AND at<?" : "at<?";

        await service.Services.GetRequiredService<IFailedLoginStore>().ListAsync(
            new FailedLoginFilter { From = from ? Noon.AddDays(-1) : null, Until = until ? Noon.AddDays(1) : null },
            new FailedLoginPosition(Noon, FailedLoginId.New(Noon)), 10, default);
        await service.Services.GetRequiredService<IAuditEventStore>().ListAsync(
            new AuditEventFilter { From = from ? Noon.AddDays(-1) : null, Until = until ? Noon.AddDays(1) : null },
            new AuditEventPosition(Noon, 7), 10, default);

        Assert.That(string.Join('\n', failures.Last), Does.Contain($"INDEX ix_failed_logins_at ({bounds})").And.Not.Contain("SCAN"));
        Assert.That(string.Join('\n', events.Last), Does.Contain($"INDEX ix_audit_events_at ({bounds})").And.Not.Contain("SCAN").And.Not.Contain("TEMP B-TREE"));
    }
}
