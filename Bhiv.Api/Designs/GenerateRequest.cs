using System.Text.Json;
using Bhiv.Api.Http;
using Bhiv.Application.Designs;
using FluentValidation;

namespace Bhiv.Api.Designs;

/// <summary>What to design.</summary>
public sealed class GenerateRequest
{
    /// <summary>What to design, in a sentence.</summary>
    /// <example>Design a modern 5-story office building with steel frame and glass facade</example>
    public string? Prompt { get; init; }

    /// <summary>Optional: a style that goes before one that the prompt names.</summary>
    /// <example>industrial</example>
    public string? Style { get; init; }

    /// <summary>Optional: what the design has to keep to; kept as it is.</summary>
    /// <example>["No basement", "Two exits on each floor"]</example>
    public IReadOnlyList<string?>? Constraints { get; init; }

    /// <summary>Optional: facts about the site or the project, as names with text, numbers or booleans.</summary>
    /// <example>{"city": "Pune", "budget": 2500000, "corner_plot": true}</example>
    public IReadOnlyDictionary<string, JsonElement>? Context { get; init; }

    /// <summary>Once it is valid.</summary>
    internal DesignBrief ToBrief() => new(Prompt!)
    {
        Style = Style,
        Constraints = [.. (Constraints ?? []).Select(text => text!)],
        Context = (Context ?? new Dictionary<string, JsonElement>())
            .ToDictionary(fact => fact.Key, fact => fact.Value.ToString()),
    };
}

internal sealed class GenerateRequestValidator : AbstractValidator<GenerateRequest>
{
    private const int MaximumPromptLength = 2000;
    private const int MaximumCount = 50;
    private const int MaximumTextLength = 200;

    public GenerateRequestValidator()
    {
        RuleFor(request => request.Prompt)
            .NotEmpty().WithMessage("must not be empty.")
            .MaximumLength(MaximumPromptLength).WithMessage($"must be at most {MaximumPromptLength} characters.");
        RuleFor(request => request.Style)
            .MaximumLength(MaximumTextLength).WithMessage($"must be at most {MaximumTextLength} characters.");
        var several = new Bounds { MaximumCount = MaximumCount, MaximumLength = MaximumTextLength };
        RuleFor(request => request.Constraints).MustKeepTo(several, constraints =>
            constraints is null || (constraints.Count <= MaximumCount
                && constraints.All(text => !string.IsNullOrWhiteSpace(text) && text.Length <= MaximumTextLength))
                ? null
                : $"must be at most {MaximumCount} texts of 1 to {MaximumTextLength} characters.");
        RuleFor(request => request.Context).MustKeepTo(several, context =>
            context is null || (context.Count <= MaximumCount
                && context.All(fact => fact.Key.Length <= MaximumTextLength && IsPlain(fact.Value)))
                ? null
                : $"must be at most {MaximumCount} texts, numbers or booleans, each at most {MaximumTextLength} characters.");
    }

    private static bool IsPlain(JsonElement value) =>
        value.ValueKind is JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False
        && value.ToString().Length <= MaximumTextLength;
}
