using System.Buffers.Text;
using System.Text;
using System.Text.Unicode;
using Bhiv.Api.Http;
using Bhiv.Domain.Accounts;
using FluentValidation;
using Microsoft.AspNetCore.Mvc;

namespace Bhiv.Api.Accounts;

public sealed class AccountsQuery
{
    /// <summary>What the names begin with, without regard to case.</summary>
    /// <example>al</example>
    [FromQuery(Name = "search")]
    public string? Search { get; init; }

    /// <summary>How many: 100 by default and 1000 at the most.</summary>
    /// <example>50</example>
    [FromQuery(Name = "limit")]
    public int? Limit { get; init; }

    /// <summary><c>next_cursor</c> of the page before.</summary>
    /// <example>YWxpY2U</example>
    [FromQuery(Name = "cursor")]
    public string? Cursor { get; init; }

    internal int ToLimit() => Limit ?? Page.DefaultLimit;

    internal string? ToPosition() => PositionOf(Cursor);

    /// <summary>The name at which a page ended, as callers send it back.</summary>
    internal static string CursorOf(Account last) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(last.NameKey));

    internal static string? PositionOf(string? cursor)
    {
        if (string.IsNullOrEmpty(cursor) || !Base64Url.IsValid(cursor)) return null;
        var name = Base64Url.DecodeFromChars(cursor);
        return Utf8.IsValid(name) ? Encoding.UTF8.GetString(name) : null;
    }
}

internal sealed class AccountsQueryValidator : AbstractValidator<AccountsQuery>
{
    public AccountsQueryValidator()
    {
        RuleFor(query => query.Search).MustKeepTo(
            new Bounds { MaximumLength = AccountName.MaximumLength },
            // The beginning of a name may end where a word does.
            search => search is null || AccountName.TryCreate(search.TrimEnd(' '), out _, out var problem) ? null : problem);
        RuleFor(query => query.Limit).MustBeBetween(1, Page.MaximumLimit);
        RuleFor(query => query.Cursor)
            .Must(cursor => cursor is null || AccountsQuery.PositionOf(cursor) is not null)
            .WithMessage("must be the next_cursor of a page.");
    }
}
