using System.Linq.Expressions;
using Bhiv.Domain.Audit;
using Bhiv.Domain.Monitoring;
using Bhiv.Domain.Tokens;
using Bhiv.Infrastructure.ApiKeys;
using Bhiv.Infrastructure.Database;
using Microsoft.EntityFrameworkCore;

namespace Bhiv.Infrastructure.Tokens;

/// <summary>
/// How the sessions of a key or of a client end with it: one step of the transaction that has the reason, and what this process has to
/// be told once that is committed. How those of an account end is <see cref="Cutoff"/>.
/// </summary>
internal sealed class SessionEnding(
    RevocationSet revocations, ApiKeyIndex keys, BhivMetrics metrics, TimeProvider time)
{
    /// <summary>Beyond the longest life of an access token: clocks of two machines differ.</summary>
    public static readonly TimeSpan Margin = TimeSpan.FromMinutes(5);

    /// <summary>Ends <paramref name="those"/> that have not ended yet, and records it.</summary>
    /// <returns>Among the rest, how many could have been refreshed.</returns>
    public static async Task<Ended> EndAsync(BhivDbContext context, Expression<Func<Session, bool>> those, AuditEvent recorded)
    {
        var count = await SessionStore.Live(context, recorded.At).CountAsync(those);
        await context.Sessions.Where(those).Where(session => session.RevokedAt == null).ExecuteUpdateAsync(session => session
            .SetProperty(row => row.RevokedAt, recorded.At)
            .SetProperty(row => row.RevokedReason, recorded.Reason));
        context.AuditEvents.Add(recorded);
        await context.SaveChangesAsync();
        var ids = await ListAsync(context, recorded.At, CancellationToken.None);
        return new Ended(recorded, count, ids, await ApiKeyIndex.ReadAsync(context, CancellationToken.None));
    }

    /// <summary>
    /// The same for a process that was told of the record: the sessions that ended with it, all of them. Which may still have a live access
    /// token no clock tells for certain: it may have been set since.
    /// </summary>
    public static Task<List<SessionId>> ListAsync(BhivDbContext context, DateTimeOffset at, CancellationToken cancellationToken) =>
        context.Sessions.Where(session => session.RevokedAt == at).Select(session => session.Id).ToListAsync(cancellationToken);

    /// <summary>After the commit: from here on this process accepts neither the key nor a token. How many sessions it was.</summary>
    public int? Tell(Ended? ended)
    {
        if (ended is null) return null;
        foreach (var session in ended.Sessions)
            revocations.Add(new Revocation(ended.Recorded.Sequence, null, session, null), time.GetTimestamp());
        keys.Take(ended.Keys);
        if (ended.Count > 0) metrics.SessionsRevoked(ended.Recorded.Reason!.Value, ended.Count);
        return ended.Count;
    }

    /// <summary>The same where all sessions of an account have ended with a cutoff.</summary>
    public void Tell(AuditEvent cutoff)
    {
        revocations.Add(Revocation.Of(cutoff), time.GetTimestamp());
        metrics.AccountSessionsRevoked(cutoff.Reason!.Value);
    }

    internal sealed record Ended(AuditEvent Recorded, int Count, IReadOnlyList<SessionId> Sessions, ApiKeyIndex.Rows Keys);
}
