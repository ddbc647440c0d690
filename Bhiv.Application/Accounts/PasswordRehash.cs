using Bhiv.Domain;
using Bhiv.Domain.Accounts;
using Microsoft.Extensions.Logging;

namespace Bhiv.Application.Accounts;

/// <summary>
/// Brings the stored hash of a password to the cost of today, when somebody has just shown the password: at no other time is it known. It is no
/// change of the password: no session ends.
/// </summary>
public sealed class PasswordRehash(IAccountStore accounts, IPasswordHasher hasher, ILogger<PasswordRehash> logger)
{
    /// <summary>Where it cannot be done now, the next login does it: nobody is refused for it.</summary>
    /// <param name="password">Which was found right.</param>
    public async Task RunAsync(Account account, PlainTextPassword password, CancellationToken cancellationToken)
    {
        if (!hasher.IsOutdated(account.PasswordHash)) return;
        try
        {
            var hash = await hasher.HashAsync(password, cancellationToken);
            // Whoever changed the password meanwhile, or was quicker with the same, wins.
            if (await accounts.TryRehashAsync(account.Id, account.PasswordHash, hash, cancellationToken)) logger.PasswordRehashed(account.Name);
        }
        catch (Exception fault) when (fault is OverloadedException or StoreUnavailableException)
        {
            logger.PasswordRehashPutOff(account.Name);
        }
    }
}
