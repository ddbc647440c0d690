using FluentValidation;

namespace Bhiv.Api.Tokens;

/// <summary>What is refreshed.</summary>
// A class and not a record: a record would print the token.
public sealed class RefreshRequest
{
    /// <summary>The newest refresh token of the session.</summary>
    /// <example>eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.e30.fV8bMlDrBzY1kGkX0zX4G8m2mZxwqkPdJ7hQ1sYw3nE</example>
    public string? RefreshToken { get; init; }
}

internal sealed class RefreshRequestValidator : AbstractValidator<RefreshRequest>
{
    // Its length is the reader's affair: what is too long is no refresh token.
    public RefreshRequestValidator() => RuleFor(refresh => refresh.RefreshToken).NotEmpty().WithMessage("must not be empty.");
}
