namespace Bhiv.Tests.Monitoring;

/// <summary>Tests of what Sentry gets: each has an ingest of its own.</summary>
public abstract class SentryFixture
{
    private protected SentryIngest Ingest { get; private set; } = null!;

    [SetUp]
    public async Task StartIngestAsync() => Ingest = await SentryIngest.StartAsync();

    [TearDown]
    public async Task StopIngestAsync() => await Ingest.DisposeAsync();
}
