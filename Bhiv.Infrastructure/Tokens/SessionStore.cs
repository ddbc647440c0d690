using Bhiv.Domain;
using Bhiv.Domain.Tokens;
using Bhiv.Infrastructure.Database;
using Microsoft.EntityFrameworkCore;

namespace Bhiv.Infrastructure.Tokens;

internal sealed class SessionStore(BhivDatabase database, TimeProvider time) : ISessionStore
{
    public Task<SessionOfAccount?> FindAsync(SessionId id, CancellationToken cancellationToken) => database.ReadAsync(
        (context, token) => context.Sessions.AsNoTracking()
            .Where(session => session.Id == id)
            .Join(
                context.Accounts,
                session => session.AccountId,
                account => account.Id,
                (session, account) => new SessionOfAccount(session, account))
            .SingleOrDefaultAsync(token),
        cancellationToken);

    public Task<bool> TryAddAsync(Session session, CancellationToken cancellationToken) =>
        database.WriteInTransactionAsync(
            async context =>
            {
                // Read again inside the transaction: a disable or a new password that came first wins.
                if (!await context.Accounts.AnyAsync(account => account.Id == session.AccountId
                    && account.Epoch == session.AccountEpoch && account.DisabledAt == null))
                    return false;
                context.Sessions.Add(session);
                await context.SaveChangesAsync();
                return true;
            },
            cancellationToken);

    public Task<Session?> TryRotateAsync(
        Session present, Func<DateTimeOffset, Session> rotate, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async context =>
            {
                var next = rotate(time.Now());
                var rotated = await context.Sessions
                    .Where(session => session.Id == present.Id
                        && session.Generation == present.Generation
                        && session.RevokedAt == null
                        && session.ExpiresAt > next.RotatedAt
                        && context.Accounts.Any(account => account.Id == session.AccountId
                            && account.Epoch == session.AccountEpoch && account.DisabledAt == null))
                    .ExecuteUpdateAsync(session => session
                        .SetProperty(row => row.Generation, next.Generation)
                        .SetProperty(row => row.KeyId, next.KeyId)
                        .SetProperty(row => row.RotatedAt, next.RotatedAt)
                        .SetProperty(row => row.ExpiresAt, next.ExpiresAt)
                        .SetProperty(row => row.UserAgent, next.UserAgent)
                        .SetProperty(row => row.Address, next.Address));
                return rotated == 1 ? next : null;
            },
            cancellationToken);
}
