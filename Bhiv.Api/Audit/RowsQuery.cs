using System.Linq.Expressions;
using System.Net;
using Bhiv.Api.Http;
using Bhiv.Domain;
using Bhiv.Domain.Accounts;
using Bhiv.Domain.ApiKeys;
using FluentValidation;
using Microsoft.AspNetCore.Mvc;

namespace Bhiv.Api.Audit;

/// <summary>What both lists are asked with: which rows, how many of them, and in which format.</summary>
public abstract class RowsQuery
{
    /// <summary>Where a page ends when it is not asked to.</summary>
    public const int DefaultLimit = 100;

    public const int MaximumLimit = 1000;

    /// <summary>From this time on: <c>2026-03-01T12:00:00Z</c>, or <c>2026-03-01</c> for the start of that day in UTC.</summary>
    [FromQuery(Name = "from")]
    public string? From { get; init; }

    /// <summary>Before this time.</summary>
    [FromQuery(Name = "until")]
    public string? Until { get; init; }

    /// <summary>Of the account with this name.</summary>
    [FromQuery(Name = "username")]
    public string? Username { get; init; }

    /// <summary>From this IP address.</summary>
    [FromQuery(Name = "address")]
    public string? Address { get; init; }

    /// <summary>For this reason.</summary>
    [FromQuery(Name = "reason")]
    public string? Reason { get; init; }

    /// <summary>By this client.</summary>
    [FromQuery(Name = "client_id")]
    public string? ClientId { get; init; }

    /// <summary>How many rows: of <c>json</c> 100 by default and 1000 at the most, of the others all by default.</summary>
    [FromQuery(Name = "limit")]
    public int? Limit { get; init; }

    /// <summary><c>next_cursor</c> of the page before.</summary>
    [FromQuery(Name = "cursor")]
    public string? Cursor { get; init; }

    /// <summary><c>json</c> for a page, <c>ndjson</c> or <c>csv</c> for a stream.</summary>
    [FromQuery(Name = "format")]
    public string? Format { get; init; }

    internal RowFormat ToFormat() => Format is null ? RowFormat.Json : RowFormats.Known[Format];

    internal int? ToLimit() => Limit ?? (ToFormat() == RowFormat.Json ? DefaultLimit : null);

    internal AccountName? ToUsername() => Username is null ? null : AccountName.Of(Username);

    internal string? ToAddress() => Address is null ? null : CallerExtensions.TextOf(IPAddress.Parse(Address));

    internal ClientId? ToClient() => ClientId is null ? null : new ClientId(ClientId);
}

internal abstract class RowsQueryValidator<TQuery> : AbstractValidator<TQuery>
    where TQuery : RowsQuery
{
    protected RowsQueryValidator()
    {
        RuleFor(query => query.From).Must(BeATime).WithMessage(QueryTime.Problem);
        RuleFor(query => query.Until).Must(BeATime).WithMessage(QueryTime.Problem);
        RuleFor(query => query.Username).Custom((name, context) =>
        {
            if (name is not null && !AccountName.TryCreate(name, out _, out var problem)) context.AddFailure(problem);
        });
        RuleFor(query => query.Address).Must(address => address is null || IPAddress.TryParse(address, out _))
            .WithMessage("must be an IP address.");
        RuleFor(query => query.ClientId).MaximumLength(64).WithMessage("must have at most 64 characters.");
        RuleFor(query => query.Limit).InclusiveBetween(1, RowsQuery.MaximumLimit).When(query => query.Format is null or "json")
            .WithMessage(FormattableString.Invariant($"must be from 1 to {RowsQuery.MaximumLimit}; ndjson and csv have no end."));
        RuleFor(query => query.Limit).GreaterThan(0).When(query => query.Format is not (null or "json"))
            .WithMessage("must be at least 1.");
        RuleFor(query => query.Format).Must(format => format is null || RowFormats.Known.ContainsKey(format))
            .WithMessage($"must be one of {string.Join(", ", RowFormats.Known.Keys)}.");
    }

    protected void MustBeOneOf<TEnum>(Expression<Func<TQuery, string?>> field)
        where TEnum : struct, Enum =>
        RuleFor(field).Must(text => text is null || EnumText.TryParse<TEnum>(text, out _))
            .WithMessage($"must be one of {string.Join(", ", Enum.GetValues<TEnum>().Select(EnumText.Of))}.");

    private static bool BeATime(string? text) => text is null || QueryTime.Of(text) is not null;
}
