using Bhiv.Domain;
using Bhiv.Domain.Audit;
using Bhiv.Domain.Monitoring;
using Bhiv.Domain.SigningKeys;
using Bhiv.Domain.Tokens;
using Bhiv.Infrastructure.ApiKeys;
using Bhiv.Infrastructure.Database;
using Bhiv.Infrastructure.SigningKeys;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Bhiv.Infrastructure.Tokens;

/// <summary>
/// Follows what other processes revoke and change of keys: each second it reads the audit events that came since the last one it knows.
/// SQLite has one writer at a time, so that their order is the order of the commits and none turns up behind a later one.
/// </summary>
internal sealed class RevocationFeed(
    BhivDatabase database,
    RevocationSet revocations,
    ApiKeyIndex apiKeys,
    SigningKeyRing signingKeys,
    TokenOptions options,
    BhivMetrics metrics,
    TimeProvider time,
    ILogger<RevocationFeed> logger)
    : BackgroundService, IRevocations
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>After a failure, for how long callers are refused without asking the database again.</summary>
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(250);

    private readonly SemaphoreSlim reading = new(1, 1);
    private long known;
    private long lastRead;
    private long? lastFailure;

    /// <summary>
    /// How long ago the last good read began, on a clock that is never set: what others revoked before then is known.
    /// </summary>
    public TimeSpan Staleness => time.GetElapsedTime(Volatile.Read(ref lastRead));

    public ValueTask<bool> IsRevokedAsync(AccessTokenClaims token, CancellationToken cancellationToken) =>
        Staleness <= options.MaxStaleness ? new(revocations.Contains(token)) : CatchUpAsync(token, cancellationToken);

    public ValueTask CatchUpAsync(CancellationToken cancellationToken) =>
        Staleness <= options.MaxStaleness ? default : new(ReadAsync(options.MaxStaleness, cancellationToken));

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        metrics.ObserveRevocations(() => revocations.Count, () => Staleness);
        return base.StartAsync(cancellationToken);
    }

    /// <summary>Learns what keys and access tokens that still live need to be judged by. Due before anything is served.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var since = time.Now() - options.AccessTokenLifetime - SessionEnding.Margin;
        var recent = await database.ReadAsync(
            async (context, token) =>
            {
                // First: what is committed between the two is read by the second, or by the next read.
                known = await context.AuditEvents.MaxAsync(row => (long?)row.Sequence, token) ?? 0;
                // Where a clock stood too early, an event says a time long past. A cutoff is never before the sessions that it ended.
                var events = context.AuditEvents.Where(row => row.At >= since || row.Cutoff >= since);
                var read = await ReadAsync(context, events, readKeys: true, token);
                return read with { Ended = [.. read.Ended, .. await ReadEndedEarlyAsync(context, since, token)] };
            },
            cancellationToken);
        Take(recent, started);
    }

    public override void Dispose()
    {
        reading.Dispose();
        base.Dispose();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => time.EachAsync(Interval, FollowAsync, stoppingToken);

    private async Task FollowAsync(CancellationToken cancellationToken)
    {
        try
        {
            await ReadAsync(TimeSpan.Zero, cancellationToken);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            // Said where it happened. Whatever it was, the next tick asks again: who gave up would refuse for ever.
        }
    }

    /// <summary>
    /// The timer has fallen behind: the process was suspended, or the database does not answer. Asked once more, it may.
    /// </summary>
    private async ValueTask<bool> CatchUpAsync(AccessTokenClaims token, CancellationToken cancellationToken)
    {
        await ReadAsync(options.MaxStaleness, cancellationToken);
        return revocations.Contains(token);
    }

    /// <summary>Reads on, unless a read that began no longer than <paramref name="enough"/> ago was good.</summary>
    private async Task ReadAsync(TimeSpan enough, CancellationToken cancellationToken)
    {
        await reading.WaitAsync(cancellationToken);
        try
        {
            if (enough > TimeSpan.Zero && Staleness <= enough) return;
            if (enough > TimeSpan.Zero && lastFailure is { } failure && time.GetElapsedTime(failure) < RetryDelay)
                throw new StoreUnavailableException("What was revoked could not be read a moment ago.");
            await ReadNextAsync(cancellationToken);
        }
        finally
        {
            reading.Release();
        }
    }

    private async Task ReadNextAsync(CancellationToken cancellationToken)
    {
        try
        {
            var started = time.GetTimestamp();
            var next = await database.ReadAsync(
                (context, token) => ReadAsync(context, context.AuditEvents.Where(row => row.Sequence > known), readKeys: false, token),
                cancellationToken);
            Take(next, started);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            if (lastFailure is null) logger.RevocationsUnread(fault);
            lastFailure = time.GetTimestamp();
            throw new StoreUnavailableException("What was revoked could not be read.", fault);
        }
    }

    /// <summary>
    /// Of the rows the few columns that every build writes alike: a kind that only a newer one knows is not read here. What is about no
    /// person is about keys, whatever its kind; and where it ended sessions, it ended those that say so.
    /// </summary>
    private static async Task<Changes> ReadAsync(
        BhivDbContext context, IQueryable<AuditEvent> events, bool readKeys, CancellationToken cancellationToken)
    {
        var rows = await events.OrderBy(row => row.Sequence)
            .Select(row => new { row.Sequence, row.At, row.AccountId, row.SessionId, row.Reason, row.Cutoff })
            .ToListAsync(cancellationToken);
        var ended = new List<Revocation>();
        foreach (var row in rows.Where(row => row.Reason is not null))
        {
            if (row.SessionId is not null || row.Cutoff is not null)
            {
                ended.Add(new Revocation(row.Sequence, row.AccountId, row.SessionId, row.Cutoff));
                continue;
            }
            var together = await SessionEnding.ListAsync(context, row.At, cancellationToken);
            ended.AddRange(together.Select(session => new Revocation(row.Sequence, null, session, null)));
        }
        if (!readKeys && !rows.Any(row => row.AccountId is null && row.SessionId is null)) return new Changes(ended, rows.LastOrDefault()?.Sequence);
        return new Changes(
            ended,
            rows.LastOrDefault()?.Sequence,
            await ApiKeyIndex.ReadAsync(context, cancellationToken),
            await SigningKeyStore.ReadCompromisedAsync(context, cancellationToken));
    }

    /// <summary>Sessions that ended before their last tokens were issued, as the clocks have it: the tokens may live.</summary>
    private static async Task<IEnumerable<Revocation>> ReadEndedEarlyAsync(
        BhivDbContext context, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var ended = await context.Sessions.Where(session => session.RevokedAt < since && session.RotatedAt >= since)
            .Select(session => session.Id).ToListAsync(cancellationToken);
        return ended.Select(session => new Revocation(0, null, session, null));
    }

    private void Take(Changes next, long started)
    {
        var now = time.GetTimestamp();
        foreach (var revocation in next.Ended) revocations.Add(revocation, now);
        if (next.Keys is { } keys) apiKeys.Take(keys);
        if (next.Compromised is { } compromised) signingKeys.Exclude(compromised);
        known = Math.Max(known, next.Last ?? 0);
        revocations.Prune(now - (long)((options.AccessTokenLifetime + SessionEnding.Margin).TotalSeconds * time.TimestampFrequency));
        if (lastFailure is not null) logger.RevocationsReadAgain();
        lastFailure = null;
        Volatile.Write(ref lastRead, started);
    }

    /// <param name="Last">The number of the last event; null where there was none.</param>
    /// <param name="Keys">Null where nothing changed of them.</param>
    /// <param name="Compromised">Signing keys, by id, and since when; null where nothing changed of them.</param>
    private sealed record Changes(
        IReadOnlyList<Revocation> Ended,
        long? Last,
        ApiKeyIndex.Rows? Keys = null,
        IReadOnlyDictionary<string, DateTimeOffset>? Compromised = null);
}
