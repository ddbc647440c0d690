using System.Diagnostics;
using Bhiv.Application.Accounts;
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
    PasswordCheck passwords,
    PasswordRehash rehash,
    ISessionStore sessions,
    TokenIssuer tokens,
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
        switch (await passwords.LookAsync(name, account, password, caller, cancellationToken))
        {
            case PasswordVerdict.Right(var right):
                using (right) return await BeginAsync(right, password, caller, signing, cancellationToken);
            case PasswordVerdict.Wrong:
                return new LoginResult.Refused();
            case PasswordVerdict.TurnedAway(var wait):
                return new LoginResult.TurnedAway(wait);
            default:
                throw new UnreachableException();
        }
    }

    private async Task<LoginResult> BeginAsync(
        RightPassword right, PlainTextPassword password, Caller caller, SigningKey signing, CancellationToken cancellationToken)
    {
        var account = right.Account;
        // Before the session: whoever has this answer finds the way open.
        await right.SucceedAsync();
        var session = Session.Start(account, caller, signing.Id, policy, time.Now());
        switch (await sessions.TryAddAsync(session, cancellationToken))
        {
            case SessionAddition.Added:
                metrics.LoginSucceeded();
                logger.LoginSucceeded(account.Name, caller.Client.Value, session.Id.Value);
                await rehash.RunAsync(account, password, cancellationToken);
                return new LoginResult.LoggedIn(tokens.Issue(session, account));
            case SessionAddition.AccountChanged:
                await right.RefuseAsync(FailedLoginReason.AccountChanged);
                return new LoginResult.Refused();
            case SessionAddition.ApiKeyRevoked:
                return new LoginResult.ApiKeyRevoked();
            default:
                throw new UnreachableException();
        }
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

    /// <summary>Too many failed before: the password was not looked at.</summary>
    /// <param name="Wait">After how long another attempt makes sense.</param>
    public sealed record TurnedAway(TimeSpan Wait) : LoginResult;

    /// <summary>The caller's key was revoked since it was accepted, or its client disabled. Nothing is wrong with name and password.</summary>
    public sealed record ApiKeyRevoked : LoginResult;
}
