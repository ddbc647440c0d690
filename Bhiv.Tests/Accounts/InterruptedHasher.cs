using Bhiv.Domain.Accounts;

namespace Bhiv.Tests.Accounts;

/// <summary>Lets something happen at the moments when a password is being worked on, and counts them.</summary>
internal sealed class InterruptedHasher(IPasswordHasher hasher) : IPasswordHasher
{
    private int looks;

    public int Hashes { get; set; }

    public int Looks => Volatile.Read(ref looks);

    public Func<Task>? WhileHashing { get; set; }

    public Func<Task>? AfterLook { get; set; }

    public async Task<PasswordHash> HashAsync(PlainTextPassword password, CancellationToken cancellationToken)
    {
        Hashes++;
        if (WhileHashing is not null) await WhileHashing();
        return await hasher.HashAsync(password, cancellationToken);
    }

    public async Task<bool> VerifyAsync(PlainTextPassword password, PasswordHash? hash, bool isUrgent, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref looks);
        var verified = await hasher.VerifyAsync(password, hash, isUrgent, cancellationToken);
        if (AfterLook is not null) await AfterLook();
        return verified;
    }

    public bool IsOutdated(PasswordHash hash) => hasher.IsOutdated(hash);
}
