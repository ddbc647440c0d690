using Bhiv.Domain.Accounts;
using FluentValidation;

namespace Bhiv.Api.Tokens;

// A class and not a record: a record would print the password.
public sealed class LoginRequest
{
    /// <summary>The account's name: 1 to 64 characters, compared without regard to case.</summary>
    public string? Username { get; init; }

    /// <summary>The account's password: 1 to 256 characters.</summary>
    public string? Password { get; init; }
}

internal sealed class LoginRequestValidator : AbstractValidator<LoginRequest>
{
    public LoginRequestValidator()
    {
        RuleFor(login => login.Username).Custom((name, context) =>
        {
            if (!AccountName.TryCreate(name, out _, out var problem)) context.AddFailure(problem);
        });
        RuleFor(login => login.Password).Custom((password, context) =>
        {
            if (!PlainTextPassword.TryCreate(password, out _, out var problem)) context.AddFailure(problem);
        });
    }
}
