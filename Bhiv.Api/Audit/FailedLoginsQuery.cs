using System.Globalization;
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
        Address = ToAddress(),
        Reason = Reason is not null && EnumText.TryParse<FailedLoginReason>(Reason, out var reason) ? reason : null,
        Client = ToClient(),
    };

    internal FailedLoginPosition? ToPosition() => Cursor is not null && TryParse(Cursor, out var position) ? position : null;

    internal static string ToCursor(DateTimeOffset at, string id) =>
        string.Create(CultureInfo.InvariantCulture, $"{at.UtcTicks}.{id}");

    internal static bool TryParse(string cursor, out FailedLoginPosition position)
    {
        var parts = cursor.Split('.');
        position = default;
        if (parts.Length != 2
            || !long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var ticks)
            || ticks > DateTimeOffset.MaxValue.Ticks
            || !Guid.TryParseExact(parts[1], "D", out var id))
            return false;
        position = new FailedLoginPosition(new DateTimeOffset(ticks, TimeSpan.Zero), new FailedLoginId(id));
        return true;
    }
}

internal sealed class FailedLoginsQueryValidator : RowsQueryValidator<FailedLoginsQuery>
{
    public FailedLoginsQueryValidator()
    {
        MustBeOneOf<FailedLoginReason>(query => query.Reason);
        RuleFor(query => query.Cursor)
            .Must(cursor => cursor is null || FailedLoginsQuery.TryParse(cursor, out _))
            .WithMessage("must be the next_cursor of a page.");
    }
}
