namespace Bhiv.Domain.ApiKeys;

/// <summary>A calling application, with whatever keys it has.</summary>
public sealed record Client
{
    public required ClientId Id { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Since when none of its keys is good.</summary>
    public DateTimeOffset? DisabledAt { get; init; }
}
