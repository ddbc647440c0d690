using Bhiv.Domain;
using Bhiv.Domain.Accounts;
using Bhiv.Domain.ApiKeys;
using Bhiv.Domain.Audit;
using Bhiv.Domain.Monitoring;
using Bhiv.Domain.Tokens;
using Bhiv.Infrastructure.Database;
using Microsoft.EntityFrameworkCore;

namespace Bhiv.Infrastructure.Tokens;

internal sealed class SessionStore(
    BhivDatabase database, RevocationSet revocations, SessionEnding sessions, BhivMetrics metrics, TimeProvider time)
    : ISessionStore
{
    /// <summary>A person looks at a list; a script that logs in without end makes it no longer.</summary>
    private const int MaximumListed = 100;

    /// <summary>Compiled once: each refresh asks it, and to understand the expression again costs as much as the rest of the read.</summary>
    private static readonly Func<BhivDbContext, SessionId, CancellationToken, Task<SessionOfAccount?>> Find =
        EF.CompileAsyncQuery((BhivDbContext context, SessionId id, CancellationToken _) => context.Sessions.AsNoTracking()
            .Where(session => session.Id == id)
            .Join(
                context.Accounts,
                session => session.AccountId,
                account => account.Id,
                (session, account) => new SessionOfAccount(session, account))
            .SingleOrDefault());

    public Task<SessionOfAccount?> FindAsync(SessionId id, CancellationToken cancellationToken) =>
        database.ReadAsync((context, token) => Find(context, id, token), cancellationToken);

    public Task<SessionAddition> TryAddAsync(Session session, CancellationToken cancellationToken) =>
        database.WriteInTransactionAsync(context => TryAddAsync(context, session), cancellationToken);

    public Task<Session?> TryRotateAsync(
        Session present, Func<DateTimeOffset, Session> rotate, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async context =>
            {
                var next = rotate(time.Now());
                var rotated = await NotRevoked(context)
                    .Where(session => session.Id == present.Id
                        && session.Generation == present.Generation
                        && session.ExpiresAt > next.RotatedAt
                        // A session of another key would hang on this one, and outlive it: what ended with it has been ended.
                        && !context.ApiKeys.Any(key => key.Id == next.ApiKeyId && key.RevokedAt != null))
                    .ExecuteUpdateAsync(session => session
                        .SetProperty(row => row.Generation, next.Generation)
                        .SetProperty(row => row.ApiKeyId, next.ApiKeyId)
                        .SetProperty(row => row.KeyId, next.KeyId)
                        .SetProperty(row => row.RotatedAt, next.RotatedAt)
                        .SetProperty(row => row.ExpiresAt, next.ExpiresAt)
                        .SetProperty(row => row.UserAgent, next.UserAgent)
                        .SetProperty(row => row.Address, next.Address));
                return rotated == 1 ? next : null;
            },
            cancellationToken);

    public async Task<bool> TryRevokeAsync(SessionId id, AuditEvent revocation)
    {
        var revoked = await database.WriteInTransactionAsync(
            async context =>
            {
                var ended = await context.Sessions
                    .Where(session => session.Id == id && session.RevokedAt == null)
                    .ExecuteUpdateAsync(session => session
                        .SetProperty(row => row.RevokedAt, revocation.At)
                        .SetProperty(row => row.RevokedReason, revocation.Reason));
                if (ended == 0) return false;
                context.AuditEvents.Add(revocation);
                await context.SaveChangesAsync();
                return true;
            },
            CancellationToken.None);
        // Whoever ended it: another process may have, and the feed has not said so yet.
        revocations.Add(Revocation.Of(revocation), time.GetTimestamp());
        if (revoked) metrics.SessionRevoked(revocation.Reason!.Value);
        return revoked;
    }

    public async Task<bool> TryRevokeAllAsync(AccountId account, AuditEvent revocation)
    {
        var recorded = await database.WriteInTransactionAsync(
            async context =>
            {
                // A session that has ended keeps nothing: its holder was overtaken by somebody who ended it.
                var kept = await NotRevoked(context)
                    .Where(session => session.Id == revocation.SessionId && session.AccountId == account)
                    .ExecuteUpdateAsync(session => session.SetProperty(row => row.AccountEpoch, row => row.AccountEpoch + 1));
                if (revocation.SessionId is not null && kept == 0) return null;
                return await Cutoff.MakeAsync(context, account, revocation, time.Now());
            },
            CancellationToken.None);
        if (recorded is null) return false;
        sessions.Tell(recorded);
        return true;
    }

    public async Task<long?> RevokeAccountAsync(AccountId account, AuditEvent revocation)
    {
        var (ended, recorded) = await database.WriteInTransactionAsync<(long, AuditEvent?)>(
            async context =>
            {
                var now = time.Now();
                if (!await context.Accounts.AnyAsync(row => row.Id == account)) return (0, null);
                var live = await Live(context, now).LongCountAsync(session => session.AccountId == account);
                return (live, await Cutoff.MakeAsync(context, account, revocation, now));
            },
            CancellationToken.None);
        if (recorded is null) return null;
        sessions.Tell(recorded);
        return ended;
    }

    public async Task<int> RevokeClientAsync(ClientId client, AuditEvent revocation) => sessions.Tell(
        await database.WriteInTransactionAsync(
            context => SessionEnding.EndAsync(context, session => session.ClientId == client, revocation),
            CancellationToken.None))!.Value;

    public async Task<long> RevokeEverythingAsync(AuditEvent revocation)
    {
        var (ended, recorded) = await database.WriteInTransactionAsync(
            async context =>
            {
                var now = time.Now();
                var live = await Live(context, now).LongCountAsync();
                return (live, await Cutoff.MakeForEverybodyAsync(context, revocation, now));
            },
            CancellationToken.None);
        revocations.Add(Revocation.Of(recorded), time.GetTimestamp());
        return ended;
    }

    public Task<IReadOnlyList<Session>> ListLiveAsync(
        AccountId account, DateTimeOffset now, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<Session>>(
            async (context, token) => await Live(context, now).AsNoTracking()
                .Where(session => session.AccountId == account)
                .OrderByDescending(session => session.CreatedAt).ThenBy(session => session.Id)
                .Take(MaximumListed)
                .ToListAsync(token),
            cancellationToken);

    public Task<long> CountLiveAsync(DateTimeOffset now, CancellationToken cancellationToken) => database.ReadAsync(
        (context, token) => Live(context, now).LongCountAsync(token), cancellationToken);

    public Task<int> PurgeAsync(DateTimeOffset now, int batch, CancellationToken cancellationToken) => database.WriteAsync(
        context => context.Sessions
            .Where(Session.IsDead(now))
            .OrderBy(session => session.ExpiresAt)
            .Take(batch)
            .ExecuteDeleteAsync(),
        cancellationToken);

    /// <summary>One step of a transaction.</summary>
    public static async Task<SessionAddition> TryAddAsync(BhivDbContext context, Session session)
    {
        // Read again inside the transaction: a disable, a new password or a revoked key that came first wins.
        if (!await context.Accounts.AnyAsync(account => account.Id == session.AccountId
            && account.Epoch == session.AccountEpoch && account.DisabledAt == null))
            return SessionAddition.AccountChanged;
        if (await IsKeyTakenBackAsync(context, session.ClientId, session.ApiKeyId)) return SessionAddition.ApiKeyRevoked;
        context.Sessions.Add(session);
        await context.SaveChangesAsync();
        return SessionAddition.Added;
    }

    /// <summary>Whether the key was revoked, or its client disabled.</summary>
    public static async Task<bool> IsKeyTakenBackAsync(BhivDbContext context, ClientId client, ApiKeyId? key) =>
        await context.Clients.AnyAsync(row => row.Id == client && row.DisabledAt != null)
        || await context.ApiKeys.AnyAsync(row => row.Id == key && row.RevokedAt != null);

    /// <summary>What <see cref="Session.IsRevoked"/> says no of, as a query.</summary>
    public static IQueryable<Session> NotRevoked(BhivDbContext context) => context.Sessions.Where(session =>
        session.RevokedAt == null
        && context.Accounts.Any(account => account.Id == session.AccountId
            && account.Epoch == session.AccountEpoch && account.DisabledAt == null));

    /// <summary>Those of them that have not expired either.</summary>
    public static IQueryable<Session> Live(BhivDbContext context, DateTimeOffset now) =>
        NotRevoked(context).Where(session => session.ExpiresAt > now);
}
