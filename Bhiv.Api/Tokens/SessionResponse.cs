using Bhiv.Domain.Accounts;
using Bhiv.Domain.Tokens;

namespace Bhiv.Api.Tokens;

/// <summary>A live session.</summary>
/// <param name="SessionId">The <c>sid</c> of its tokens.</param>
/// <param name="Current">Whether it is the one behind this call.</param>
/// <param name="ClientId">The client that logged in.</param>
/// <param name="Device">The User-Agent of the login or the last refresh.</param>
/// <param name="Address">Where the login or the last refresh came from.</param>
/// <param name="CreatedAt">When the person logged in.</param>
/// <param name="RefreshedAt">When its present tokens were issued.</param>
/// <param name="ExpiresAt">When it ends unless it is refreshed.</param>
/// <param name="EndsAt">When it ends however often it is refreshed.</param>
public sealed record SessionResponse(
    string SessionId,
    bool Current,
    string ClientId,
    string? Device,
    string? Address,
    DateTimeOffset CreatedAt,
    DateTimeOffset RefreshedAt,
    DateTimeOffset ExpiresAt,
    DateTimeOffset EndsAt)
{
    internal static SessionResponse Of(Session session, SessionId current) => new(
        session.Id.ToString(),
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
/// <param name="AccountId">The <c>sub</c> of its tokens.</param>
/// <param name="Username">As it was created.</param>
/// <param name="Roles">What it may do.</param>
/// <param name="Session">The session.</param>
public sealed record MeResponse(string AccountId, string Username, IReadOnlyList<string> Roles, SessionResponse Session)
{
    internal static MeResponse Of(Account account, Session session) =>
        new(account.Id.ToString(), account.Name, account.Roles, SessionResponse.Of(session, session.Id));
}
