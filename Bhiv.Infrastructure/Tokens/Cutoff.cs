using Bhiv.Domain.Accounts;
using Bhiv.Domain.Audit;
using Bhiv.Domain.Tokens;
using Bhiv.Infrastructure.Database;
using Microsoft.EntityFrameworkCore;

namespace Bhiv.Infrastructure.Tokens;

/// <summary>How all sessions of an account end, whoever ends them: one step of the transaction that has the reason.</summary>
internal static class Cutoff
{
    /// <summary>
    /// Raises the account's epoch and records up to when its sessions have ended. That instant is asked for in here: a login that
    /// committed while the transaction waited for its turn is younger than the request to end it.
    /// </summary>
    /// <returns>What was recorded.</returns>
    public static Task<AuditEvent> MakeAsync(
        BhivDbContext context, AccountId account, AuditEvent revocation, DateTimeOffset now) =>
        MakeAsync(
            context,
            context.Accounts.Where(row => row.Id == account),
            context.Sessions.Where(session => session.AccountId == account),
            revocation,
            now);

    /// <summary>The same for every account.</summary>
    public static Task<AuditEvent> MakeForEverybodyAsync(BhivDbContext context, AuditEvent revocation, DateTimeOffset now) =>
        MakeAsync(context, context.Accounts, context.Sessions, revocation, now);

    private static async Task<AuditEvent> MakeAsync(
        BhivDbContext context, IQueryable<Account> accounts, IQueryable<Session> sessions, AuditEvent revocation, DateTimeOffset now)
    {
        var instant = await InstantAsync(accounts, sessions, now);
        await accounts.ExecuteUpdateAsync(row => row
            .SetProperty(it => it.Epoch, it => it.Epoch + 1)
            .SetProperty(it => it.SessionsEndedAt, instant));
        var recorded = revocation with { Cutoff = instant };
        context.AuditEvents.Add(recorded);
        await context.SaveChangesAsync();
        return recorded;
    }

    /// <summary>Now, and never before the youngest session that is there, whatever clock it was created by.</summary>
    private static async Task<DateTimeOffset> InstantAsync(
        IQueryable<Account> accounts, IQueryable<Session> sessions, DateTimeOffset now)
    {
        var youngest = await sessions.MaxAsync(session => (DateTimeOffset?)session.CreatedAt);
        // The id of a session that began right after the last cutoff says a time a little later than its row.
        var afterLast = await accounts.MaxAsync(row => row.SessionsEndedAt);
        return new[] { now, youngest ?? now, afterLast?.AddMilliseconds(1) ?? now }.Max();
    }
}
