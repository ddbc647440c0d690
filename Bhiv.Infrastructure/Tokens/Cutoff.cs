using Bhiv.Domain.Accounts;
using Bhiv.Infrastructure.Database;
using Microsoft.EntityFrameworkCore;

namespace Bhiv.Infrastructure.Tokens;

/// <summary>
/// The instant up to which all sessions of an account end. It is asked for inside the transaction that ends them: a login that
/// committed while that one waited for its turn is younger than the request to end it.
/// </summary>
internal static class Cutoff
{
    /// <summary>Now, and never before the youngest session that is there, whatever clock it was created by.</summary>
    public static async Task<DateTimeOffset> OfAsync(BhivDbContext context, AccountId account, DateTimeOffset now)
    {
        var youngest = await context.Sessions.Where(session => session.AccountId == account)
            .MaxAsync(session => (DateTimeOffset?)session.CreatedAt);
        // The id of a session that began right after the last cutoff says a time a little later than its row.
        var afterLast = await context.Accounts.Where(row => row.Id == account)
            .Select(row => row.SessionsEndedAt).SingleOrDefaultAsync();
        return new[] { now, youngest ?? now, afterLast?.AddMilliseconds(1) ?? now }.Max();
    }
}
