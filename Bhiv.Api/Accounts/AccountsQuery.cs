using System.Buffers.Text;
using System.Text;
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
        if (cursor is null || !Base64Url.IsValid(cursor)) return null;
        var name = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(cursor));
        return name.Length == 0 || name.Contains(char.ConvertFromUtf32(0xFFFD), StringComparison.Ordinal) ? null : name;
    }
}

internal sealed class AccountsQueryValidator : AbstractValidator<AccountsQuery>
{
    public AccountsQueryValidator()
    {
        RuleFor(query => query.Search).MustKeepTo(
            new Bounds { MaximumLength = AccountName.MaximumLength },
            search => search is null || AccountName.TryCreate(search, out _, out var problem) ? null : problem);
        RuleFor(query => query.Limit).MustBeBetween(1, Page.MaximumLimit);
        RuleFor(query => query.Cursor)
            .Must(cursor => cursor is null || AccountsQuery.PositionOf(cursor) is not null)
            .WithMessage("must be the next_cursor of a page.");
    }
}
