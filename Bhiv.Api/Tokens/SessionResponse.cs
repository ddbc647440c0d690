using System.ComponentModel.DataAnnotations;
using Bhiv.Domain.Accounts;
using Bhiv.Domain.Tokens;

namespace Bhiv.Api.Tokens;

/// <summary>A live session.</summary>
/// <param name="SessionId" example="01993f1c-8e4b-7a90-8d15-6b7c93e0f528">The <c>sid</c> of its tokens.</param>
/// <param name="Current" example="true">Whether it is the one behind this call.</param>
/// <param name="ClientId" example="default">The client that logged in.</param>
/// <param name="Device" example="Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0">The User-Agent of the login or the last refresh.</param>
/// <param name="Address" example="192.0.2.17">Where the login or the last refresh came from.</param>
/// <param name="CreatedAt" example="2026-03-01T09:30:00+00:00">When the person logged in.</param>
/// <param name="RefreshedAt" example="2026-03-01T12:00:00+00:00">When its present tokens were issued.</param>
/// <param name="ExpiresAt" example="2026-03-08T12:00:00+00:00">When it ends unless it is refreshed.</param>
/// <param name="EndsAt" example="2026-03-31T09:30:00+00:00">When it ends however often it is refreshed.</param>
public sealed record SessionResponse(
    Guid SessionId,
    bool Current,
    [property: MaxLength(Domain.ApiKeys.ClientId.MaximumLength)] string ClientId,
    [property: MaxLength(Caller.MaximumUserAgentLength)] string? Device,
    [property: MaxLength(Caller.MaximumAddressLength)] string? Address,
    DateTimeOffset CreatedAt,
    DateTimeOffset RefreshedAt,
    DateTimeOffset ExpiresAt,
    DateTimeOffset EndsAt)
{
    internal static SessionResponse Of(Session session, SessionId current) => new(
        session.Id.Value,
        session.Id == current,
        session.ClientId.Value,
        session.UserAgent,
        session.Address,
        session.CreatedAt,
        session.RotatedAt,
        session.ExpiresAt,
        session.SessionEndsAt);
}

/// <summary>The account and the session behind a call.</summary>
/// <param name="AccountId" example="01993f1c-7d2a-7c31-9b0e-3f6a52c8d417">The <c>sub</c> of its tokens.</param>
/// <param name="Username" example="admin">As it was created.</param>
/// <param name="Roles" example="[&quot;admin&quot;]">What it may do.</param>
/// <param name="Session">The session.</param>
public sealed record MeResponse(Guid AccountId, string Username, IReadOnlyList<string> Roles, SessionResponse Session)
{
    internal static MeResponse Of(Account account, Session session) =>
        new(account.Id.Value, account.Name, account.Roles, SessionResponse.Of(session, session.Id));
}
