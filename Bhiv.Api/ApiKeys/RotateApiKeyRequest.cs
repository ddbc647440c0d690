using Bhiv.Api.Http;
using Bhiv.Application.ApiKeys;
using FluentValidation;

namespace Bhiv.Api.ApiKeys;

/// <summary>How an API key is rotated.</summary>
public sealed class RotateApiKeyRequest
{
    /// <summary>Optional: for how many days the old one stays good, unless it expires sooner.</summary>
    /// <example>7</example>
    public int? OverlapDays { get; init; }

    /// <summary>Once it is valid.</summary>
    internal TimeSpan? ToOverlap() => OverlapDays is { } days ? TimeSpan.FromDays(days) : null;
}

internal sealed class RotateApiKeyRequestValidator : AbstractValidator<RotateApiKeyRequest>
{
    public RotateApiKeyRequestValidator() => RuleFor(request => request.OverlapDays).MustBeBetween(1, ApiKeyAdministration.MaximumDays);
}
