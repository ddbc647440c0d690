namespace Bhiv.Domain.Accounts;

/// <summary>A stored person that can log in.</summary>
public sealed record Account
{
    public required AccountId Id { get; init; }

    /// <summary>As typed; see <see cref="AccountName"/>.</summary>
    public required string Name { get; init; }

    /// <summary>Unique: <see cref="AccountName.Key"/>.</summary>
    public required string NameKey { get; init; }

    public required PasswordHash PasswordHash { get; init; }

    /// <summary>
    /// When this password was set: later than the one before it, whatever the clock said (<see cref="NextPasswordChange"/>), so that it tells one
    /// password of the account from another. That the same password is hashed again does not move it.
    /// </summary>
    public required DateTimeOffset PasswordChangedAt { get; init; }

    /// <summary>
    /// Set where the password is a one-time one: until then it is good for one login, and replaced by it; from then on it is good for nothing.
    /// </summary>
    public DateTimeOffset? OneTimePasswordUntil { get; init; }

    public required IReadOnlyList<string> Roles { get; init; }

    /// <summary>
    /// Raised when the account is disabled, its password changes or all its sessions are ended. A session holds the epoch of its login: one of another
    /// epoch is dead, however the login and the change raced.
    /// </summary>
    public long Epoch { get; init; }

    /// <summary>When all its sessions were last ended: access tokens of sessions that are not younger are dead.</summary>
    public DateTimeOffset? SessionsEndedAt { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? DisabledAt { get; init; }

    /// <summary>
    /// Set on the one account that the environment manages: the hash of the password that was applied last, whatever the
    /// password has been changed to since.
    /// </summary>
    public PasswordHash? EnvironmentPasswordHash { get; init; }

    /// <summary>
    /// Raised by each administrative change of the row: two readers of one version have seen the same. Neither the end of sessions nor what
    /// the account does by itself is one.
    /// </summary>
    public long Version { get; init; }

    public bool IsEnabled => DisabledAt is null;

    public bool IsAdministrator => Roles.Contains(Role.Admin);

    public bool IsOfEnvironment => EnvironmentPasswordHash is not null;

    /// <summary>Whether its password is a one-time one whose time is over.</summary>
    public bool HasExpiredPassword(DateTimeOffset now) => OneTimePasswordUntil <= now;

    /// <summary>When a password that takes the place of this one is set: now, unless the clock was set back behind this one.</summary>
    public DateTimeOffset NextPasswordChange(DateTimeOffset now)
    {
        // The stores keep whole microseconds.
        var next = PasswordChangedAt.AddMicroseconds(1);
        return next > now ? next : now;
    }

    /// <summary>Whether a session that began in <paramref name="epoch"/> may go on.</summary>
    public bool Admits(long epoch) => IsEnabled && Epoch == epoch;

    /// <summary>
    /// Now, unless the clock stepped back behind the last cutoff, or stands in the same millisecond: a session that begins
    /// after the cutoff also says so.
    /// </summary>
    public DateTimeOffset FirstInstantAfterCutoff(DateTimeOffset now)
    {
        var first = SessionsEndedAt?.AddMilliseconds(1);
        return first > now ? first.Value : now;
    }

    public static Account Create(AccountName name, PasswordHash hash, IReadOnlyList<string> roles, DateTimeOffset now) => new()
    {
        Id = AccountId.New(now),
        Name = name.Value,
        NameKey = name.Key,
        PasswordHash = hash,
        PasswordChangedAt = now,
        Roles = roles,
        CreatedAt = now,
    };

    /// <summary>An account whose owner gets a one-time password.</summary>
    public static Account CreateWithOneTimePassword(AccountName name, PasswordHash hash, IReadOnlyList<string> roles, DateTimeOffset now) =>
        Create(name, hash, roles, now) with { OneTimePasswordUntil = now + OneTimePassword.Lifetime };

    /// <summary>An account made from <c>DEMO_USERNAME</c> and <c>DEMO_PASSWORD</c>.</summary>
    public static Account FromEnvironment(AccountName name, PasswordHash hash, DateTimeOffset now) =>
        Create(name, hash, [Role.Admin], now) with { EnvironmentPasswordHash = hash };
}
