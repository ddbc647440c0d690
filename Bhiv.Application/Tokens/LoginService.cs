using System.Diagnostics;
using Bhiv.Application.Throttling;
using Bhiv.Domain;
using Bhiv.Domain.Accounts;
using Bhiv.Domain.Audit;
using Bhiv.Domain.Monitoring;
using Bhiv.Domain.SigningKeys;
using Bhiv.Domain.Tokens;
using Microsoft.Extensions.Logging;

namespace Bhiv.Application.Tokens;

/// <summary>Turns a name and a password into a session.</summary>
public sealed class LoginService(
    IAccountStore accounts,
    IPasswordHasher hasher,
    ISessionStore sessions,
    IFailedLoginStore failedLogins,
    LoginThrottle throttle,
    TokenIssuer tokens,
    SprayWatch sprays,
    Alarms alarms,
    SigningKeyRing keys,
    TokenOptions policy,
    BhivMetrics metrics,
    TimeProvider time,
    ILogger<LoginService> logger)
{
    public async Task<LoginResult> LoginAsync(
        AccountName name, PlainTextPassword password, Caller caller, CancellationToken cancellationToken)
    {
        // First: where no key can sign, that is the answer whatever is wrong with the name.
        var signing = keys.Active;
        var account = await accounts.FindByNameAsync(name, cancellationToken);
        switch (await throttle.EnterAsync(name, caller, cancellationToken))
        {
            case Admission.Admitted(var attempt):
                using (attempt) return await AttemptAsync(name, account, password, caller, signing, attempt, cancellationToken);
            case Admission.TurnedAway(var wait):
                return TurnAway(Failure(FailedLoginReason.Throttled, name, account, caller, signing), wait);
            default:
                throw new UnreachableException();
        }
    }

    private async Task<LoginResult> AttemptAsync(
        AccountName name, Account? account, PlainTextPassword password, Caller caller, SigningKey signing, LoginAttempt attempt,
        CancellationToken cancellationToken)
    {
        // One hash whatever is wrong with the name, and one row below: neither the answer nor its time tells which names exist.
        var verified = await hasher.VerifyAsync(password, account?.PasswordHash, attempt.IsFamiliar, cancellationToken);
        if (Flaw(account, verified) is { } flaw) return await RefuseAsync(flaw);

        // Before the session: whoever has this answer finds the way open.
        await attempt.SucceedAsync();
        var session = Session.Start(account!, caller, signing.Id, policy, time.Now());
        switch (await sessions.TryAddAsync(session, cancellationToken))
        {
            case SessionAddition.Added:
                metrics.LoginSucceeded();
                logger.LoginSucceeded(account!.Name, caller.Client.Value, session.Id.Value);
                return new LoginResult.LoggedIn(tokens.Issue(session, account));
            case SessionAddition.AccountChanged:
                return await RefuseAsync(FailedLoginReason.AccountChanged);
            case SessionAddition.ApiKeyRevoked:
                return new LoginResult.ApiKeyRevoked();
            default:
                throw new UnreachableException();
        }

        Task<LoginResult> RefuseAsync(FailedLoginReason reason) =>
            this.RefuseAsync(Failure(reason, name, account, caller, signing), attempt);
    }

    /// <summary>Why the account is not logged in to, or null.</summary>
    private static FailedLoginReason? Flaw(Account? account, bool verified) => account switch
    {
        null => FailedLoginReason.UnknownAccount,
        _ when !verified => FailedLoginReason.WrongPassword,
        { IsEnabled: false } => FailedLoginReason.AccountDisabled,
        _ => null,
    };

    private async Task<LoginResult> RefuseAsync(FailedLogin failure, LoginAttempt attempt)
    {
        var othersWait = await attempt.FailAsync();
        await failedLogins.AddAsync(failure);
        metrics.LoginRefused(failure.Reason);
        logger.LoginRefused(failure.Username, failure.Reason, failure.ClientId?.Value, failure.Address);
        if (sprays.IsSpray(failure) && alarms.IsDue(Alarm.PasswordSprayed)) logger.PasswordSprayed(failure.Address, SprayWatch.Names);
        if (othersWait && alarms.IsDue(Alarm.LoginsThrottled)) logger.LoginsThrottled(failure.Username, failure.Address);
        return new LoginResult.Refused();
    }

    private LoginResult.TurnedAway TurnAway(FailedLogin failure, TimeSpan wait)
    {
        // Counted and not logged one by one: they cost a guesser nothing.
        failedLogins.Count(failure);
        metrics.LoginRefused(failure.Reason);
        return new LoginResult.TurnedAway(wait);
    }

    private FailedLogin Failure(FailedLoginReason reason, AccountName name, Account? account, Caller caller, SigningKey signing) =>
        account is null
            ? FailedLogin.OfUnknown(reason, UnknownName.Of(name, signing), caller, time.Now())
            : FailedLogin.OfAccount(account, reason, caller, time.Now());
}

public abstract record LoginResult
{
    private LoginResult()
    {
    }

    public sealed record LoggedIn(TokenPair Tokens) : LoginResult;

    /// <summary>Wrong password, unknown name or disabled account: the caller is not told which.</summary>
    public sealed record Refused : LoginResult;

    /// <summary>Too many failed before: the password was not looked at.</summary>
    /// <param name="Wait">After how long another attempt makes sense.</param>
    public sealed record TurnedAway(TimeSpan Wait) : LoginResult;

    /// <summary>The caller's key was revoked since it was accepted, or its client disabled. Nothing is wrong with name and password.</summary>
    public sealed record ApiKeyRevoked : LoginResult;
}
