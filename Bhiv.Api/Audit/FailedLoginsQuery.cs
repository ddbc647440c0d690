using Bhiv.Domain;
using Bhiv.Domain.Audit;
using FluentValidation;

namespace Bhiv.Api.Audit;

public sealed class FailedLoginsQuery : RowsQuery
{
    internal FailedLoginFilter ToFilter() => new()
    {
        From = QueryTime.Of(From),
        Until = QueryTime.Of(Until),
        Username = ToUsername(),
        Account = ToAccount(),
        Address = ToAddress(),
        Reason = Reason is not null && EnumText.TryParse<FailedLoginReason>(Reason, out var reason) ? reason : null,
        Client = ToClient(),
    };

    internal FailedLoginPosition? ToPosition() => PositionOf(Cursor);

    internal static FailedLoginPosition? PositionOf(string? cursor) =>
        RowCursor.TryParse(cursor, out var at, out var id) && Guid.TryParseExact(id, "D", out var row)
            ? new FailedLoginPosition(at, new FailedLoginId(row))
            : null;
}

internal sealed class FailedLoginsQueryValidator : RowsQueryValidator<FailedLoginsQuery>
{
    public FailedLoginsQueryValidator()
    {
        MustBeOneOf<FailedLoginReason>(query => query.Reason);
        RuleFor(query => query.Cursor)
            .Must(cursor => cursor is null || FailedLoginsQuery.PositionOf(cursor) is not null)
            .WithMessage("must be the next_cursor of a page.");
    }
}
