using System.Diagnostics;
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
        // One hash whatever is wrong with the name, and one row below: neither the answer nor its time tells which names exist.
        var verified = await hasher.VerifyAsync(password, account?.PasswordHash, cancellationToken);

        var now = time.Now();
        if (account is null)
            return await RefuseAsync(FailedLogin.OfUnknown(UnknownName.Of(name, signing), caller, now));
        if (!verified)
            return await RefuseAsync(FailedLogin.OfAccount(account, FailedLoginReason.WrongPassword, caller, now));

        if (!account.IsEnabled)
            return await RefuseAsync(FailedLogin.OfAccount(account, FailedLoginReason.AccountDisabled, caller, now));

        var session = Session.Start(account, caller, signing.Id, policy, now);
        switch (await sessions.TryAddAsync(session, cancellationToken))
        {
            case SessionAddition.Added:
                metrics.LoginSucceeded();
                logger.LoginSucceeded(account.Name, caller.Client.Value, session.Id.Value);
                return new LoginResult.LoggedIn(tokens.Issue(session, account));
            case SessionAddition.AccountChanged:
                return await RefuseAsync(FailedLogin.OfAccount(account, FailedLoginReason.AccountChanged, caller, now));
            case SessionAddition.ApiKeyRevoked:
                return new LoginResult.ApiKeyRevoked();
            default:
                throw new UnreachableException();
        }
    }

    private async Task<LoginResult> RefuseAsync(FailedLogin failure)
    {
        await failedLogins.AddAsync(failure);
        metrics.LoginRefused(failure.Reason);
        logger.LoginRefused(failure.Username, failure.Reason, failure.ClientId?.Value, failure.Address);
        if (sprays.IsSpray(failure) && alarms.IsDue(Alarm.PasswordSprayed)) logger.PasswordSprayed(failure.Address, SprayWatch.Names);
        return new LoginResult.Refused();
    }
}

public abstract record LoginResult
{
    private LoginResult()
    {
    }

    public sealed record LoggedIn(TokenPair Tokens) : LoginResult;

    /// <summary>Wrong password, unknown name or disabled account: the caller is not told which.</summary>
    public sealed record Refused : LoginResult;

    /// <summary>The caller's key was revoked since it was accepted, or its client disabled. Nothing is wrong with name and password.</summary>
    public sealed record ApiKeyRevoked : LoginResult;
}
