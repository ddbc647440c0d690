using Bhiv.Domain.Tokens;

namespace Bhiv.Domain.Audit;

/// <summary>What looks like an attack, and not like a person's mistake. The log has an event of the same name for each.</summary>
public enum Alarm
{
    /// <summary>A used refresh token came back: somebody has a copy.</summary>
    RefreshTokenReused,

    /// <summary>A refresh token is newer than its session: the database was restored, or somebody makes tokens.</summary>
    RefreshTokenAhead,

    /// <summary>A token names a signing key of this service, and that key did not sign it.</summary>
    TokenForged,

    /// <summary>A token says that it is newer than the mark on the signing key that it names: somebody signs with what was stolen, or pretends to.</summary>
    CompromisedKeyUsed,

    /// <summary>One network failed to log in under many names: <see cref="SprayWatch"/>.</summary>
    PasswordSprayed,

    /// <summary>So many logins failed at one name, or from one address, that others than who failed have to wait too.</summary>
    LoginsThrottled,
}

/// <summary>
/// Keeps an attack from flooding the log and the audit events: each cause is told at most once a minute by this process, or once
/// a minute for each session that it is about.
/// </summary>
public sealed class Alarms(TimeProvider time)
{
    private readonly Silence<(Alarm Cause, SessionId? About)> silence = new(time);

    /// <summary>Whether the cause is to be told now. Of callers at the same time one is told yes.</summary>
    public bool IsDue(Alarm cause, SessionId? about = null) => silence.IsOver((cause, about));
}
