using System.Diagnostics;
using Bhiv.Application.Tokens;
using Bhiv.Domain;
using Bhiv.Domain.Accounts;
using Bhiv.Domain.Audit;
using Bhiv.Domain.Tokens;
using Microsoft.Extensions.Logging;

namespace Bhiv.Application.Accounts;

/// <summary>Changes the password of a person who is logged in and shows the present one: a stolen session alone changes nothing.</summary>
public sealed class PasswordChangeService(
    IAccountStore accounts,
    IPasswordHasher hasher,
    SessionReport sessions,
    PasswordCheck passwords,
    PasswordOptions options,
    TimeProvider time,
    ILogger<PasswordChangeService> logger)
{
    public async Task<PasswordChangeResult> ChangeAsync(
        AccessTokenClaims token, PlainTextPassword present, PlainTextPassword next, Caller caller, CancellationToken cancellationToken)
    {
        if (await sessions.FindCurrentAsync(token, cancellationToken) is not var (_, account)) return new PasswordChangeResult.SessionEnded();
        var name = AccountName.Of(account);
        // Before anything is spent on the present one.
        if (PasswordPolicy.Problem(next, present, name, options.MinimumLength) is { } problem) return new PasswordChangeResult.Unfit(problem);
        switch (await passwords.LookAsync(name, account, present, caller, cancellationToken))
        {
            case PasswordVerdict.Right(var right):
                using (right) return await ReplaceAsync(right, next, token.SessionId, caller, cancellationToken);
            case PasswordVerdict.Wrong:
                return new PasswordChangeResult.Refused();
            case PasswordVerdict.TurnedAway(var wait):
                return new PasswordChangeResult.TurnedAway(wait);
            default:
                throw new UnreachableException();
        }
    }

    private async Task<PasswordChangeResult> ReplaceAsync(
        RightPassword right, PlainTextPassword next, SessionId kept, Caller caller, CancellationToken cancellationToken)
    {
        var account = right.Account;
        var replacement = PasswordReplacement.Of(account, await hasher.HashAsync(next, cancellationToken), time.Now());
        switch (await accounts.TryReplacePasswordAsync(replacement, AuditEvent.OfPassword(account.Id, kept, caller, time.Now())))
        {
            case PasswordReplacementOutcome.Replaced:
                await right.SucceedAsync(replacement.ChangedAt);
                logger.PasswordChanged(account.Name, kept.Value, caller.Client.Value, caller.Address);
                return new PasswordChangeResult.Changed();
            case PasswordReplacementOutcome.AccountChanged:
                await right.RefuseAsync(FailedLoginReason.AccountChanged);
                return new PasswordChangeResult.Refused();
            case PasswordReplacementOutcome.SessionEnded:
                return new PasswordChangeResult.SessionEnded();
            default:
                throw new UnreachableException();
        }
    }
}

public abstract record PasswordChangeResult
{
    private PasswordChangeResult()
    {
    }

    /// <summary>And every other session of the account has ended.</summary>
    public sealed record Changed : PasswordChangeResult;

    /// <param name="Problem">What is wrong with the new one, as the end of a sentence that begins with its name.</param>
    public sealed record Unfit(string Problem) : PasswordChangeResult;

    /// <summary>The present password is wrong, or is so by now.</summary>
    public sealed record Refused : PasswordChangeResult;

    /// <summary>Too many failed before: the password was not looked at.</summary>
    /// <param name="Wait">After how long another attempt makes sense.</param>
    public sealed record TurnedAway(TimeSpan Wait) : PasswordChangeResult;

    /// <summary>The caller's session was ended in the meantime.</summary>
    public sealed record SessionEnded : PasswordChangeResult;
}
