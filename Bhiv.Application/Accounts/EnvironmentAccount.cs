using Bhiv.Domain;
using Bhiv.Domain.Accounts;
using Microsoft.Extensions.Logging;

namespace Bhiv.Application.Accounts;

/// <summary>
/// The account that <c>DEMO_USERNAME</c> and <c>DEMO_PASSWORD</c> name. The environment is applied once for each value: a
/// password that was changed since stays changed, and a restart ends nobody's session.
/// </summary>
public sealed class EnvironmentAccount(
    IAccountStore accounts, IPasswordHasher hasher, TimeProvider time, ILogger<EnvironmentAccount> logger)
{
    public async Task ApplyAsync(AccountName name, PlainTextPassword password, CancellationToken cancellationToken)
    {
        var present = await accounts.FindEnvironmentAccountAsync(cancellationToken);
        if (present?.NameKey == name.Key
            && await hasher.VerifyAsync(password, present.EnvironmentPasswordHash, isUrgent: true, cancellationToken))
            return;

        var now = time.Now();
        var hash = await hasher.HashAsync(password, cancellationToken);
        await accounts.ApplyEnvironmentAccountAsync(Account.FromEnvironment(name, hash, now), now, cancellationToken);
        logger.EnvironmentAccountApplied(name.Value);
        if (present is not null && present.NameKey != name.Key) logger.FormerEnvironmentAccountDisabled(present.Name);
    }

    /// <summary>
    /// The name of an administrator who has one of <paramref name="passwords"/>, if there is one: an account that the environment made
    /// once, since nobody else can set such a password. Of the one whose password is the environment's nothing need be hashed: that is judged as it
    /// stands there.
    /// </summary>
    public async Task<string?> FindAdministratorWithAsync(
        IReadOnlyList<PlainTextPassword> passwords, CancellationToken cancellationToken)
    {
        foreach (var account in await accounts.ListAdministratorsAsync(cancellationToken))
        {
            if (account.PasswordHash == account.EnvironmentPasswordHash) continue;
            foreach (var password in passwords)
            {
                if (await hasher.VerifyAsync(password, account.PasswordHash, isUrgent: true, cancellationToken)) return account.Name;
            }
        }
        return null;
    }
}
