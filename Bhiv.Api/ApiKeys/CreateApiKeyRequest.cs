using System.Globalization;
using Bhiv.Api.Http;
using Bhiv.Application.ApiKeys;
using Bhiv.Domain.ApiKeys;
using FluentValidation;

namespace Bhiv.Api.ApiKeys;

/// <summary>A new API key.</summary>
public sealed class CreateApiKeyRequest
{
    /// <summary>Whose it is.</summary>
    /// <example>default</example>
    public string? ClientId { get; init; }

    /// <summary>What it may be used for.</summary>
    /// <example>["auth", "generate"]</example>
    public IReadOnlyList<string?>? Scopes { get; init; }

    /// <summary>Optional: after how many days it expires; otherwise what the service is set to (30 by default).</summary>
    /// <example>30</example>
    public int? ExpiresInDays { get; init; }

    /// <summary>Once it is valid.</summary>
    internal ClientId ToClient() => new(ClientId!);

    /// <summary>Once it is valid.</summary>
    internal Scopes ToScopes() => ScopesText.OfKnown(string.Join(' ', Scopes!));

    /// <summary>Once it is valid.</summary>
    internal TimeSpan? ToLifetime() => ExpiresInDays is { } days ? TimeSpan.FromDays(days) : null;
}

internal sealed class CreateApiKeyRequestValidator : AbstractValidator<CreateApiKeyRequest>
{
    private static readonly IReadOnlyList<string> Words = Scopes.All.ToWords();

    public CreateApiKeyRequestValidator()
    {
        RuleFor(request => request.ClientId).MustBeClientId();
        RuleFor(request => request.Scopes).MustKeepTo(
            new Bounds { Required = true, MaximumCount = Words.Count, Values = Words }, FindProblem);
        RuleFor(request => request.ExpiresInDays).MustBeBetween(1, ApiKeyAdministration.MaximumDays);
    }

    /// <summary>What is no scope is named by its place: what a caller sent is not repeated, and it may be a key.</summary>
    private static string? FindProblem(IReadOnlyList<string?>? scopes)
    {
        var rule = string.Create(CultureInfo.InvariantCulture, $"must be 1 to {Words.Count} of {string.Join(", ", Words)}");
        if (scopes is null || scopes.Count == 0 || scopes.Count > Words.Count) return rule + ".";
        var unknown = scopes.Index().FirstOrDefault(scope => !Words.Contains(scope.Item), (Index: -1, Item: null)).Index;
        return unknown < 0 ? null : string.Create(CultureInfo.InvariantCulture, $"{rule}; scopes[{unknown}] is none of them.");
    }
}
