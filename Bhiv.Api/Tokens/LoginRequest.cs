using Bhiv.Api.Accounts;
using Bhiv.Api.Http;
using Bhiv.Domain.Accounts;
using FluentValidation;

namespace Bhiv.Api.Tokens;

/// <summary>Who logs in.</summary>
// A class and not a record: a record would print the password.
public sealed class LoginRequest
{
    /// <summary>The account's name, compared without regard to case. No control characters.</summary>
    /// <example>admin</example>
    public string? Username { get; init; }

    /// <summary>The account's password. No control characters.</summary>
    /// <example>correct horse battery staple</example>
    public string? Password { get; init; }

    /// <summary>
    /// Takes the place of the password at this login; demanded where that is a one-time one. Any characters but control characters, 15 at the least
    /// (by default); none that is tried first, nor with the account's name or the service's in it, nor the password itself.
    /// </summary>
    /// <example>the kettle sang twice on sunday</example>
    public string? NewPassword { get; init; }
}

internal sealed class LoginRequestValidator : AbstractValidator<LoginRequest>
{
    public LoginRequestValidator()
    {
        RuleFor(login => login.Username).MustKeepTo(
            new Bounds { Required = true, MaximumLength = AccountName.MaximumLength },
            name => AccountName.TryCreate(name, out _, out var problem) ? null : problem);
        RuleFor(login => login.Password).MustBePassword();
        RuleFor(login => login.NewPassword).MustBePasswordOrAbsent();
    }
}
