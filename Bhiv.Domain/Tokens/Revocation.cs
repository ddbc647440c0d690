using Bhiv.Domain.Accounts;
using Bhiv.Domain.Audit;

namespace Bhiv.Domain.Tokens;

/// <summary>What an audit event takes back: a session, or what an account, or everybody, had up to a cutoff.</summary>
/// <param name="Sequence">Of the audit event.</param>
/// <param name="AccountId">Null with a cutoff: everybody.</param>
/// <param name="SessionId">The session; with a cutoff the one that is kept.</param>
/// <param name="Cutoff">Every session that was created up to then.</param>
public sealed record Revocation(long Sequence, AccountId? AccountId, SessionId? SessionId, DateTimeOffset? Cutoff)
{
    public static Revocation Of(AuditEvent recorded) =>
        new(recorded.Sequence, recorded.AccountId, recorded.SessionId, recorded.Cutoff);
}
