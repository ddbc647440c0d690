namespace Bhiv.Domain;

/// <summary>How the edge reads the time.</summary>
public static class Clock
{
    /// <summary>
    /// The present in UTC, cut to whole microseconds: what the stores keep. Cut here, a time compares the same before
    /// it is stored and after it was read back.
    /// </summary>
    public static DateTimeOffset Now(this TimeProvider time)
    {
        var now = time.GetUtcNow();
        return now.AddTicks(-(now.UtcTicks % TimeSpan.TicksPerMicrosecond));
    }

    /// <summary>Cut to the whole second: the only precision a JWT's times have here (RFC 7519 §2, NumericDate).</summary>
    public static DateTimeOffset ToWholeSeconds(this DateTimeOffset time) =>
        DateTimeOffset.FromUnixTimeSeconds(time.ToUnixTimeSeconds());
}
