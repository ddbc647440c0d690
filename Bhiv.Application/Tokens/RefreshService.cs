using System.Diagnostics;
using Bhiv.Domain;
using Bhiv.Domain.Accounts;
using Bhiv.Domain.Audit;
using Bhiv.Domain.Monitoring;
using Bhiv.Domain.SigningKeys;
using Bhiv.Domain.Tokens;
using Microsoft.Extensions.Logging;

namespace Bhiv.Application.Tokens;

/// <summary>Exchanges a refresh token for the next pair: read, judge, try, and judge again if somebody was quicker.</summary>
public sealed class RefreshService(
    IRefreshTokens refreshTokens,
    ISessionStore sessions,
    IAuditEventStore auditEvents,
    IFailedLoginStore failedLogins,
    Alarms alarms,
    TokenIssuer tokens,
    SigningKeyRing keys,
    TokenOptions policy,
    BhivMetrics metrics,
    TimeProvider time,
    ILogger<RefreshService> logger)
{
    public async Task<RefreshResult> RefreshAsync(string token, Caller caller, CancellationToken cancellationToken)
    {
        switch (refreshTokens.Read(token, time.Now()))
        {
            // Garbage costs no database call.
            case TokenReading<RefreshTokenClaims>.Refused(TokenFault.Expired):
                return Refuse(RefreshRefusal.Expired, caller);
            case TokenReading<RefreshTokenClaims>.Valid(var claims):
                return await RefreshAsync(claims, caller, cancellationToken);
            default:
                return Refuse(RefreshRefusal.Invalid, caller);
        }
    }

    private async Task<RefreshResult> RefreshAsync(
        RefreshTokenClaims presented, Caller caller, CancellationToken cancellationToken)
    {
        // The second round reads what the quicker one wrote.
        for (var round = 1; round <= 2; round++)
        {
            if (await sessions.FindAsync(presented.SessionId, cancellationToken) is not var (session, account))
                return Refuse(RefreshRefusal.Invalid, caller);

            switch (session.Judge(presented, caller.Client, account, policy, time.Now()))
            {
                case RefreshVerdict.Rotate:
                    var next = await sessions.TryRotateAsync(
                        session, now => session.Rotate(caller, keys.Active.Id, policy, now), cancellationToken);
                    if (next is null) continue;
                    metrics.RefreshRotated();
                    logger.RefreshTokenRotated(session.Id.Value, next.Generation);
                    return new RefreshResult.Rotated(tokens.Issue(next, account));
                case RefreshVerdict.Retry:
                    metrics.RefreshRetried();
                    logger.RefreshTokenRetried(session.Id.Value, session.Generation);
                    return new RefreshResult.Retried(tokens.Issue(session, account));
                case RefreshVerdict.Reuse:
                    await EndReusedAsync(session, presented, caller);
                    return Refuse(RefreshRefusal.Reused, caller, account.Id);
                case RefreshVerdict.Revoked:
                    return Refuse(RefreshRefusal.Revoked, caller, account.Id);
                case RefreshVerdict.Expired:
                    return Refuse(RefreshRefusal.Expired, caller);
                case RefreshVerdict.Ahead:
                    await RecordAheadAsync(session, presented, caller);
                    return Refuse(RefreshRefusal.Invalid, caller);
                case RefreshVerdict.Mismatch:
                    return Refuse(RefreshRefusal.Invalid, caller);
                default:
                    throw new UnreachableException();
            }
        }
        // A session that may rotate and does not, twice: one reason is left, and no row of a session tells of it.
        return new RefreshResult.ApiKeyRevoked();
    }

    /// <summary>
    /// Whoever came first, the thief or the owner: with two holders of one family neither can be told from the other, and both
    /// are sent to log in (RFC 9700 §4.14.2).
    /// </summary>
    private async Task EndReusedAsync(Session session, RefreshTokenClaims presented, Caller caller)
    {
        if (await sessions.TryRevokeAsync(session.Id, AuditEvent.OfReuse(session, presented, caller, time.Now()))
            && alarms.IsDue(Alarm.RefreshTokenReused))
            logger.RefreshTokenReused(session.Id.Value, caller.Address, presented.Generation, session.Generation);
    }

    private async Task RecordAheadAsync(Session session, RefreshTokenClaims presented, Caller caller)
    {
        // Nothing ends here, so that a client can come with it for ever.
        if (alarms.IsDue(Alarm.RefreshTokenAhead, session.Id))
            await auditEvents.AddAsync(AuditEvent.OfTokenAhead(session, presented, caller, time.Now()));
        if (alarms.IsDue(Alarm.RefreshTokenAhead))
            logger.RefreshTokenAhead(session.Id.Value, caller.Address, presented.Generation, session.Generation);
    }

    /// <param name="account">Whose session it is, once the token has shown that it belongs to it.</param>
    private RefreshResult.Refused Refuse(RefreshRefusal refusal, Caller caller, AccountId? account = null)
    {
        // That time has passed is nobody's fault.
        if (ReasonOf(refusal) is { } reason)
            failedLogins.Count(FailedLogin.OfRefreshToken(reason, account, caller, time.Now()));
        metrics.RefreshRefused(EnumText.Of(refusal));
        logger.RefreshRefused(refusal, caller.Client.Value, caller.Address);
        return new RefreshResult.Refused(refusal);
    }

    private static FailedLoginReason? ReasonOf(RefreshRefusal refusal) => refusal switch
    {
        RefreshRefusal.Invalid => FailedLoginReason.InvalidRefreshToken,
        RefreshRefusal.Revoked => FailedLoginReason.RevokedRefreshToken,
        RefreshRefusal.Reused => FailedLoginReason.RefreshTokenReused,
        RefreshRefusal.Expired => null,
        _ => throw new UnreachableException(),
    };
}

public abstract record RefreshResult
{
    private RefreshResult()
    {
    }

    public sealed record Rotated(TokenPair Tokens) : RefreshResult;

    /// <summary>A repeated refresh within the leeway: the pair that the first one got.</summary>
    public sealed record Retried(TokenPair Tokens) : RefreshResult;

    public sealed record Refused(RefreshRefusal Refusal) : RefreshResult;

    /// <summary>The caller's key was revoked since it was accepted. The session is as it was.</summary>
    public sealed record ApiKeyRevoked : RefreshResult;
}

public enum RefreshRefusal
{
    /// <summary>Not a refresh token of ours, or not this client's.</summary>
    Invalid,
    Expired,
    Revoked,

    /// <summary>It was used before, and longer ago than a retry explains.</summary>
    Reused,
}
