namespace Bhiv.Domain.Accounts;

/// <summary>
/// Passwords that anybody can read: they open no account, whoever gave it one. No new password is one (<see cref="PasswordPolicy"/>); an account
/// that ran in Development may have kept its own.
/// </summary>
public sealed class PublishedPasswords(IReadOnlyList<PlainTextPassword> all)
{
    public bool Contains(PlainTextPassword password) => all.Any(password.IsSameAs);
}
