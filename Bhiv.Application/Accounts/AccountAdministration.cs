using Bhiv.Domain;
using Bhiv.Domain.Accounts;

namespace Bhiv.Application.Accounts;

/// <summary>Makes accounts for whoever runs the service.</summary>
public sealed class AccountAdministration(IAccountStore accounts, IPasswordHasher hasher, TimeProvider time)
{
    /// <summary>False: the name is taken.</summary>
    public async Task<bool> TryAddAsync(
        AccountName name, PlainTextPassword password, IReadOnlyList<string> roles, CancellationToken cancellationToken) =>
        await accounts.TryAddAsync(
            Account.Create(name, await hasher.HashAsync(password, cancellationToken), roles, time.Now()), cancellationToken);
}
