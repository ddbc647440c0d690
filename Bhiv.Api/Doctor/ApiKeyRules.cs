using Bhiv.Application.ApiKeys;
using Bhiv.Domain.ApiKeys;
using Bhiv.Domain.Rotation;

namespace Bhiv.Api.Doctor;

/// <summary>The keys of clients: those in the environment, and those in the database.</summary>
internal static class ApiKeyRules
{
    public static IEnumerable<Finding> Judge(Evidence it)
    {
        if (it.Keys is not { } known) return [];
        var given = it.Secrets.ApiKeys;
        return
        [
            .. given is null ? [] : given.All.SelectMany(key => JudgeGiven(key, NameOf(key, given), known)),
            .. given is null ? [] : JudgeReturn(given.Current, known),
            .. given?.Previous is null ? [] : JudgePrevious(given.Previous, known, it.Now),
            .. JudgeStored(known, it.Now),
            .. JudgeScopes(known, it.Settings.ApiKeys),
        ];
    }

    /// <summary>A key that is refused wherever it stands: one that was made here stays what it was made.</summary>
    private static IEnumerable<Finding> JudgeGiven(PlainTextApiKey key, string name, KeyFacts known)
    {
        var made = known.ApiKeys.FirstOrDefault(it => key.Hash.Equals(it.Overview.Key.Hash));
        if ((made ?? EntryOf(key, known)) is not { State: not (ApiKeyState.Good or ApiKeyState.Removed) } refused) yield break;
        var why = refused.State switch
        {
            ApiKeyState.Revoked => "was revoked",
            ApiKeyState.Expired => "has expired",
            _ => $"is of client {refused.Overview.Client.Id}, which is disabled",
        };
        yield return Catalogue.ApiKeyRefused.Of($"{name} is API key {refused.Overview.Key.Id}, which {why}: each call with it is refused.");
    }

    private static IEnumerable<Finding> JudgeReturn(PlainTextApiKey current, KeyFacts known)
    {
        if (EntryOf(current, known)?.Overview.Key is not { } key) yield break;
        if (known.ApiKeys.Any(it => it.Overview.Key is { IsOfEnvironment: true, RevokedAt: null } other && other.CreatedAt > key.CreatedAt))
            yield return Catalogue.ApiKeyReturned.Of(
                $"{SecretAge.EnvironmentApiKey} is {key.Id} again, first seen at {Phrases.Of(key.CreatedAt)}, and another came after it.");
    }

    private static IEnumerable<Finding> JudgePrevious(PlainTextApiKey previous, KeyFacts known, DateTimeOffset now)
    {
        if (EntryOf(previous, known) is not { } entry) yield break;
        var sessions = entry.Overview.LiveSessions;
        var what = $"{SecretAge.EnvironmentApiKeyPrevious}, id {entry.Overview.Key.Id}: "
            + (entry.Overview.Key.LastUsedAt is { } used ? $"last used at {Phrases.Of(used)}, " : "never used, ")
            + $"and {Phrases.Count(sessions, "live session")} {(sessions == 1 ? "hangs" : "hang")} on it";
        yield return entry.SafeToRemoveAt > now
            ? Catalogue.PreviousApiKeyNeeded.Of($"{what}. It may go at {Phrases.Of(entry.SafeToRemoveAt)}, if nobody uses it until then.")
            : Catalogue.PreviousApiKeyUnneeded.Of($"{what}. It may go.");
    }

    private static IEnumerable<Finding> JudgeStored(KeyFacts known, DateTimeOffset now)
    {
        var stored = known.ApiKeys.Where(it => !it.Overview.Key.IsOfEnvironment).ToList();
        var good = stored.Where(it => it.State == ApiKeyState.Good).ToList();
        foreach (var entry in stored.Where(it => it.Overview.Key.ReplacedBy is null))
        {
            var what = $"API key {entry.Overview.Key.Id} of client {entry.Overview.Client.Id}";
            if (entry.State == ApiKeyState.Good && entry.RotateBy - now <= SecretAge.Notice)
                yield return Catalogue.StoredKeyDue.Of($"{what} expires at {Phrases.Of(entry.RotateBy)}.");
            // A client that has another has been given it.
            else if (entry.State == ApiKeyState.Expired && good.All(it => it.Overview.Client.Id != entry.Overview.Client.Id))
                yield return Catalogue.StoredKeyOverdue.Of($"{what} expired at {Phrases.Of(entry.RotateBy)}, and the client has no other.");
        }
        if (good.Count > 0)
        {
            var clients = good.Select(it => it.Overview.Client.Id).Distinct().Count();
            yield return Catalogue.StoredKeysGood.Of(
                $"{Phrases.Count(good.Count, "API key")} of {Phrases.Count(clients, "client")} in the database can be used.");
        }
    }

    private static IEnumerable<Finding> JudgeScopes(KeyFacts known, ApiKeyOptions policy)
    {
        var others = known.ApiKeys.Where(it => it.State == ApiKeyState.Good && it.Overview.Client.Id != ClientId.Default)
            .Select(it => it.Overview.Client.Id.Value).Distinct().Order().ToList();
        if (policy.BootstrapScopes == Scopes.All && others.Count > 0)
            yield return Catalogue.BootstrapScopesWide.Of(
                $"{SecretAge.EnvironmentApiKey} may do everything ({Scopes.All.ToText()}), and there are keys of {string.Join(", ", others)}.");
    }

    private static ApiKeyEntry? EntryOf(PlainTextApiKey key, KeyFacts known) =>
        known.ApiKeys.FirstOrDefault(it => it.Overview.Key.Id == key.KnownAs && it.Overview.Key.IsOfEnvironment);

    private static string NameOf(PlainTextApiKey key, EnvironmentApiKeys given) =>
        key == given.Current ? SecretAge.EnvironmentApiKey : SecretAge.EnvironmentApiKeyPrevious;
}
