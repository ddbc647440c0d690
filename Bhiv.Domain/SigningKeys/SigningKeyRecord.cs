namespace Bhiv.Domain.SigningKeys;

/// <summary>What is remembered of a signing key: never the key.</summary>
public sealed record SigningKeyRecord
{
    /// <summary><see cref="SigningKey.Id"/>.</summary>
    public required string Id { get; init; }

    /// <summary>When a process of this service first had it: its age counts from then.</summary>
    public required DateTimeOffset FirstSeenAt { get; init; }

    /// <summary>When one first signed with it; null while it is only announced.</summary>
    public DateTimeOffset? SignsSince { get; init; }

    /// <summary>Since when it is known to others, and its tokens are refused for ever.</summary>
    public DateTimeOffset? CompromisedAt { get; init; }

    public DateTimeOffset RotateBy(SigningKeyOptions policy) => FirstSeenAt + policy.RotateAfter;

    /// <summary>Whether another, which is still good, began to sign after it had: if it signs now it came back, as after a rollback.</summary>
    public bool HasReturned(IEnumerable<SigningKeyRecord> all) => all.Any(other => other.CompromisedAt is null && other.SignsSince > SignsSince);
}
