using Bhiv.Domain.Audit;

namespace Bhiv.Domain.Accounts;

/// <summary>What an administrator does to an account.</summary>
/// <param name="Kind">What it is recorded as.</param>
/// <param name="EndsSessions">Whether from then on no token of the account is accepted.</param>
public abstract record AccountEdit(AuditEventKind Kind, bool EndsSessions)
{
    /// <summary>The account as it is then; the same where there is nothing to do, and null where it is gone.</summary>
    public abstract Account? Apply(Account account, DateTimeOffset now);

    public sealed record Disable() : AccountEdit(AuditEventKind.AccountDisabled, EndsSessions: true)
    {
        public override Account Apply(Account account, DateTimeOffset now) => account.IsEnabled ? account with { DisabledAt = now } : account;
    }

    /// <summary>With the password that it had. Sessions that were ended stay so.</summary>
    public sealed record Enable() : AccountEdit(AuditEventKind.AccountEnabled, EndsSessions: false)
    {
        public override Account Apply(Account account, DateTimeOffset now) => account with { DisabledAt = null };
    }

    /// <param name="Roles">In place of those that it has.</param>
    public sealed record SetRoles(IReadOnlyList<string> Roles) : AccountEdit(AuditEventKind.AccountRolesChanged, EndsSessions: false)
    {
        public override Account Apply(Account account, DateTimeOffset now) =>
            account.Roles.ToHashSet().SetEquals(Roles) ? account : account with { Roles = Roles };
    }

    /// <summary>A one-time password takes the place of the one that it has.</summary>
    public sealed record ResetPassword(PasswordHash Hash) : AccountEdit(AuditEventKind.AccountPasswordReset, EndsSessions: true)
    {
        public override Account Apply(Account account, DateTimeOffset now) => account with
        {
            PasswordHash = Hash,
            PasswordChangedAt = account.NextPasswordChange(now),
            OneTimePasswordUntil = now + OneTimePassword.Lifetime,
        };
    }

    /// <summary>What was recorded of it stays.</summary>
    public sealed record Delete() : AccountEdit(AuditEventKind.AccountDeleted, EndsSessions: true)
    {
        public override Account? Apply(Account account, DateTimeOffset now) => null;
    }
}

/// <summary>What became of an edit.</summary>
public abstract record AccountEditResult
{
    private AccountEditResult()
    {
    }

    /// <param name="Account">As it is now; as it last was where it is gone.</param>
    /// <param name="SessionsEnded">How many could have been refreshed.</param>
    /// <param name="IsNews">False where it was so before, and nothing was written.</param>
    public sealed record Done(Account Account, long SessionsEnded, bool IsNews = true) : AccountEditResult;

    public sealed record NotFound : AccountEditResult;

    /// <summary>It is of another version than the administrator has seen, and nothing was changed.</summary>
    /// <param name="Version">The one that it is of.</param>
    public sealed record Outdated(long Version) : AccountEditResult;

    /// <summary>Nobody would be left who can administer, and nothing was changed.</summary>
    public sealed record LastAdministrator : AccountEditResult;

    /// <summary>It is the account that the environment manages, which would make it anew at the next start.</summary>
    public sealed record OfEnvironment : AccountEditResult;

    /// <summary>It is the account of the administrator who asks.</summary>
    public sealed record OfOneself : AccountEditResult;

    /// <summary>Whoever asks was let in, and is no administrator any more: somebody was quicker.</summary>
    public sealed record NotAdministrator : AccountEditResult;
}

/// <summary>What became of a new account.</summary>
public enum AccountAddition
{
    Added,
    NameTaken,

    /// <summary>As <see cref="AccountEditResult.NotAdministrator"/>.</summary>
    NotAdministrator,
}
