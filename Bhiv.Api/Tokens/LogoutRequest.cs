using Bhiv.Api.Http;
using FluentValidation;

namespace Bhiv.Api.Tokens;

/// <summary>Which sessions end.</summary>
public sealed class LogoutRequest
{
    public const string All = "all";
    public const string Others = "others";

    /// <summary><c>all</c> for every session of the account, <c>others</c> for all but this one; this one alone by default.</summary>
    /// <example>others</example>
    public string? Scope { get; init; }
}

internal sealed class LogoutRequestValidator : AbstractValidator<LogoutRequest>
{
    public LogoutRequestValidator() =>
        RuleFor(logout => logout.Scope).MustBeOneOf(LogoutRequest.All, LogoutRequest.Others);
}
