using System.Collections.Concurrent;
using Bhiv.Domain.Accounts;

namespace Bhiv.Domain.Tokens;

/// <summary>
/// What was revoked within the life of an access token: sessions by id, and accounts or everybody by a cutoff ("created up to
/// then"), so that it stays small however many sessions there were. Any thread may ask while one adds. How long a revocation is kept
/// is counted from its arrival on a clock that is never set: a wall clock that jumps ahead and back would let go of it too soon.
/// </summary>
public sealed class RevocationSet
{
    private readonly ConcurrentDictionary<SessionId, bool> sessions = new();
    private readonly ConcurrentDictionary<Owner, Cutoff> cutoffs = new();
    private readonly Queue<Entry> inOrder = new();
    private readonly Lock gate = new();

    /// <summary>Sessions and cutoffs together.</summary>
    public int Count => sessions.Count + cutoffs.Count;

    /// <summary>Whether the session of a token was ended.</summary>
    public bool Contains(AccessTokenClaims token) =>
        sessions.ContainsKey(token.SessionId)
        || IsCutOff(token.SessionId, new Owner(token.AccountId))
        || IsCutOff(token.SessionId, Owner.Everybody);

    /// <summary>Takes in a revocation; one that is in already changes nothing.</summary>
    /// <param name="arrived">Now, on a clock that is never set.</param>
    public void Add(Revocation revocation, long arrived)
    {
        lock (gate)
        {
            if (revocation.Cutoff is { } at) Add(new Owner(revocation.AccountId), revocation, at, arrived);
            else if (revocation.SessionId is { } session && sessions.TryAdd(session, true))
                inOrder.Enqueue(new Entry(arrived, session, default));
        }
    }

    /// <summary>Lets go of what arrived before <paramref name="then"/>: every access token of it has expired.</summary>
    public void Prune(long then)
    {
        lock (gate)
        {
            while (inOrder.TryPeek(out var entry) && entry.Arrived < then)
            {
                inOrder.Dequeue();
                if (entry.Session is { } session) sessions.TryRemove(session, out _);
                else if (cutoffs[entry.Owner] is { } cutoff && cutoff.Arrived >= then)
                    // A later cutoff took its place: that one is kept as long.
                    inOrder.Enqueue(entry with { Arrived = cutoff.Arrived });
                else cutoffs.TryRemove(entry.Owner, out _);
            }
        }
    }

    private bool IsCutOff(SessionId session, Owner owner) =>
        cutoffs.TryGetValue(owner, out var cutoff) && session != cutoff.Kept && session.CreatedAt <= cutoff.At;

    private void Add(Owner owner, Revocation revocation, DateTimeOffset at, long arrived)
    {
        // The later one says all that the earlier one said: a session that was dead is never the one that is kept.
        if (cutoffs.TryGetValue(owner, out var known) && known.Sequence >= revocation.Sequence) return;
        cutoffs[owner] = new Cutoff(at, revocation.SessionId, revocation.Sequence, arrived);
        if (known is null) inOrder.Enqueue(new Entry(arrived, null, owner));
    }

    private sealed record Cutoff(DateTimeOffset At, SessionId? Kept, long Sequence, long Arrived);

    /// <summary>Whose sessions: an account's, or everybody's.</summary>
    private readonly record struct Owner(AccountId? Account)
    {
        public static readonly Owner Everybody = new(null);
    }

    /// <param name="Session">Null of a cutoff.</param>
    private readonly record struct Entry(long Arrived, SessionId? Session, Owner Owner);
}
