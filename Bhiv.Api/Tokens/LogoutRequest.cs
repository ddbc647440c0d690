using FluentValidation;

namespace Bhiv.Api.Tokens;

public sealed class LogoutRequest
{
    public const string All = "all";
    public const string Others = "others";

    /// <summary><c>all</c> for every session of the account, <c>others</c> for all but this one; this one alone by default.</summary>
    public string? Scope { get; init; }
}

internal sealed class LogoutRequestValidator : AbstractValidator<LogoutRequest>
{
    public LogoutRequestValidator() =>
        RuleFor(logout => logout.Scope)
            .Must(scope => scope is null or LogoutRequest.All or LogoutRequest.Others)
            .WithMessage("must be all or others.");
}
