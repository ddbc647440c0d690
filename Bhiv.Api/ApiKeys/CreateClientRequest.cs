using FluentValidation;

namespace Bhiv.Api.ApiKeys;

/// <summary>A new client.</summary>
public sealed class CreateClientRequest
{
    /// <summary>What it is called from now on: small letters and digits, and between them dots, dashes and underscores.</summary>
    /// <example>mobile</example>
    public string? ClientId { get; init; }
}

internal sealed class CreateClientRequestValidator : AbstractValidator<CreateClientRequest>
{
    public CreateClientRequestValidator() => RuleFor(request => request.ClientId).MustBeClientId();
}
