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
    private readonly ConcurrentDictionary<AccountId, Cutoff> accounts = new();
    private volatile Cutoff? everybody;
    private readonly Queue<Entry> inOrder = new();
    private readonly Lock gate = new();

    /// <summary>Sessions and cutoffs together.</summary>
    public int Count => sessions.Count + accounts.Count + (everybody is null ? 0 : 1);

    /// <summary>Whether the session of a token was ended.</summary>
    public bool Contains(AccessTokenClaims token) =>
        sessions.ContainsKey(token.SessionId)
        || (accounts.TryGetValue(token.AccountId, out var cutoff)
            && token.SessionId != cutoff.Kept
            && token.SessionId.CreatedAt <= cutoff.At)
        || token.SessionId.CreatedAt <= everybody?.At;

    /// <summary>Takes in a revocation; one that is in already changes nothing.</summary>
    /// <param name="arrived">Now, on a clock that is never set.</param>
    public void Add(Revocation revocation, long arrived)
    {
        lock (gate)
        {
            if (revocation is { Cutoff: { } at, AccountId: { } account }) Add(account, revocation, at, arrived);
            else if (revocation is { Cutoff: { } end, AccountId: null }) AddForEverybody(revocation, end, arrived);
            else if (revocation.SessionId is { } session && sessions.TryAdd(session, true))
                inOrder.Enqueue(new Entry(arrived, session, null));
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
                else if (entry.Account is null)
                {
                    // A later one stands in the queue by itself.
                    if (everybody?.Arrived < then) everybody = null;
                }
                else if (accounts[entry.Account.Value] is { } cutoff && cutoff.Arrived >= then)
                    // A later cutoff took its place: that one is kept as long.
                    inOrder.Enqueue(entry with { Arrived = cutoff.Arrived });
                else accounts.TryRemove(entry.Account.Value, out _);
            }
        }
    }

    private void Add(AccountId account, Revocation revocation, DateTimeOffset at, long arrived)
    {
        // The later one says all that the earlier one said: a session that was dead is never the one that is kept.
        if (accounts.TryGetValue(account, out var known) && known.Sequence >= revocation.Sequence) return;
        accounts[account] = new Cutoff(at, revocation.SessionId, revocation.Sequence, arrived);
        if (known is null) inOrder.Enqueue(new Entry(arrived, null, account));
    }

    private void AddForEverybody(Revocation revocation, DateTimeOffset at, long arrived)
    {
        if (everybody?.Sequence >= revocation.Sequence) return;
        everybody = new Cutoff(at, null, revocation.Sequence, arrived);
        inOrder.Enqueue(new Entry(arrived, null, null));
    }

    private sealed record Cutoff(DateTimeOffset At, SessionId? Kept, long Sequence, long Arrived);

    private readonly record struct Entry(long Arrived, SessionId? Session, AccountId? Account);
}
