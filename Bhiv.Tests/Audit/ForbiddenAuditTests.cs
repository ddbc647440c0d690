using Bhiv.Application.Audit;
using Bhiv.Domain;
using Bhiv.Domain.ApiKeys;
using Bhiv.Domain.Audit;
using Bhiv.Domain.Tokens;
using Microsoft.Extensions.Time.Testing;
using Moq;

namespace Bhiv.Tests.Audit;

public sealed class ForbiddenAuditTests
{
    [Test]
    public async Task What_could_not_be_written_is_written_at_the_next_try_and_then_no_more_for_an_hour()
    {
        var caller = new Caller(ClientId.Default, "192.0.2.1");
        var store = new Mock<IAuditEventStore>();
        var clock = new FakeTimeProvider();
        var audit = new ForbiddenAudit(store.Object, clock);
        store.Setup(it => it.AddAsync(It.IsAny<AuditEvent>())).ThrowsAsync(new StoreUnavailableException("It is locked."));
        Assert.That(async () => await TryAsync(), Throws.TypeOf<StoreUnavailableException>());
        store.Setup(it => it.AddAsync(It.IsAny<AuditEvent>())).Returns(Task.CompletedTask);

        for (var more = 0; more < 3; more++) await TryAsync();
        clock.Advance(TimeSpan.FromHours(1) - TimeSpan.FromTicks(1));
        await TryAsync();

        store.Verify(it => it.AddAsync(It.IsAny<AuditEvent>()), Times.Exactly(2));
        clock.Advance(TimeSpan.FromTicks(1));
        await TryAsync();
        store.Verify(it => it.AddAsync(It.IsAny<AuditEvent>()), Times.Exactly(3));

        Task TryAsync() => audit.RecordAsync("forbidden", "GET /accounts", null, caller);
    }
}
