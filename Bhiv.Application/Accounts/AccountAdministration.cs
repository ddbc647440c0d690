using Bhiv.Domain;
using Bhiv.Domain.Accounts;
using Bhiv.Domain.Audit;
using Microsoft.Extensions.Logging;

namespace Bhiv.Application.Accounts;

/// <summary>Makes, changes and deletes the accounts of others for whoever runs the service.</summary>
public sealed class AccountAdministration(
    IAccountStore accounts, IPasswordHasher hasher, TimeProvider time, ILogger<AccountAdministration> logger)
{
    public Task<Account?> FindAsync(AccountId id, CancellationToken cancellationToken) => accounts.FindAsync(id, cancellationToken);

    public Task<Account?> FindAsync(AccountName name, CancellationToken cancellationToken) => accounts.FindByNameAsync(name, cancellationToken);

    /// <summary>By their names, without regard to case.</summary>
    /// <param name="prefix">What the names begin with; null for all.</param>
    /// <param name="after">The <see cref="Account.NameKey"/> of the last of the page before.</param>
    public Task<IReadOnlyList<Account>> ListAsync(string? prefix, string? after, int limit, CancellationToken cancellationToken) =>
        accounts.ListAsync(AccountName.Fold(prefix ?? string.Empty), after, limit, cancellationToken);

    /// <summary>An account with a one-time password.</summary>
    /// <returns>The password where it was made.</returns>
    public async Task<(AccountAddition Result, NewPassword? Password)> TryCreateAsync(
        AccountName name, IReadOnlyList<string> roles, Author by, CancellationToken cancellationToken)
    {
        var password = OneTimePassword.Make();
        var hash = await hasher.HashAsync(password.ToPassword(), cancellationToken);
        var now = time.Now();
        var account = Account.CreateWithOneTimePassword(name, hash, roles, now);
        var result = await TryAddAsync(account, by, now);
        return (result, result == AccountAddition.Added ? new NewPassword(account, password, SessionsEnded: 0) : null);
    }

    /// <summary>An account with a password that its owner has. False: the name is taken.</summary>
    public async Task<bool> TryCreateAsync(
        AccountName name, PlainTextPassword password, IReadOnlyList<string> roles, Author by, CancellationToken cancellationToken)
    {
        var hash = await hasher.HashAsync(password, cancellationToken);
        var now = time.Now();
        return await TryAddAsync(Account.Create(name, hash, roles, now), by, now) == AccountAddition.Added;
    }

    /// <summary>From now on it cannot log in, and all that it was logged in to has ended.</summary>
    /// <param name="version">The one that the administrator has seen; null for whichever it is.</param>
    public Task<AccountEditResult> DisableAsync(AccountId id, long? version, Author by) => EditAsync(id, version, new AccountEdit.Disable(), by);

    /// <summary>It can log in again, with the password that it had.</summary>
    public Task<AccountEditResult> EnableAsync(AccountId id, long? version, Author by) => EditAsync(id, version, new AccountEdit.Enable(), by);

    /// <param name="roles">In place of those that it has. One that is taken counts no more from now on, one that is given once a token says it.</param>
    public Task<AccountEditResult> SetRolesAsync(AccountId id, long? version, IReadOnlyList<string> roles, Author by) =>
        EditAsync(id, version, new AccountEdit.SetRoles(roles), by);

    public Task<AccountEditResult> DeleteAsync(AccountId id, long? version, Author by) => EditAsync(id, version, new AccountEdit.Delete(), by);

    /// <summary>A one-time password takes the place of its own, and all that it was logged in to has ended.</summary>
    /// <returns>The password where it was done.</returns>
    public async Task<(AccountEditResult Result, NewPassword? Password)> ResetPasswordAsync(
        AccountId id, long? version, Author by, CancellationToken cancellationToken)
    {
        // No hash for nobody.
        if (await accounts.FindAsync(id, cancellationToken) is null) return (new AccountEditResult.NotFound(), null);
        var password = OneTimePassword.Make();
        var hash = await hasher.HashAsync(password.ToPassword(), cancellationToken);
        var result = await EditAsync(id, version, new AccountEdit.ResetPassword(hash), by);
        return (result, result is AccountEditResult.Done { Account: var account, SessionsEnded: var ended } ? new NewPassword(account, password, ended) : null);
    }

    private async Task<AccountEditResult> EditAsync(AccountId id, long? version, AccountEdit edit, Author by)
    {
        // Nobody locks himself out by mistake: another administrator does it, or whoever has the machine. One's own password is changed by
        // whoever knows it.
        if (by.Account == id) return new AccountEditResult.OfOneself();
        // Not cancelled: a caller that hangs up does not get out of it.
        if (await accounts.FindAsync(id, CancellationToken.None) is not { } account) return new AccountEditResult.NotFound();
        var recorded = AuditEvent.OfAccountEdit(edit.Kind, account, by, time.Now(), (edit as AccountEdit.SetRoles)?.Roles);
        var result = await accounts.EditAsync(id, version, edit, recorded, by);
        if (result is AccountEditResult.Done { IsNews: true, SessionsEnded: var ended }) logger.AccountEdited(account.Name, edit.Kind, by.Name, ended);
        return result;
    }

    private async Task<AccountAddition> TryAddAsync(Account account, Author by, DateTimeOffset now)
    {
        var result = await accounts.TryAddAsync(account, AuditEvent.OfAccountEdit(AuditEventKind.AccountCreated, account, by, now, account.Roles), by);
        if (result == AccountAddition.Added) logger.AccountCreated(account.Name, by.Name);
        return result;
    }
}

/// <summary>A one-time password that was just given to an account.</summary>
/// <param name="SessionsEnded">How many could have been refreshed.</param>
public sealed record NewPassword(Account Account, OneTimePassword Password, long SessionsEnded);
