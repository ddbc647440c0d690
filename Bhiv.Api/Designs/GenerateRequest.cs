using System.Text.Json;
using Bhiv.Application.Designs;
using FluentValidation;

namespace Bhiv.Api.Designs;

public sealed class GenerateRequest
{
    /// <summary>What to design, in a sentence: 1 to 2000 characters.</summary>
    public string? Prompt { get; init; }

    /// <summary>Optional: a style that goes before one that the prompt names.</summary>
    public string? Style { get; init; }

    /// <summary>Optional: what the design has to keep to; at most 50, each at most 200 characters.</summary>
    public IReadOnlyList<string?>? Constraints { get; init; }

    /// <summary>Optional: facts about the site or the project, as names with text, numbers or booleans; at most 50.</summary>
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
            .Must(prompt => !string.IsNullOrWhiteSpace(prompt)).WithMessage("must not be empty.")
            .MaximumLength(MaximumPromptLength).WithMessage($"must be at most {MaximumPromptLength} characters.");
        RuleFor(request => request.Style)
            .MaximumLength(MaximumTextLength).WithMessage($"must be at most {MaximumTextLength} characters.");
        RuleFor(request => request.Constraints)
            .Must(constraints => constraints is null || (constraints.Count <= MaximumCount
                && constraints.All(text => !string.IsNullOrWhiteSpace(text) && text.Length <= MaximumTextLength)))
            .WithMessage($"must be at most {MaximumCount} texts of 1 to {MaximumTextLength} characters.");
        RuleFor(request => request.Context)
            .Must(context => context is null || (context.Count <= MaximumCount
                && context.All(fact => fact.Key.Length <= MaximumTextLength && IsPlain(fact.Value))))
            .WithMessage(
                $"must be at most {MaximumCount} texts, numbers or booleans, each at most {MaximumTextLength} characters.");
    }

    private static bool IsPlain(JsonElement value) =>
        value.ValueKind is JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False
        && value.ToString().Length <= MaximumTextLength;
}
