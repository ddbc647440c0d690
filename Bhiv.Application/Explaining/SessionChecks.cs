using System.Diagnostics;
using System.Globalization;
using Bhiv.Domain;
using Bhiv.Domain.Accounts;
using Bhiv.Domain.ApiKeys;
using Bhiv.Domain.Tokens;

namespace Bhiv.Application.Explaining;

/// <summary>The checks of a token by the rows as they stand now.</summary>
internal static class SessionChecks
{
    public static IEnumerable<Check> Of(
        UnverifiedToken? said, SessionOfAccount? found, Client? client, TokenOptions policy, DateTimeOffset now)
    {
        if (said?.SessionId is null)
        {
            yield return new Check("session", null, "Not looked up: the token names none that can be read.");
            yield break;
        }
        if (found is not var (session, account))
        {
            yield return new Check("session", false, $"There is no session {said.SessionId}: it is purged a day after it expired, or there never was one.");
            yield break;
        }
        yield return new Check("session", true, Describe(session, account, now));
        yield return OfOwner(said, session);
        if (said.Type == UnverifiedToken.Refresh) yield return OfGeneration(said, session, policy, now);
        yield return OfState(session, account, now);
        yield return OfAccount(account, now);
        yield return client?.DisabledAt is { } stopped
            ? new Check("client", false, $"{session.ClientId} was disabled {Spoken.Of(stopped, now)}.")
            : new Check("client", true, $"{session.ClientId}: the API key beside the token has to be one of this client.");
    }

    private static string Describe(Session session, Account account, DateTimeOffset now)
    {
        var key = session.ApiKeyId is { } id ? $" with API key {id}" : "";
        return $"{session.Id} of {account.Name}, begun {Spoken.Of(session.CreatedAt, now)}, refreshed {Times(session.Generation)}, "
            + $"last {Spoken.Of(session.RotatedAt, now)}{key} from {session.Address ?? "nowhere known"}.";
    }

    private static string Times(long count) => string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? "time" : "times")}");

    private static Check OfOwner(UnverifiedToken said, Session session) =>
        said.AccountId == session.AccountId && (said.ClientId is null || said.ClientId == session.ClientId)
            ? new Check("owner", true, "Account and client are the session's.")
            : new Check("owner", false, "It names another account or client than the session has.");

    private static Check OfGeneration(UnverifiedToken said, Session session, TokenOptions policy, DateTimeOffset now)
    {
        const string name = "generation";
        if (said.Generation is not { } generation || said.TokenId is not { } id) return new Check(name, null, "The token does not say all that it is known by.");
        var which = string.Create(CultureInfo.InvariantCulture, $"{generation}, and the session is at {session.Generation}");
        if (!session.Secret.IssuedRefreshToken(generation, id)) return new Check(name, false, $"{which}; the session gave out no such token.");
        var used = $"it was used {Spoken.Of(session.RotatedAt, now)}";
        var leeway = $"the leeway of {Spoken.Of(policy.RefreshLeeway)}";
        return session.JudgeGeneration(generation, policy, now) switch
        {
            RefreshVerdict.Rotate => new Check(name, true, $"{which}: it is the present one."),
            RefreshVerdict.Retry => new Check(name, true, $"{which}: {used}, within {leeway}; the present pair is given again."),
            RefreshVerdict.Reuse when generation == session.Generation - 1 => new Check(name, false, $"{which}: {used}, beyond {leeway}. Somebody has a copy."),
            RefreshVerdict.Reuse => new Check(name, false, $"{which}: an old one came back. Somebody has a copy."),
            RefreshVerdict.Ahead => new Check(name, false, $"{which}: newer than its own session. Was the database restored?"),
            RefreshVerdict.Mismatch => new Check(name, false, $"{which}: {used}, so that the clock stepped back by more than {leeway}; nothing can be said, and nothing is done."),
            _ => throw new UnreachableException(),
        };
    }

    private static Check OfState(Session session, Account account, DateTimeOffset now)
    {
        const string name = "session state";
        if (session.RevokedAt is { } revoked)
            return new Check(name, false, $"Revoked {Spoken.Of(revoked, now)}: {EnumText.Of(session.RevokedReason!.Value)}.");
        if (session.IsRevoked(account)) return new Check(name, false, "Revoked with every session of the account: the account says when.");
        return session.IsExpired(now)
            ? new Check(name, false, $"Expired {Spoken.Of(session.ExpiresAt, now)}.")
            : new Check(name, true, $"Live; it expires {Spoken.Of(session.ExpiresAt, now)} unless it is refreshed, and ends {Spoken.Of(session.SessionEndsAt, now)}.");
    }

    private static Check OfAccount(Account account, DateTimeOffset now)
    {
        var ended = account.SessionsEndedAt is { } then ? $" Its sessions were last ended {Spoken.Of(then, now)}." : "";
        return account.DisabledAt is { } disabled
            ? new Check("account", false, $"{account.Name} was disabled {Spoken.Of(disabled, now)}.{ended}")
            : new Check("account", true, $"{account.Name}, roles: {string.Join(", ", account.Roles)}.{ended}");
    }
}
