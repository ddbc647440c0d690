using System.Collections.Concurrent;
using System.Net;
using Bhiv.Domain;
using Bhiv.Domain.Tokens;
using Bhiv.Infrastructure.Tokens;
using Bhiv.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Moq;

namespace Bhiv.Tests.Tokens;

/// <summary>The purge as it runs in the service, by a clock that only the test moves.</summary>
public sealed class SessionPurgeTests
{
    private readonly RecordedEvents events = new();

    [Test]
    public async Task A_session_goes_with_the_first_run_a_day_after_it_expired()
    {
        await using var service = await StartAsync();
        await service.PurgedAsync();
        await service.Client.LoginAsync();

        service.Clock.Advance(TimeSpan.FromDays(8) - TimeSpan.FromMinutes(1));
        await service.PurgedAsync();
        Assert.That(service.Count("refresh_tokens"), Is.EqualTo(1));
        Assert.That(events.Ids, Is.Empty, "a run that finds nothing is not worth a line");

        service.Clock.Advance(TimeSpan.FromMinutes(1));
        await service.PurgedAsync();
        Assert.That(service.Count("refresh_tokens"), Is.Zero);
        Assert.That(events.Ids, Is.EqualTo(new[] { 2201 }));
        Assert.That((await service.Client.LoginAsync()).Status, Is.EqualTo(HttpStatusCode.OK), "the account stays");
    }

    [Test]
    public async Task What_died_while_the_service_was_down_goes_when_it_starts()
    {
        using var directory = new TemporaryDirectory();
        var service = await BhivService.StartAsync(directory: directory.Path);
        await service.Client.LoginAsync();
        service.Clock.Advance(TimeSpan.FromDays(8));
        await service.DisposeAsync();

        await using var restarted = await BhivService.StartAsync(directory: directory.Path, clock: service.Clock);

        Assert.That((await restarted.PurgedAsync()).LastRun, Is.EqualTo(service.Clock.GetUtcNow()));
        Assert.That(restarted.Count("refresh_tokens"), Is.Zero);
    }

    [TestCase(true, 2202)]
    [TestCase(false, 2203)]
    public async Task A_run_that_fails_is_logged_and_tried_again_and_the_service_stays(bool isOutage, int logged)
    {
        var store = new Mock<ISessionStore>();
        store.SetupSequence(its => its.PurgeAsync(It.IsAny<DateTimeOffset>(), SessionPurge.Batch, It.IsAny<CancellationToken>()))
            .ReturnsAsync(SessionPurge.Batch)
            .ThrowsAsync(isOutage ? new StoreUnavailableException("held") : new InvalidOperationException("a bug"))
            .ReturnsAsync(3);
        await using var service = await StartAsync(store);
        await Eventually.IsTrueAsync(() => events.Ids.Count == 2);
        Assert.That(events.Ids, Is.EqualTo(new[] { logged, 2201 }), "what went is said also when the rest did not");
        Assert.That(service.Purge().LastRun, Is.Null, "it did not come to its end");

        service.Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.That((await service.PurgedAsync()).LastCount, Is.EqualTo(3));
        Assert.That(service.Services.GetRequiredService<IHostApplicationLifetime>()
            .ApplicationStopping.IsCancellationRequested, Is.False);
    }

    [Test]
    public async Task A_stop_waits_for_no_more_than_the_batch_at_hand()
    {
        var store = new Mock<ISessionStore>();
        store.Setup(its => its.PurgeAsync(It.IsAny<DateTimeOffset>(), It.IsAny<int>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync(SessionPurge.Batch);
        var service = await StartAsync(store);
        await Eventually.IsTrueAsync(() => store.Invocations.Count > 1);

        await service.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(20));

        Assert.That(events.Ids, Is.EqualTo(new[] { 2201 }));
    }

    private Task<BhivService> StartAsync(Mock<ISessionStore>? store = null) => BhivService.StartAsync(replace: services =>
    {
        services.AddSingleton<ILogger<SessionPurge>>(events);
        if (store is not null) services.AddSingleton(store.Object);
    });

    [SetUp]
    public void Forget() => events.Ids.Clear();

    private sealed class RecordedEvents : ILogger<SessionPurge>
    {
        public ConcurrentQueue<int> Ids { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Ids.Enqueue(eventId.Id);
    }
}
