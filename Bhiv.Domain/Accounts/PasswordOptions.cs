namespace Bhiv.Domain.Accounts;

/// <summary>Section <c>Passwords</c>.</summary>
public sealed class PasswordOptions
{
    /// <summary>
    /// Fewest characters of a new password: 15 by default (NIST SP 800-63B, a password alone), 8 in Development.
    /// </summary>
    public int MinimumLength { get; init; } = 15;

    /// <summary>
    /// How many password hashes run at once; one per processor by default. More makes no login faster and takes 19 MiB each.
    /// </summary>
    public int ConcurrentHashes { get; init; } = Environment.ProcessorCount;
}
