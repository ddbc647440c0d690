using System.Globalization;
using Bhiv.Api.Http;
using Bhiv.Domain;
using Bhiv.Domain.Audit;
using Bhiv.Domain.Tokens;
using FluentValidation;
using Microsoft.AspNetCore.Mvc;

namespace Bhiv.Api.Audit;

public sealed class AuditEventsQuery : RowsQuery
{
    /// <summary>Of this kind.</summary>
    /// <example>session_revoked</example>
    [FromQuery(Name = "kind")]
    public string? Kind { get; init; }

    /// <summary>About this session.</summary>
    /// <example>01993f1c-8e4b-7a90-8d15-6b7c93e0f528</example>
    [FromQuery(Name = "session_id")]
    public string? SessionId { get; init; }

    internal AuditEventFilter ToFilter() => new()
    {
        From = QueryTime.Of(From),
        Until = QueryTime.Of(Until),
        Username = ToUsername(),
        Account = ToAccount(),
        Session = Guid.TryParseExact(SessionId, "D", out var session) ? new SessionId(session) : null,
        Address = ToAddress(),
        Kind = Kind is not null && EnumText.TryParse<AuditEventKind>(Kind, out var kind) ? kind : null,
        Reason = Reason is not null && EnumText.TryParse<RevocationReason>(Reason, out var reason) ? reason : null,
        Client = ToClient(),
    };

    internal AuditEventPosition? ToPosition() => PositionOf(Cursor);

    internal static AuditEventPosition? PositionOf(string? cursor) =>
        RowCursor.TryParse(cursor, out var at, out var id)
        && long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var sequence)
            ? new AuditEventPosition(at, sequence)
            : null;
}

internal sealed class AuditEventsQueryValidator : RowsQueryValidator<AuditEventsQuery>
{
    public AuditEventsQueryValidator()
    {
        MustBeOneOf<AuditEventKind>(query => query.Kind);
        MustBeOneOf<RevocationReason>(query => query.Reason);
        RuleFor(query => query.SessionId).MustKeepTo(
            new Bounds { Formats = ["uuid"] },
            session => session is null || Guid.TryParseExact(session, "D", out _) ? null : "must be the sid of a session.");
        RuleFor(query => query.Cursor)
            .Must(cursor => cursor is null || AuditEventsQuery.PositionOf(cursor) is not null)
            .WithMessage("must be the next_cursor of a page.");
    }
}
