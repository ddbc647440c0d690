using Bhiv.Domain.Audit;
using Bhiv.Domain.Tokens;

namespace Bhiv.Domain.Accounts;

/// <summary>Persists accounts. What a method says it wrote is committed when it returns.</summary>
public interface IAccountStore
{
    Task<Account?> FindByNameAsync(AccountName name, CancellationToken cancellationToken);

    Task<Account?> FindAsync(AccountId id, CancellationToken cancellationToken);

    /// <summary>By their names, as these are compared.</summary>
    /// <param name="prefix">What the names begin with, folded (<see cref="AccountName.Fold"/>); empty for all.</param>
    /// <param name="after">The <see cref="Account.NameKey"/> of the last that is known already; null begins with the first.</param>
    /// <param name="limit">How many at the most.</param>
    Task<IReadOnlyList<Account>> ListAsync(string prefix, string? after, int limit, CancellationToken cancellationToken);

    /// <summary>Stores a new account with its record.</summary>
    /// <param name="by">Who asks: nothing is stored for who is no administrator by then.</param>
    /// <returns>Anything but <see cref="AccountAddition.Added"/>: nothing was stored.</returns>
    Task<AccountAddition> TryAddAsync(Account account, AuditEvent recorded, Author by);

    /// <summary>
    /// Changes an account, with its record. What one edit of two at once would leave without an administrator, the other does not. It takes
    /// no cancellation: a caller that hangs up does not get out of it. When it returns, this process accepts no token that it ended.
    /// </summary>
    /// <param name="version">The one that the administrator has seen; null for whichever it is.</param>
    /// <param name="by">Who asks: nothing is changed for who is no administrator by then.</param>
    Task<AccountEditResult> EditAsync(AccountId id, long? version, AccountEdit edit, AuditEvent recorded, Author by);

    /// <summary>
    /// Puts another hash of the same password in the place of <paramref name="present"/>. False: that is not the account's hash any more, and
    /// nothing was written.
    /// </summary>
    Task<bool> TryRehashAsync(AccountId account, PasswordHash present, PasswordHash next, CancellationToken cancellationToken);

    /// <summary>
    /// Replaces the account's password if it is still the one that was judged, at once with its consequences: it is no one-time password, the
    /// epoch is raised, and every session of the account ends but the one that the record names. When it returns, this process accepts no
    /// token of the others any more. It takes no cancellation: a caller that hangs up keeps no session alive.
    /// </summary>
    /// <param name="begun">A session that begins with it, under the conditions of <see cref="ISessionStore.TryAddAsync"/>; the record names it.</param>
    /// <returns>Anything but <see cref="PasswordReplacementOutcome.Replaced"/>: nothing was written.</returns>
    Task<PasswordReplacementOutcome> TryReplacePasswordAsync(PasswordReplacement replacement, AuditEvent recorded, Session? begun = null);

    /// <summary>The account that the environment manages, if there is one yet.</summary>
    Task<Account?> FindEnvironmentAccountAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Makes <paramref name="account"/> the account that the environment manages, at once: if its name exists, that account
    /// takes over its password, is enabled and keeps its id; a former environment account of another name is disabled. Each
    /// account that changes is put in a new epoch, which ends its sessions.
    /// </summary>
    Task ApplyEnvironmentAccountAsync(Account account, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Every account that can log in and administer.</summary>
    Task<IReadOnlyList<Account>> ListAdministratorsAsync(CancellationToken cancellationToken);
}
