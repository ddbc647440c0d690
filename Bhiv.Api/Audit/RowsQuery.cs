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
    /// <summary>From this time on: <c>2026-03-01T12:00:00Z</c>, or <c>2026-03-01</c> for the start of that day in UTC.</summary>
    /// <example>2026-03-01T12:00:00Z</example>
    [FromQuery(Name = "from")]
    public string? From { get; init; }

    /// <summary>Before this time.</summary>
    /// <example>2026-03-02</example>
    [FromQuery(Name = "until")]
    public string? Until { get; init; }

    /// <summary>Of the account with this name.</summary>
    /// <example>admin</example>
    [FromQuery(Name = "username")]
    public string? Username { get; init; }

    /// <summary>Of this account, also when it is gone.</summary>
    /// <example>01993f1c-7d2a-7c31-9b0e-3f6a52c8d417</example>
    [FromQuery(Name = "account_id")]
    public string? AccountId { get; init; }

    /// <summary>From this IP address.</summary>
    /// <example>192.0.2.17</example>
    [FromQuery(Name = "address")]
    public string? Address { get; init; }

    /// <summary>For this reason.</summary>
    [FromQuery(Name = "reason")]
    public string? Reason { get; init; }

    /// <summary>By this client.</summary>
    /// <example>default</example>
    [FromQuery(Name = "client_id")]
    public string? ClientId { get; init; }

    /// <summary>How many rows: of <c>json</c> 100 by default and 1000 at the most, of the others all by default.</summary>
    /// <example>50</example>
    [FromQuery(Name = "limit")]
    public int? Limit { get; init; }

    /// <summary><c>next_cursor</c> of the page before.</summary>
    /// <example>639079632001234560.01993f20-11aa-7b02-a6f1-90c4d2e7b835</example>
    [FromQuery(Name = "cursor")]
    public string? Cursor { get; init; }

    /// <summary><c>json</c> for a page, <c>ndjson</c> or <c>csv</c> for a stream.</summary>
    /// <example>ndjson</example>
    [FromQuery(Name = "format")]
    public string? Format { get; init; }

    internal RowFormat ToFormat() => Format is null ? RowFormat.Json : RowFormats.Known[Format];

    internal int? ToLimit() => Limit ?? (ToFormat() == RowFormat.Json ? Page.DefaultLimit : null);

    internal AccountName? ToUsername() => Username is null ? null : AccountName.Of(Username);

    internal AccountId? ToAccount() => Domain.Accounts.AccountId.TryParse(AccountId, out var account) ? account : null;

    internal string? ToAddress() => Address is null ? null : CallerExtensions.TextOf(IPAddress.Parse(Address));

    internal ClientId? ToClient() => ClientId is null ? null : new ClientId(ClientId);
}

internal abstract class RowsQueryValidator<TQuery> : AbstractValidator<TQuery>
    where TQuery : RowsQuery
{
    protected RowsQueryValidator()
    {
        RuleFor(query => query.From).MustKeepTo(QueryTime.Bounds, FindProblem);
        RuleFor(query => query.Until).MustKeepTo(QueryTime.Bounds, FindProblem);
        RuleFor(query => query.Username).MustKeepTo(
            new Bounds { MaximumLength = AccountName.MaximumLength },
            name => name is null || AccountName.TryCreate(name, out _, out var problem) ? null : problem);
        RuleFor(query => query.AccountId).MustKeepTo(
            new Bounds { Formats = ["uuid"] }, id => id is null || AccountId.TryParse(id, out _) ? null : "must be the account_id of an account.");
        RuleFor(query => query.Address).MustKeepTo(
            new Bounds { Formats = ["ipv4", "ipv6"] },
            address => address is null || IPAddress.TryParse(address, out _) ? null : "must be an IP address.");
        RuleFor(query => query.ClientId).MaximumLength(ClientId.MaximumLength)
            .WithMessage($"must have at most {ClientId.MaximumLength} characters.");
        RuleFor(query => query.Limit).GreaterThanOrEqualTo(1).WithMessage("must be at least 1.");
        RuleFor(query => query.Limit).LessThanOrEqualTo(Page.MaximumLimit).When(query => query.Format is null or "json")
            .WithMessage(FormattableString.Invariant($"must be at most {Page.MaximumLimit}; ndjson and csv have no end."));
        RuleFor(query => query.Format).MustBeOneOf([.. RowFormats.Known.Keys]);
    }

    protected void MustBeOneOf<TEnum>(Expression<Func<TQuery, string?>> field)
        where TEnum : struct, Enum =>
        RuleFor(field).MustBeOneOf([.. Enum.GetValues<TEnum>().Select(EnumText.Of)]);

    private static string? FindProblem(string? time) => time is null || QueryTime.Of(time) is not null ? null : QueryTime.Problem;
}
