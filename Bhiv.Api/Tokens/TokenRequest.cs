using FluentValidation;

namespace Bhiv.Api.Tokens;

/// <summary>The token that is meant (RFC 7009 §2.1, RFC 7662 §2.1).</summary>
// A class and not a record: a record would print the token.
public sealed class TokenRequest
{
    /// <summary>An access or a refresh token.</summary>
    /// <example>eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.e30.fV8bMlDrBzY1kGkX0zX4G8m2mZxwqkPdJ7hQ1sYw3nE</example>
    public string? Token { get; init; }

    /// <summary><c>access_token</c> or <c>refresh_token</c>. A token says itself what it is, and the hint changes nothing.</summary>
    /// <example>refresh_token</example>
    public string? TokenTypeHint { get; init; }
}

internal sealed class TokenRequestValidator : AbstractValidator<TokenRequest>
{
    public TokenRequestValidator() => RuleFor(request => request.Token).NotEmpty().WithMessage("must not be empty.");
}
