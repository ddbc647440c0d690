using System.Diagnostics;
using Bhiv.Application.Throttling;
using Bhiv.Domain;
using Bhiv.Domain.Accounts;
using Bhiv.Domain.Audit;
using Bhiv.Domain.Monitoring;
using Bhiv.Domain.SigningKeys;
using Bhiv.Domain.Tokens;
using Microsoft.Extensions.Logging;

namespace Bhiv.Application.Accounts;

/// <summary>
/// Looks at a password, whatever it is demanded for: throttled, at the cost of one hash whatever is wrong with the name, and written down where it
/// is refused. There is no other way to try one.
/// </summary>
public sealed class PasswordCheck(
    IPasswordHasher hasher,
    PublishedPasswords published,
    IFailedLoginStore failedLogins,
    LoginThrottle throttle,
    SprayWatch sprays,
    Alarms alarms,
    SigningKeyRing keys,
    BhivMetrics metrics,
    TimeProvider time,
    ILogger<PasswordCheck> logger)
{
    /// <param name="account">Who has the name; null where nobody has.</param>
    public async Task<PasswordVerdict> LookAsync(
        AccountName name, Account? account, PlainTextPassword password, Caller caller, CancellationToken cancellationToken)
    {
        switch (await throttle.EnterAsync(name, account?.PasswordChangedAt, caller, cancellationToken))
        {
            case Admission.Admitted(var attempt):
                return await LookAsync(name, account, password, caller, attempt, cancellationToken);
            case Admission.TurnedAway(var wait):
                // Counted and not logged one by one: they cost a guesser nothing.
                var failure = Failure(FailedLoginReason.Throttled, name, account, caller);
                failedLogins.Count(failure);
                metrics.LoginRefused(failure.Reason);
                return new PasswordVerdict.TurnedAway(wait);
            default:
                throw new UnreachableException();
        }
    }

    private async Task<PasswordVerdict> LookAsync(
        AccountName name, Account? account, PlainTextPassword password, Caller caller, LoginAttempt attempt, CancellationToken cancellationToken)
    {
        var isRight = false;
        try
        {
            // One hash whatever is wrong with the name, and one row below: neither the answer nor its time tells which names exist.
            var verified = await hasher.VerifyAsync(password, account?.PasswordHash, attempt.IsFamiliar, cancellationToken);
            if (Flaw(account, password, verified, time.Now()) is { } flaw)
            {
                await RefuseAsync(flaw);
                return new PasswordVerdict.Wrong();
            }
            isRight = true;
            return new PasswordVerdict.Right(new RightPassword(account!, attempt, RefuseAsync));
        }
        finally
        {
            if (!isRight) attempt.Dispose();
        }

        Task RefuseAsync(FailedLoginReason reason) => this.RefuseAsync(Failure(reason, name, account, caller), attempt);
    }

    /// <summary>Why the password opens nothing, or null.</summary>
    private FailedLoginReason? Flaw(Account? account, PlainTextPassword password, bool verified, DateTimeOffset now) => account switch
    {
        null => FailedLoginReason.UnknownAccount,
        _ when !verified => FailedLoginReason.WrongPassword,
        { IsEnabled: false } => FailedLoginReason.AccountDisabled,
        _ when account.HasExpiredPassword(now) => FailedLoginReason.ExpiredPassword,
        _ when published.Contains(password) => FailedLoginReason.PublishedPassword,
        _ => null,
    };

    private async Task RefuseAsync(FailedLogin failure, LoginAttempt attempt)
    {
        var othersWait = await attempt.FailAsync();
        await failedLogins.AddAsync(failure);
        metrics.LoginRefused(failure.Reason);
        logger.LoginRefused(failure.Username, failure.Reason, failure.ClientId?.Value, failure.Address);
        if (sprays.IsSpray(failure) && alarms.IsDue(Alarm.PasswordSprayed)) logger.PasswordSprayed(failure.Address, SprayWatch.Names);
        if (othersWait && alarms.IsDue(Alarm.LoginsThrottled)) logger.LoginsThrottled(failure.Username, failure.Address);
    }

    private FailedLogin Failure(FailedLoginReason reason, AccountName name, Account? account, Caller caller) =>
        account is null
            ? FailedLogin.OfUnknown(reason, UnknownName.Of(name, keys.Active), caller, time.Now())
            : FailedLogin.OfAccount(account, reason, caller, time.Now());
}

public abstract record PasswordVerdict
{
    private PasswordVerdict()
    {
    }

    /// <param name="Password">To be disposed of, however it goes on.</param>
    public sealed record Right(RightPassword Password) : PasswordVerdict;

    /// <summary>Wrong, expired or published password, unknown name or disabled account: the caller is not told which, and all is written down.</summary>
    public sealed record Wrong : PasswordVerdict;

    /// <summary>Too many failed before: the password was not looked at.</summary>
    /// <param name="Wait">After how long another attempt makes sense.</param>
    public sealed record TurnedAway(TimeSpan Wait) : PasswordVerdict;
}

/// <summary>
/// A password that was found right, and is not decided on yet: meanwhile it keeps its place among the attempts. Disposed of undecided it counts
/// neither way.
/// </summary>
public sealed class RightPassword : IDisposable
{
    private readonly LoginAttempt attempt;
    private readonly Func<FailedLoginReason, Task> refuse;

    internal RightPassword(Account account, LoginAttempt attempt, Func<FailedLoginReason, Task> refuse) =>
        (Account, this.attempt, this.refuse) = (account, attempt, refuse);

    /// <summary>Whose it is, as the row was when the password was looked at.</summary>
    public Account Account { get; }

    /// <summary>What it opens is open: whoever gets an answer after this is known where he is.</summary>
    /// <param name="replacedAt">When the password was set that has taken its place, where one has.</param>
    public Task SucceedAsync(DateTimeOffset? replacedAt = null) => attempt.SucceedAsync(replacedAt);

    /// <summary>The account changed since: it is refused after all, as a wrong one is.</summary>
    public Task RefuseAsync(FailedLoginReason reason) => refuse(reason);

    public void Dispose() => attempt.Dispose();
}
