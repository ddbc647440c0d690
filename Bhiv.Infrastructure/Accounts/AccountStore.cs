using Bhiv.Domain;
using Bhiv.Domain.Accounts;
using Bhiv.Domain.Audit;
using Bhiv.Domain.Monitoring;
using Bhiv.Domain.Tokens;
using Bhiv.Infrastructure.Database;
using Bhiv.Infrastructure.Tokens;
using Microsoft.EntityFrameworkCore;

namespace Bhiv.Infrastructure.Accounts;

internal sealed class AccountStore(BhivDatabase database, SessionEnding sessions, BhivMetrics metrics, TimeProvider time) : IAccountStore
{
    public Task<Account?> FindByNameAsync(AccountName name, CancellationToken cancellationToken) => database.ReadAsync(
        (context, token) => context.Accounts.AsNoTracking().SingleOrDefaultAsync(row => row.NameKey == name.Key, token),
        cancellationToken);

    public Task<Account?> FindAsync(AccountId id, CancellationToken cancellationToken) => database.ReadAsync(
        (context, token) => context.Accounts.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, token), cancellationToken);

    public Task<IReadOnlyList<Account>> ListAsync(string prefix, string? after, int limit, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<Account>>(
            async (context, token) =>
            {
                // A range and no pattern: the index leads to it, and nothing in a name means anything.
                var until = prefix + char.ConvertFromUtf32(0x10FFFF);
                return await context.Accounts.AsNoTracking()
                    .Where(row => row.NameKey.CompareTo(prefix) >= 0 && row.NameKey.CompareTo(until) < 0 && row.NameKey.CompareTo(after ?? "") > 0)
                    .OrderBy(row => row.NameKey).Take(limit).ToListAsync(token);
            },
            cancellationToken);

    public Task<AccountAddition> TryAddAsync(Account account, AuditEvent recorded, Author by) => database.WriteInTransactionAsync(
        async context =>
        {
            if (!await IsStillAdministratorAsync(context, by)) return AccountAddition.NotAdministrator;
            if (await context.Accounts.AnyAsync(row => row.NameKey == account.NameKey)) return AccountAddition.NameTaken;
            await AddAsync(context, account);
            context.AuditEvents.Add(recorded);
            await context.SaveChangesAsync();
            return AccountAddition.Added;
        },
        CancellationToken.None);

    public async Task<AccountEditResult> EditAsync(AccountId id, long? version, AccountEdit edit, AuditEvent recorded, Author by)
    {
        var (result, revocation) = await database.WriteInTransactionAsync<(AccountEditResult, AuditEvent?)>(
            async context => await IsStillAdministratorAsync(context, by) ? await EditAsync(context, id, version, edit, recorded) : (new AccountEditResult.NotAdministrator(), null),
            CancellationToken.None);
        if (revocation is not null) sessions.Tell(revocation);
        return result;
    }

    public async Task<bool> TryRehashAsync(AccountId account, PasswordHash present, PasswordHash next, CancellationToken cancellationToken) =>
        await database.WriteAsync(
            context => context.Accounts
                .Where(row => row.Id == account && row.PasswordHash == present)
                .ExecuteUpdateAsync(row => row
                    .SetProperty(it => it.PasswordHash, next)
                    // Where it was one hash it stays one: by that a password of the environment is known without a look at it.
                    .SetProperty(it => it.EnvironmentPasswordHash, it => it.EnvironmentPasswordHash == present ? next : it.EnvironmentPasswordHash)),
            cancellationToken) == 1;

    public async Task<PasswordReplacementOutcome> TryReplacePasswordAsync(PasswordReplacement replacement, AuditEvent recorded, Session? begun)
    {
        var (outcome, ending) = await database.WriteInTransactionAsync<(PasswordReplacementOutcome, AuditEvent?)>(
            async context =>
            {
                var kept = SessionStore.NotRevoked(context)
                    .Where(session => session.Id == recorded.SessionId && session.AccountId == replacement.AccountId);
                var judged = context.Accounts.Where(row => row.Id == replacement.AccountId
                    && row.PasswordChangedAt == replacement.FormerChangedAt && row.DisabledAt == null);
                // All is judged before anything is written: what is refused is committed too.
                if (begun is null && recorded.SessionId is not null && !await kept.AnyAsync()) return (PasswordReplacementOutcome.SessionEnded, null);
                if (!await judged.AnyAsync()) return (PasswordReplacementOutcome.AccountChanged, null);
                if (begun is not null && await SessionStore.TryAddAsync(context, begun) is var addition and not SessionAddition.Added)
                    return (OutcomeOf(addition), null);
                await kept.ExecuteUpdateAsync(session => session.SetProperty(row => row.AccountEpoch, row => row.AccountEpoch + 1));
                await judged.ExecuteUpdateAsync(row => row
                    .SetProperty(it => it.PasswordHash, replacement.Hash)
                    .SetProperty(it => it.PasswordChangedAt, replacement.ChangedAt)
                    .SetProperty(it => it.OneTimePasswordUntil, (DateTimeOffset?)null));
                return (PasswordReplacementOutcome.Replaced, await Cutoff.MakeAsync(context, replacement.AccountId, recorded, time.Now()));
            },
            CancellationToken.None);
        if (ending is not null) sessions.Tell(ending);
        return outcome;
    }

    public Task<Account?> FindEnvironmentAccountAsync(CancellationToken cancellationToken) => database.ReadAsync(
        (context, token) => context.Accounts.AsNoTracking()
            .SingleOrDefaultAsync(row => row.EnvironmentPasswordHash != null, token),
        cancellationToken);

    public async Task ApplyEnvironmentAccountAsync(Account account, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var ended = await database.WriteInTransactionAsync(
            async context =>
            {
                // Whose sessions end: other processes learn of it by the record.
                var changing = await context.Accounts
                    .Where(row => row.EnvironmentPasswordHash != null || row.NameKey == account.NameKey)
                    .AsNoTracking().ToListAsync();
                foreach (var row in changing)
                {
                    var kind = row.NameKey == account.NameKey ? AuditEventKind.EnvironmentAccountApplied : AuditEventKind.AccountDisabled;
                    var revocation = AuditEvent.OfEnvironment(kind, row, now) with { Reason = RevocationReason.AccountChanged };
                    await Cutoff.MakeAsync(context, row.Id, revocation, now);
                }
                var changedAt = changing.SingleOrDefault(row => row.NameKey == account.NameKey)?.NextPasswordChange(now) ?? now;
                await context.Accounts
                    .Where(row => row.EnvironmentPasswordHash != null && row.NameKey != account.NameKey)
                    .ExecuteUpdateAsync(former => former
                        .SetProperty(row => row.EnvironmentPasswordHash, (PasswordHash?)null)
                        .SetProperty(row => row.DisabledAt, now)
                        .SetProperty(row => row.Version, row => row.Version + 1));
                var taken = await context.Accounts
                    .Where(row => row.NameKey == account.NameKey)
                    .ExecuteUpdateAsync(present => present
                        .SetProperty(row => row.PasswordHash, account.PasswordHash)
                        .SetProperty(row => row.PasswordChangedAt, changedAt)
                        .SetProperty(row => row.OneTimePasswordUntil, (DateTimeOffset?)null)
                        .SetProperty(row => row.EnvironmentPasswordHash, account.EnvironmentPasswordHash)
                        .SetProperty(row => row.Roles, account.Roles)
                        .SetProperty(row => row.DisabledAt, (DateTimeOffset?)null)
                        .SetProperty(row => row.Version, row => row.Version + 1));
                if (taken == 0)
                {
                    await AddAsync(context, account);
                    context.AuditEvents.Add(AuditEvent.OfEnvironment(AuditEventKind.EnvironmentAccountApplied, account, now));
                }
                await context.SaveChangesAsync();
                return changing.Count;
            },
            cancellationToken);
        for (; ended > 0; ended--) metrics.AccountSessionsRevoked(RevocationReason.AccountChanged);
    }

    public Task<IReadOnlyList<Account>> ListAdministratorsAsync(CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<Account>>(
            async (context, token) => await context.Accounts.AsNoTracking()
                .Where(row => row.DisabledAt == null && row.Roles.Contains(Role.Admin)).OrderBy(row => row.NameKey).ToListAsync(token),
            cancellationToken);

    private async Task<(AccountEditResult Result, AuditEvent? Revocation)> EditAsync(
        BhivDbContext context, AccountId id, long? version, AccountEdit edit, AuditEvent recorded)
    {
        var now = time.Now();
        var account = await context.Accounts.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id);
        if (account is null) return (new AccountEditResult.NotFound(), null);
        if (version is not null && version != account.Version) return (new AccountEditResult.Outdated(account.Version), null);
        var edited = edit.Apply(account, now);
        if (edited == account) return (new AccountEditResult.Done(account, 0, IsNews: false), null);
        if (edited is null && account.IsOfEnvironment) return (new AccountEditResult.OfEnvironment(), null);
        // Who is reset stays one: at the machine that is the way back in, and by a call whoever asks is another.
        if (account is { IsEnabled: true, IsAdministrator: true } && edited is not { IsEnabled: true, IsAdministrator: true }
            && !await AnotherAdministersAsync(context, account))
            return (new AccountEditResult.LastAdministrator(), null);

        var live = edit.EndsSessions
            ? await SessionStore.Live(context, now).LongCountAsync(session => session.AccountId == id)
            : 0;
        var revocation = edit.EndsSessions
            ? await Cutoff.MakeAsync(context, id, recorded with { Reason = RevocationReason.AccountChanged }, now)
            : null;
        if (revocation is null) context.AuditEvents.Add(recorded);
        await context.SaveChangesAsync();
        await WriteAsync(context, id, edited);
        return (new AccountEditResult.Done(edited is null ? account : edited with { Version = account.Version + 1 }, live), revocation);
    }

    /// <summary>What an edit may change; the end of its sessions is written by itself.</summary>
    private static Task<int> WriteAsync(BhivDbContext context, AccountId id, Account? edited)
    {
        var row = context.Accounts.Where(account => account.Id == id);
        return edited is null
            ? row.ExecuteDeleteAsync()
            : row.ExecuteUpdateAsync(account => account
                .SetProperty(it => it.PasswordHash, edited.PasswordHash)
                .SetProperty(it => it.PasswordChangedAt, edited.PasswordChangedAt)
                .SetProperty(it => it.OneTimePasswordUntil, edited.OneTimePasswordUntil)
                .SetProperty(it => it.Roles, edited.Roles)
                .SetProperty(it => it.DisabledAt, edited.DisabledAt)
                .SetProperty(it => it.Version, it => it.Version + 1));
    }

    /// <summary>
    /// Its sessions begin after any end that is still to come: by a clock that was ahead everybody's were ended then, and a token of the new one
    /// would be dead until that hour.
    /// </summary>
    private static async Task AddAsync(BhivDbContext context, Account account)
    {
        var last = await context.Accounts.MaxAsync(row => row.SessionsEndedAt);
        context.Accounts.Add(last > account.CreatedAt ? account with { SessionsEndedAt = last } : account);
    }

    /// <summary>
    /// Whether whoever asks still may. He could when he was let in; since then a password was hashed or the turn to write came, and of two who
    /// put each other out the second is out already. Of accounts alone: what else he makes or ends meanwhile lets nobody in by himself.
    /// </summary>
    private static async Task<bool> IsStillAdministratorAsync(BhivDbContext context, Author by) => by is not { Session: { } current, Caller: { } caller }
        || (await SessionStore.NotRevoked(context).AnyAsync(session => session.Id == current
                && context.Accounts.Any(account => account.Id == session.AccountId && account.Roles.Contains(Role.Admin)))
            && !await SessionStore.IsKeyTakenBackAsync(context, caller.Client, caller.Key));

    /// <summary>One with a password of its own: who has never logged in may never do so.</summary>
    private static async Task<bool> AnotherAdministersAsync(BhivDbContext context, Account account)
    {
        var others = await context.Accounts
            .Where(row => row.Id != account.Id && row.DisabledAt == null && row.OneTimePasswordUntil == null)
            .Select(row => row.Roles).Distinct().ToListAsync();
        return others.Any(roles => roles.Contains(Role.Admin));
    }

    private static PasswordReplacementOutcome OutcomeOf(SessionAddition refused) => refused == SessionAddition.ApiKeyRevoked
        ? PasswordReplacementOutcome.ApiKeyRevoked
        : PasswordReplacementOutcome.AccountChanged;
}
