namespace Bhiv.Domain.Accounts;

/// <summary>Persists accounts. What a method says it wrote is committed when it returns.</summary>
public interface IAccountStore
{
    Task<Account?> FindByNameAsync(AccountName name, CancellationToken cancellationToken);

    /// <summary>Stores a new account. False: the name is taken, and nothing was stored.</summary>
    Task<bool> TryAddAsync(Account account, CancellationToken cancellationToken);

    /// <summary>
    /// Puts another hash of the same password in the place of <paramref name="present"/>. False: that is not the account's hash any more, and
    /// nothing was written.
    /// </summary>
    Task<bool> TryRehashAsync(AccountId account, PasswordHash present, PasswordHash next, CancellationToken cancellationToken);

    /// <summary>The account that the environment manages, if there is one yet.</summary>
    Task<Account?> FindEnvironmentAccountAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Makes <paramref name="account"/> the account that the environment manages, at once: if its name exists, that account
    /// takes over its password, is enabled and keeps its id; a former environment account of another name is disabled. Each
    /// account that changes is put in a new epoch, which ends its sessions.
    /// </summary>
    Task ApplyEnvironmentAccountAsync(Account account, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Every account that can log in.</summary>
    Task<IReadOnlyList<Account>> ListEnabledAsync(CancellationToken cancellationToken);
}
