namespace Bhiv.Api.Http;

internal sealed record RateLimitOptions
{
    /// <summary>As good as none.</summary>
    public const int Maximum = 1_000_000;

    /// <summary>Of one API key from one network; without a good key, of one network. Each process counts by itself.</summary>
    public int RequestsPerMinute { get; init; } = 600;

    /// <summary>No setting: the limit is one of a minute.</summary>
    public TimeSpan Window { get; init; } = TimeSpan.FromMinutes(1);
}
