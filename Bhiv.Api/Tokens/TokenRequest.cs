using FluentValidation;

namespace Bhiv.Api.Tokens;

// A class and not a record: a record would print the token.
public sealed class TokenRequest
{
    /// <summary>An access or a refresh token.</summary>
    public string? Token { get; init; }

    /// <summary><c>access_token</c> or <c>refresh_token</c>. A token says itself what it is, and the hint changes nothing.</summary>
    public string? TokenTypeHint { get; init; }
}

internal sealed class TokenRequestValidator : AbstractValidator<TokenRequest>
{
    public TokenRequestValidator() => RuleFor(request => request.Token).NotEmpty().WithMessage("must not be empty.");
}
