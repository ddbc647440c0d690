using System.Collections.Concurrent;
using Bhiv.Domain.Accounts;
using Bhiv.Domain.Audit;

namespace Bhiv.Domain.Tokens;

/// <summary>
/// What was revoked within the life of an access token: sessions by id, and accounts by a cutoff ("created up to then"), so
/// that it stays small however many sessions an account had. Any thread may ask while one adds.
/// </summary>
public sealed class RevocationSet
{
    private readonly ConcurrentDictionary<SessionId, bool> sessions = new();
    private readonly ConcurrentDictionary<AccountId, Cutoff> accounts = new();
    private readonly Queue<AuditEvent> inOrder = new();
    private readonly Lock gate = new();

    /// <summary>Sessions and cutoffs together.</summary>
    public int Count => sessions.Count + accounts.Count;

    /// <summary>Whether the session of a token was ended.</summary>
    public bool Contains(AccessTokenClaims token) =>
        sessions.ContainsKey(token.SessionId)
        || (accounts.TryGetValue(token.AccountId, out var cutoff)
            && token.SessionId != cutoff.Kept
            && token.SessionId.CreatedAt <= cutoff.At);

    /// <summary>Takes in a fact; one that revokes nothing, or that is in already, changes nothing.</summary>
    public void Add(AuditEvent fact)
    {
        lock (gate)
        {
            switch (fact.Kind)
            {
                case AuditEventKind.SessionRevoked or AuditEventKind.RefreshTokenReused:
                    if (!sessions.TryAdd(fact.SessionId!.Value, true)) return;
                    break;
                case AuditEventKind.AccountSessionsRevoked:
                    // The later one says all that the earlier one said: what it keeps had survived that.
                    if (accounts.TryGetValue(fact.AccountId!.Value, out var known) && known.Sequence >= fact.Sequence) return;
                    accounts[fact.AccountId.Value] = new Cutoff(fact.At, fact.SessionId, fact.Sequence);
                    break;
                default:
                    return;
            }
            inOrder.Enqueue(fact);
        }
    }

    /// <summary>Lets go of what was revoked before <paramref name="then"/>: every access token of it has expired.</summary>
    public void Forget(DateTimeOffset then)
    {
        lock (gate)
        {
            while (inOrder.TryPeek(out var fact) && fact.At < then)
            {
                inOrder.Dequeue();
                if (fact.Kind != AuditEventKind.AccountSessionsRevoked) sessions.TryRemove(fact.SessionId!.Value, out _);
                else if (accounts.TryGetValue(fact.AccountId!.Value, out var cutoff) && cutoff.Sequence == fact.Sequence)
                    accounts.TryRemove(fact.AccountId.Value, out _);
            }
        }
    }

    private sealed record Cutoff(DateTimeOffset At, SessionId? Kept, long Sequence);
}
