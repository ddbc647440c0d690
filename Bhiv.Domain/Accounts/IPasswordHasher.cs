namespace Bhiv.Domain.Accounts;

/// <summary>
/// Hashes passwords, slowly on purpose. An implementation bounds how many hashes run at once, computes exactly one for
/// each call, and lets a caller give up only while it waits, never within a hash.
/// </summary>
public interface IPasswordHasher
{
    Task<PasswordHash> HashAsync(PlainTextPassword password, CancellationToken cancellationToken);

    /// <summary>
    /// Whether <paramref name="hash"/> was made from <paramref name="password"/>. With no hash (nobody has that name) the
    /// answer is no and costs the same: time must not tell which names exist.
    /// </summary>
    Task<bool> VerifyAsync(PlainTextPassword password, PasswordHash? hash, CancellationToken cancellationToken);
}
