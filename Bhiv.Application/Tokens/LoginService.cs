using System.Diagnostics;
using Bhiv.Application.Accounts;
using Bhiv.Application.Audit;
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
    IPasswordHasher hasher,
    ISessionStore sessions,
    ForbiddenAudit forbidden,
    TokenIssuer tokens,
    SigningKeyRing keys,
    TokenOptions policy,
    PasswordOptions options,
    BhivMetrics metrics,
    TimeProvider time,
    ILogger<LoginService> logger)
{
    /// <param name="next">Takes the place of the password at this login; where that is a one-time one there is no login without.</param>
    public async Task<LoginResult> LoginAsync(
        AccountName name, PlainTextPassword password, PlainTextPassword? next, Caller caller, CancellationToken cancellationToken)
    {
        // First: where no key can sign, that is the answer whatever is wrong with the name.
        var signing = keys.Active;
        // By what was sent alone: it is refused whether or not there is such an account.
        if (next is not null && PasswordPolicy.Problem(next, password, name, options.MinimumLength) is { } problem) return new LoginResult.Unfit(problem);
        var account = await accounts.FindByNameAsync(name, cancellationToken);
        switch (await passwords.LookAsync(name, account, password, caller, cancellationToken))
        {
            case PasswordVerdict.Right(var right):
                using (right) return await BeginAsync(right, password, next, caller, signing, cancellationToken);
            case PasswordVerdict.Wrong:
                return new LoginResult.Refused();
            case PasswordVerdict.TurnedAway(var wait):
                return new LoginResult.TurnedAway(wait);
            default:
                throw new UnreachableException();
        }
    }

    private async Task<LoginResult> BeginAsync(
        RightPassword right, PlainTextPassword password, PlainTextPassword? next, Caller caller, SigningKey signing, CancellationToken cancellationToken)
    {
        var account = right.Account;
        if (next is not null) return await BeginWithAsync(next, right, caller, signing, cancellationToken);
        if (account.OneTimePasswordUntil is not null)
        {
            logger.PasswordChangeRequired(account.Name, caller.Client.Value, caller.Address);
            await forbidden.RecordAsync("password_change_required", "login", account.Id, caller);
            return new LoginResult.PasswordChangeRequired();
        }
        var session = Session.Start(account, caller, signing.Id, policy, time.Now());
        switch (await sessions.TryAddAsync(session, cancellationToken))
        {
            case SessionAddition.Added:
                // Before the answer: whoever has it finds the way open.
                await right.SucceedAsync();
                await rehash.RunAsync(account, password, cancellationToken);
                return LoggedIn(session, account, caller);
            case SessionAddition.AccountChanged:
                await right.RefuseAsync(FailedLoginReason.AccountChanged);
                return new LoginResult.Refused();
            case SessionAddition.ApiKeyRevoked:
                return new LoginResult.ApiKeyRevoked();
            default:
                throw new UnreachableException();
        }
    }

    /// <summary>The other password and the session are one write: of two logins with a one-time password one is too late for both.</summary>
    private async Task<LoginResult> BeginWithAsync(
        PlainTextPassword next, RightPassword right, Caller caller, SigningKey signing, CancellationToken cancellationToken)
    {
        var account = right.Account;
        var replacement = PasswordReplacement.Of(account, await hasher.HashAsync(next, cancellationToken), time.Now());
        var session = Session.Start(account, caller, signing.Id, policy, time.Now());
        switch (await accounts.TryReplacePasswordAsync(replacement, AuditEvent.OfPassword(account.Id, session.Id, caller, time.Now()), session))
        {
            case PasswordReplacementOutcome.Replaced:
                await right.SucceedAsync(replacement.ChangedAt);
                logger.PasswordChanged(account.Name, session.Id.Value, caller.Client.Value, caller.Address);
                return LoggedIn(session, account, caller);
            case PasswordReplacementOutcome.AccountChanged:
                await right.RefuseAsync(FailedLoginReason.AccountChanged);
                return new LoginResult.Refused();
            case PasswordReplacementOutcome.ApiKeyRevoked:
                return new LoginResult.ApiKeyRevoked();
            default:
                throw new UnreachableException();
        }
    }

    private LoginResult.LoggedIn LoggedIn(Session session, Account account, Caller caller)
    {
        metrics.LoginSucceeded();
        logger.LoginSucceeded(account.Name, caller.Client.Value, session.Id.Value);
        return new LoginResult.LoggedIn(tokens.Issue(session, account));
    }
}

public abstract record LoginResult
{
    private LoginResult()
    {
    }

    public sealed record LoggedIn(TokenPair Tokens) : LoginResult;

    /// <summary>Wrong or expired password, unknown name or disabled account: the caller is not told which.</summary>
    public sealed record Refused : LoginResult;

    /// <param name="Problem">What is wrong with the password that was to be set, as the end of a sentence that begins with its name.</param>
    public sealed record Unfit(string Problem) : LoginResult;

    /// <summary>The password is right and a one-time one, and comes without another. Nothing of it is spent.</summary>
    public sealed record PasswordChangeRequired : LoginResult;

    /// <summary>Too many failed before: the password was not looked at.</summary>
    /// <param name="Wait">After how long another attempt makes sense.</param>
    public sealed record TurnedAway(TimeSpan Wait) : LoginResult;

    /// <summary>The caller's key was revoked since it was accepted, or its client disabled. Nothing is wrong with name and password.</summary>
    public sealed record ApiKeyRevoked : LoginResult;
}
