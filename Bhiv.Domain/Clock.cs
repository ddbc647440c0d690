using System.Globalization;

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

    /// <summary>RFC 3339 in UTC, to the second.</summary>
    public static string ToText(this DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>What a hosted service does again and again, until it is told to stop.</summary>
    public static async Task EachAsync(
        this TimeProvider time, TimeSpan interval, Func<CancellationToken, Task> act, CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken)) await act(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host knows a stop when it sees one, but not the end of a start that failed: it would report this as a fault.
        }
    }
}
