using Bhiv.Domain.Accounts;
using Bhiv.Domain.ApiKeys;
using Bhiv.Domain.SigningKeys;
using Bhiv.Domain.Tokens;

namespace Bhiv.Domain.Audit;

/// <summary>
/// A security fact that stays: what was decided about whom, by which call, and on what evidence. It is written in the
/// transaction of what it records, and other processes learn of a revocation by reading it.
/// </summary>
public sealed record AuditEvent
{
    /// <summary>Given by the store, in the order of the commits.</summary>
    public long Sequence { get; init; }

    public required DateTimeOffset At { get; init; }

    public required AuditEventKind Kind { get; init; }

    public AccountId? AccountId { get; init; }

    /// <summary>The session it is about; where all of an account's were ended, the one that was kept.</summary>
    public SessionId? SessionId { get; init; }

    /// <summary>The client that called; null when the service itself decided.</summary>
    public ClientId? ClientId { get; init; }

    public string? Address { get; init; }

    public string? UserAgent { get; init; }

    /// <summary>The <c>trace_id</c> of the answer.</summary>
    public string? TraceId { get; init; }

    /// <summary>
    /// Why something was revoked; null where nothing was. Other processes know a revocation by it and not by the kind: one of a
    /// kind that only a newer build knows still counts in an older one.
    /// </summary>
    public RevocationReason? Reason { get; init; }

    /// <summary>Where all sessions of an account, or of everybody, were ended: those created up to then.</summary>
    public DateTimeOffset? Cutoff { get; init; }

    /// <summary>What was seen, by name. Never a credential.</summary>
    public IReadOnlyDictionary<string, string> Evidence { get; init; } = new Dictionary<string, string>();

    /// <summary>A session was ended by a call.</summary>
    public static AuditEvent OfRevocation(
        AccountId account, SessionId session, RevocationReason reason, Caller caller, DateTimeOffset now) =>
        By(caller, now) with
        {
            Kind = AuditEventKind.SessionRevoked,
            AccountId = account,
            SessionId = session,
            Reason = reason,
        };

    /// <summary>Every session of an account was ended, but for <paramref name="kept"/>.</summary>
    public static AuditEvent OfAccount(
        AccountId account, SessionId? kept, RevocationReason reason, Caller? caller, DateTimeOffset now) =>
        By(caller, now) with
        {
            Kind = AuditEventKind.AccountSessionsRevoked,
            AccountId = account,
            SessionId = kept,
            Cutoff = now,
            Reason = reason,
        };

    /// <summary>An account got another password, and every session of it was ended, but for <paramref name="kept"/>.</summary>
    public static AuditEvent OfPassword(AccountId account, SessionId? kept, Caller? caller, DateTimeOffset now) =>
        OfAccount(account, kept, RevocationReason.AccountChanged, caller, now) with { Kind = AuditEventKind.PasswordChanged };

    /// <summary>Every session of every account was ended.</summary>
    /// <param name="by">Who did it.</param>
    public static AuditEvent OfEverything(Author by, DateTimeOffset now) => By(by, now) with
    {
        Kind = AuditEventKind.EverySessionRevoked,
        Cutoff = now,
        Reason = RevocationReason.EndedByOperator,
        Evidence = EvidenceOf(by),
    };

    /// <summary>An administrator did something to an account.</summary>
    /// <param name="by">Who did it.</param>
    /// <param name="roles">Those that it has from then on, where that was it.</param>
    public static AuditEvent OfAccountEdit(
        AuditEventKind kind, Account account, Author by, DateTimeOffset now, IReadOnlyList<string>? roles = null) => By(by, now) with
        {
            Kind = kind,
            AccountId = account.Id,
            Evidence = roles is null
                ? EvidenceOf(by, ("username", account.Name))
                : EvidenceOf(by, ("username", account.Name), ("roles", string.Join(' ', roles))),
        };

    /// <summary>The account that the environment manages was made, renewed, or disabled for another: nobody's call.</summary>
    /// <param name="kind">What became of it.</param>
    public static AuditEvent OfEnvironment(AuditEventKind kind, Account account, DateTimeOffset now) =>
        OfAccountEdit(kind, account, new Author("environment"), now);

    /// <summary>Sessions were ended by whoever runs the service: those of an account, or one.</summary>
    /// <param name="by">Who did it.</param>
    /// <param name="session">Null where it is all of the account's.</param>
    public static AuditEvent OfSessions(AccountId account, SessionId? session, Author by, DateTimeOffset now) => By(by, now) with
    {
        Kind = session is null ? AuditEventKind.AccountSessionsRevoked : AuditEventKind.SessionRevoked,
        AccountId = account,
        SessionId = session,
        Cutoff = session is null ? now : null,
        Reason = RevocationReason.EndedByOperator,
        Evidence = EvidenceOf(by),
    };

    /// <summary>All sessions of a client were ended; its keys are good for others.</summary>
    /// <param name="by">Who did it.</param>
    public static AuditEvent OfClientSessions(ClientId client, Author by, DateTimeOffset now) => By(by, now) with
    {
        Kind = AuditEventKind.ClientSessionsRevoked,
        Reason = RevocationReason.EndedByOperator,
        Evidence = EvidenceOf(by, ("client_id", client.Value)),
    };

    /// <summary>The credentials were good, and do not suffice for the call.</summary>
    /// <param name="code">Of the answer.</param>
    /// <param name="call">Its method and route.</param>
    public static AuditEvent OfForbidden(string code, string call, AccountId? account, Caller caller, DateTimeOffset now) =>
        By(caller, now) with
        {
            Kind = AuditEventKind.AccessForbidden,
            AccountId = account,
            Evidence = new Dictionary<string, string> { ["code"] = code, ["call"] = call },
        };

    /// <summary>A client was made, disabled or enabled.</summary>
    /// <param name="by">Who did it.</param>
    public static AuditEvent OfClient(AuditEventKind kind, ClientId client, Author by, DateTimeOffset now) => By(by, now) with
    {
        Kind = kind,
        Reason = kind == AuditEventKind.ClientDisabled ? RevocationReason.ClientDisabled : null,
        Evidence = EvidenceOf(by, ("client_id", client.Value)),
    };

    /// <summary>An API key was made, rotated or revoked.</summary>
    /// <param name="by">Who did it.</param>
    public static AuditEvent OfApiKey(AuditEventKind kind, ClientId client, ApiKeyId key, Author by, DateTimeOffset now) =>
        By(by, now) with
        {
            Kind = kind,
            Reason = kind == AuditEventKind.ApiKeyRevoked ? RevocationReason.ApiKeyRevoked : null,
            Evidence = EvidenceOf(by, ("client_id", client.Value), ("key_id", key.Value)),
        };

    /// <summary>A signing key is known to others.</summary>
    /// <param name="key"><see cref="SigningKey.Id"/>.</param>
    public static AuditEvent OfCompromised(string key, Author by, DateTimeOffset now) => By(by, now) with
    {
        Kind = AuditEventKind.SigningKeyCompromised,
        Evidence = EvidenceOf(by, ("kid", key)),
    };

    /// <summary>A used refresh token came back, and its session is ended.</summary>
    public static AuditEvent OfReuse(Session session, RefreshTokenClaims presented, Caller caller, DateTimeOffset now) =>
        OfRevocation(session.AccountId, session.Id, RevocationReason.Reuse, caller, now) with
        {
            Kind = AuditEventKind.RefreshTokenReused,
            Evidence = EvidenceOf(session, presented, now),
        };

    /// <summary>A refresh token was newer than its own session: the database was restored from a backup.</summary>
    public static AuditEvent OfTokenAhead(Session session, RefreshTokenClaims presented, Caller caller, DateTimeOffset now) =>
        By(caller, now) with
        {
            Kind = AuditEventKind.RefreshTokenAhead,
            AccountId = session.AccountId,
            SessionId = session.Id,
            Evidence = EvidenceOf(session, presented, now),
        };

    private static Dictionary<string, string> EvidenceOf(Session session, RefreshTokenClaims presented, DateTimeOffset now)
    {
        var evidence = new Dictionary<string, string>
        {
            ["presented_generation"] = FormattableString.Invariant($"{presented.Generation}"),
            ["generation"] = FormattableString.Invariant($"{session.Generation}"),
            ["seconds_since_rotation"] = FormattableString.Invariant($"{(now - session.RotatedAt).TotalSeconds:F6}"),
        };
        if (session.Address is not null) evidence["address_of_rotation"] = session.Address;
        if (session.UserAgent is not null) evidence["user_agent_of_rotation"] = session.UserAgent;
        return evidence;
    }

    /// <summary>Who did it, and what else there is to say.</summary>
    private static Dictionary<string, string> EvidenceOf(Author by, params ReadOnlySpan<(string Name, string Value)> others)
    {
        var evidence = new Dictionary<string, string> { ["by"] = by.Name };
        // Of an account the id too: another may have its name one day.
        if (by.Account is { } account) evidence["by_account_id"] = account.ToString();
        foreach (var (name, value) in others) evidence[name] = value;
        return evidence;
    }

    private static AuditEvent By(Author by, DateTimeOffset now) => By(by.Caller, now);

    private static AuditEvent By(Caller? caller, DateTimeOffset now) => new()
    {
        At = now,
        Kind = default,
        ClientId = caller?.Client,
        Address = caller?.Address,
        UserAgent = caller?.UserAgent,
        TraceId = caller?.TraceId,
    };
}

public enum AuditEventKind
{
    SessionRevoked,
    AccountSessionsRevoked,
    EverySessionRevoked,
    RefreshTokenReused,
    RefreshTokenAhead,
    ClientCreated,
    ClientDisabled,
    ClientEnabled,
    ApiKeyCreated,
    ApiKeyRotated,
    ApiKeyRevoked,
    SigningKeyCompromised,
    AccountCreated,
    AccountDisabled,
    AccountEnabled,
    AccountRolesChanged,
    AccountPasswordReset,
    AccountDeleted,
    ClientSessionsRevoked,

    /// <summary>A call was refused whose credentials are good: the key lacks the scope, or the account the role.</summary>
    AccessForbidden,
    PasswordChanged,

    /// <summary>An account got its password, and the role of an administrator, from <c>DEMO_USERNAME</c> and <c>DEMO_PASSWORD</c>.</summary>
    EnvironmentAccountApplied,
}

/// <summary>Who decided something about the service itself: an administrator by a call, or an operator at its machine.</summary>
/// <param name="Name">The account's name, or <c>cli:</c> and the machine's account.</param>
/// <param name="Caller">The call; null at the machine.</param>
/// <param name="Account">The administrator's; null at the machine.</param>
/// <param name="Session">In which he calls; null at the machine.</param>
public sealed record Author(string Name, Caller? Caller = null, AccountId? Account = null, SessionId? Session = null);
