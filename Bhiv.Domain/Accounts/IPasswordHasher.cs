namespace Bhiv.Domain.Accounts;

/// <summary>
/// Hashes passwords, slowly on purpose. An implementation bounds how many hashes run at once, computes exactly one for
/// each call, and lets a caller give up only while it waits, never within a hash.
/// </summary>
public interface IPasswordHasher
{
    /// <exception cref="OverloadedException">Too many wait already, and nothing was computed.</exception>
    Task<PasswordHash> HashAsync(PlainTextPassword password, CancellationToken cancellationToken);

    /// <summary>
    /// Whether <paramref name="hash"/> was made from <paramref name="password"/>. With no hash (nobody has that name) the
    /// answer is no and costs the same: time must not tell which names exist.
    /// </summary>
    /// <param name="isUrgent">Goes before most that is not: strangers who flood the service do not keep its people out.</param>
    /// <exception cref="OverloadedException">Too many wait already, and nothing was computed.</exception>
    Task<bool> VerifyAsync(PlainTextPassword password, PasswordHash? hash, bool isUrgent, CancellationToken cancellationToken);

    /// <summary>Whether a hash that is made today is made at another cost, or in another way.</summary>
    bool IsOutdated(PasswordHash hash);
}
