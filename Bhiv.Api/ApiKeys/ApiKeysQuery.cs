using Bhiv.Domain.ApiKeys;
using FluentValidation;
using Microsoft.AspNetCore.Mvc;

namespace Bhiv.Api.ApiKeys;

public sealed class ApiKeysQuery
{
    /// <summary>Of this client.</summary>
    /// <example>mobile</example>
    [FromQuery(Name = "client_id")]
    public string? ClientId { get; init; }

    internal ClientId? ToClient() => ClientId is null ? null : new ClientId(ClientId);
}

internal sealed class ApiKeysQueryValidator : AbstractValidator<ApiKeysQuery>
{
    public ApiKeysQueryValidator() => RuleFor(query => query.ClientId).MustBeClientIdOrAbsent();
}
