using Bhiv.Api.Http;
using FluentValidation;
using Microsoft.AspNetCore.Mvc;

namespace Bhiv.Api.Audit;

public sealed class SummaryQuery
{
    /// <summary>A month of hours.</summary>
    public const int MaximumDays = 31;

    /// <summary>From the hour of this time on: <c>2026-03-01T12:00:00Z</c>, or <c>2026-03-01</c> for the start of that day in UTC.</summary>
    /// <example>2026-03-01</example>
    [FromQuery(Name = "from")]
    public string? From { get; init; }

    /// <summary>Up to the hour before this time.</summary>
    /// <example>2026-03-02T12:00:00Z</example>
    [FromQuery(Name = "until")]
    public string? Until { get; init; }

    internal (DateTimeOffset From, DateTimeOffset Until) ToRange() => (QueryTime.Of(From)!.Value, QueryTime.Of(Until)!.Value);
}

internal sealed class SummaryQueryValidator : AbstractValidator<SummaryQuery>
{
    private static readonly Bounds Needed = QueryTime.Bounds with { Required = true };

    public SummaryQueryValidator()
    {
        RuleFor(query => query.From).MustKeepTo(Needed, FindProblem);
        RuleFor(query => query.Until).MustKeepTo(Needed, FindProblem);
        RuleFor(query => query.Until)
            .Must((query, _) => QueryTime.Of(query.Until) > QueryTime.Of(query.From)
                && QueryTime.Of(query.Until) - QueryTime.Of(query.From) <= TimeSpan.FromDays(SummaryQuery.MaximumDays))
            .When(query => QueryTime.Of(query.From) is not null && QueryTime.Of(query.Until) is not null)
            .WithMessage($"must be after from, and by at most {SummaryQuery.MaximumDays} days.");
    }

    private static string? FindProblem(string? time) => QueryTime.Of(time) is not null ? null : QueryTime.Problem;
}
