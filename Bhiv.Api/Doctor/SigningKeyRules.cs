using Bhiv.Domain.Rotation;
using Bhiv.Domain.SigningKeys;

namespace Bhiv.Api.Doctor;

/// <summary>Which key signs, and what hangs on those that do no more.</summary>
internal static class SigningKeyRules
{
    public static IEnumerable<Finding> Judge(Evidence it) => it is { Keys: { } known, Secrets.SigningKeys: { } given }
        ? [JudgeActive(given, known), .. JudgeReturn(given, known), .. JudgeOthers(given, known, it), .. JudgeOrphans(given, known)]
        : [];

    private static Finding JudgeActive(SigningKeySet given, KeyFacts known)
    {
        var record = RecordOf(given.Active, known);
        if (record?.CompromisedAt is not { } at)
            return Catalogue.SigningKeySigns.Of(
                $"{SecretAge.JwtSecret}, id {given.Active.Id}, signs{(record?.SignsSince is { } since ? $" since {Phrases.Of(since)}" : "")}.");
        var instead = given.Next is { } next && RecordOf(next, known)?.CompromisedAt is null
            ? $"{SecretAge.JwtSecretNext}, id {next.Id}, signs in its place."
            : "Nothing can sign, and no server starts.";
        return Catalogue.SigningKeyCompromised.Of(
            $"{SecretAge.JwtSecret}, id {given.Active.Id}, was marked as compromised at {Phrases.Of(at)}. {instead}");
    }

    private static IEnumerable<Finding> JudgeReturn(SigningKeySet given, KeyFacts known)
    {
        if (RecordOf(given.Active, known) is { } record && record.HasReturned(known.SigningKeys))
            yield return Catalogue.SigningKeyReturned.Of(
                $"{SecretAge.JwtSecret} is {record.Id} again, first seen at {Phrases.Of(record.FirstSeenAt)}, and another signed after it.");
    }

    private static IEnumerable<Finding> JudgeOthers(SigningKeySet given, KeyFacts known, Evidence it)
    {
        foreach (var (name, key) in new[] { (SecretAge.JwtSecretPrevious, given.Previous), (SecretAge.JwtSecretNext, given.Next) })
        {
            if (key is null || key.Id == given.Active.Id) continue;
            if (RecordOf(key, known)?.CompromisedAt is { } at)
            {
                yield return Catalogue.SigningKeyUseless.Of(
                    $"{name}, id {key.Id}, was marked as compromised at {Phrases.Of(at)}: its tokens are refused.");
            }
            else if (key == given.Previous) yield return JudgePrevious(key, RecordOf(given.Active, known), known, it);
            else yield return Catalogue.SigningKeyAnnounced.Of($"{name}, id {key.Id}, is announced, and its tokens are accepted.");
        }
    }

    /// <summary>Its last access token came before the active key signed, as far as each process heard of that; its last session is a row.</summary>
    private static Finding JudgePrevious(SigningKey previous, SigningKeyRecord? active, KeyFacts known, Evidence it)
    {
        var use = known.Uses.GetValueOrDefault(previous.Id);
        var what = $"{SecretAge.JwtSecretPrevious}, id {previous.Id}: {Phrases.Count(use?.Sessions ?? 0, "live session")} "
            + $"{(use?.Sessions == 1 ? "hangs" : "hang")} on it";
        if (active?.SignsSince is not { } since)
        {
            return Catalogue.PreviousKeyNeeded.Of(
                $"{what}, and {SecretAge.JwtSecret} has not signed yet. When it may go is known once that has.");
        }
        var until = new[] { since + it.Settings.Tokens.AccessTokenLifetime, use?.LastExpires ?? since }.Max();
        return until > it.Now
            ? Catalogue.PreviousKeyNeeded.Of($"{what}. It may go at {Phrases.Of(until)}, if it signs nothing more.")
            : Catalogue.PreviousKeyUnneeded.Of($"{what}. It might have gone at {Phrases.Of(until)}.");
    }

    /// <summary>Sessions that nobody can refresh for want of the key; those of a compromised one shall not be.</summary>
    private static IEnumerable<Finding> JudgeOrphans(SigningKeySet given, KeyFacts known) => known.Uses
        .Where(use => given.All.All(key => key.Id != use.Key))
        .Where(use => !known.SigningKeys.Any(key => key.Id == use.Key && key.CompromisedAt is not null))
        .Select(use => Catalogue.SessionsOrphaned.Of(
            $"{Phrases.Count(use.Value.Sessions, "live session")} cannot be refreshed: signing key {use.Key} is not configured. "
            + $"The last expires at {Phrases.Of(use.Value.LastExpires)}."));

    private static SigningKeyRecord? RecordOf(SigningKey key, KeyFacts known) => known.SigningKeys.FirstOrDefault(record => record.Id == key.Id);
}
