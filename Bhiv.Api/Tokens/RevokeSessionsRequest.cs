using Bhiv.Api.ApiKeys;
using Bhiv.Api.Http;
using FluentValidation;

namespace Bhiv.Api.Tokens;

/// <summary>Which sessions end: one of these.</summary>
public sealed class RevokeSessionsRequest
{
    /// <summary>This one.</summary>
    /// <example>01993f1c-8e4b-7a90-8d15-6b7c93e0f528</example>
    public string? SessionId { get; init; }

    /// <summary>All of this account.</summary>
    /// <example>01993f1c-7d2a-7c31-9b0e-3f6a52c8d417</example>
    public string? AccountId { get; init; }

    /// <summary>All that this client began, whoever logged in.</summary>
    /// <example>mobile</example>
    public string? ClientId { get; init; }

    /// <summary><c>true</c>: all there are, the caller's own too.</summary>
    /// <example>true</example>
    public bool? All { get; init; }
}

internal sealed class RevokeSessionsRequestValidator : AbstractValidator<RevokeSessionsRequest>
{
    private const string Uuid = "must be a UUID.";

    public RevokeSessionsRequestValidator()
    {
        RuleFor(request => request.SessionId).MustKeepTo(
            new Bounds { Formats = ["uuid"] }, id => id is null || Domain.Tokens.SessionId.TryParse(id, out _) ? null : Uuid);
        RuleFor(request => request.AccountId).MustKeepTo(
            new Bounds { Formats = ["uuid"] }, id => id is null || Domain.Accounts.AccountId.TryParse(id, out _) ? null : Uuid);
        RuleFor(request => request.ClientId).MustBeClientIdOrAbsent();
        RuleFor(request => request.All).Must(all => all is not false).WithMessage("must be true, or left out.");
        RuleFor(request => request.All)
            .Must((request, _) => new object?[] { request.SessionId, request.AccountId, request.ClientId, request.All }.Count(it => it is not null) == 1)
            .WithMessage("must be the only one, or one of session_id, account_id and client_id must be given instead.");
    }
}
