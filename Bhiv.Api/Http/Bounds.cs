using FluentValidation;
using FluentValidation.Validators;

namespace Bhiv.Api.Http;

/// <summary>
/// What a rule lets pass, as far as a document can say it. It stands beside the rule and is made of the same constants, so that what
/// callers are told is what is judged.
/// </summary>
internal sealed record Bounds
{
    /// <summary>Whether there must be a value, and not merely white space.</summary>
    public bool Required { get; init; }

    /// <summary>In characters: of the text, or of each text in a list or an object.</summary>
    public int? MaximumLength { get; init; }

    /// <summary>Of a list or an object.</summary>
    public int? MaximumCount { get; init; }

    /// <summary>All there are, where they can be counted: of the text, or of each text in a list.</summary>
    public IReadOnlyCollection<string>? Values { get; init; }

    /// <summary>What the whole text looks like, as JSON Schema writes it.</summary>
    public string? Pattern { get; init; }

    /// <summary>Of a number.</summary>
    public int? Minimum { get; init; }

    /// <summary>Of a number.</summary>
    public int? Maximum { get; init; }

    /// <summary>As JSON Schema calls them; more than one means any of them.</summary>
    public IReadOnlyList<string> Formats { get; init; } = [];
}

/// <summary>A rule whose bounds can be read.</summary>
internal interface IBounded
{
    Bounds Bounds { get; }
}

internal sealed class BoundedValidator<T, TProperty>(Bounds bounds, Func<TProperty, string?> findProblem)
    : PropertyValidator<T, TProperty>, IBounded
{
    public override string Name => nameof(BoundedValidator<,>);

    public Bounds Bounds => bounds;

    public override bool IsValid(ValidationContext<T> context, TProperty value)
    {
        if (findProblem(value) is { } problem) context.AddFailure(problem);
        return true;
    }
}

internal static class BoundsExtensions
{
    /// <param name="findProblem">The end of a sentence that begins with the field's name, or null.</param>
    public static IRuleBuilderOptions<T, TProperty> MustKeepTo<T, TProperty>(
        this IRuleBuilder<T, TProperty> rule, Bounds bounds, Func<TProperty, string?> findProblem) =>
        rule.SetValidator(new BoundedValidator<T, TProperty>(bounds, findProblem));

    /// <summary>Or absent.</summary>
    public static IRuleBuilderOptions<T, string?> MustBeOneOf<T>(this IRuleBuilder<T, string?> rule, params IReadOnlyCollection<string> values) =>
        rule.MustKeepTo(
            new Bounds { Values = values },
            text => text is null || values.Contains(text) ? null : $"must be one of {string.Join(", ", values)}.");

    /// <summary>Or absent.</summary>
    public static IRuleBuilderOptions<T, int?> MustBeBetween<T>(this IRuleBuilder<T, int?> rule, int minimum, int maximum) =>
        rule.MustKeepTo(
            new Bounds { Minimum = minimum, Maximum = maximum },
            number => number is null || (number >= minimum && number <= maximum)
                ? null
                : FormattableString.Invariant($"must be {minimum} to {maximum}."));
}
