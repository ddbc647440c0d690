namespace Bhiv.Domain.Tokens;

/// <summary>What <see cref="Session.Judge"/> says of a presented refresh token.</summary>
public abstract record RefreshVerdict
{
    private RefreshVerdict()
    {
    }

    /// <summary>It is the present one: the session rotates, if nobody is quicker.</summary>
    public sealed record Rotate : RefreshVerdict;

    /// <summary>The immediate predecessor within the leeway: the present tokens again, and nothing is written.</summary>
    public sealed record Retry : RefreshVerdict;

    /// <summary>An older one, or the predecessor after the leeway: somebody holds a copy (RFC 9700 §4.14.2).</summary>
    public sealed record Reuse : RefreshVerdict;

    /// <summary>Newer than its own session, as after a restore from a backup: refused, and no evidence against anybody.</summary>
    public sealed record Ahead : RefreshVerdict;

    /// <summary>Not a token that this session gave to this client, or not one that can be judged.</summary>
    public sealed record Mismatch : RefreshVerdict;

    /// <summary>The session was revoked, by itself or with everything of its account.</summary>
    public sealed record Revoked : RefreshVerdict;

    public sealed record Expired : RefreshVerdict;
}
