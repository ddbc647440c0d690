namespace Bhiv.Domain.Audit;

/// <summary>
/// How many rows with details the log of failed logins gets in a UTC day. They are kept for a quarter of a year, and whoever attacks from
/// many networks decides how many there are: beyond the bound failures are counted by the hour, so that no attack fills the disk. Any
/// thread may take.
/// </summary>
/// <param name="bound">Of this process; each that works on the database has its own.</param>
public sealed class FailedLoginDays(int bound = FailedLoginDays.Bound)
{
    /// <summary>More than a person reads, and some 30 MB.</summary>
    public const int Bound = 100_000;

    /// <summary>A clock that was set wrong and right again finds the days as they were.</summary>
    private const int Remembered = 7;

    private readonly SortedDictionary<long, int> taken = [];
    private readonly HashSet<long> filled = [];
    private readonly Lock gate = new();
    private bool isNews;

    /// <summary>How many that is.</summary>
    public int PerDay => bound;

    /// <summary>The first instant of the day.</summary>
    public static DateTimeOffset StartOf(DateTimeOffset at) => new(at.UtcDateTime.Date, TimeSpan.Zero);

    /// <summary>As many rows as the log has of the day. Due once, before anything is taken.</summary>
    public void Begin(DateTimeOffset at, int rows)
    {
        lock (gate) taken[DayOf(at)] = rows;
    }

    /// <summary>Whether what failed then may have a row with details: one of those that its day has left.</summary>
    public bool TryTake(DateTimeOffset at)
    {
        var day = DayOf(at);
        lock (gate)
        {
            var rows = taken.GetValueOrDefault(day);
            if (rows >= bound)
            {
                isNews |= filled.Add(day);
                return false;
            }
            taken[day] = rows + 1;
            if (taken.Count > Remembered) Forget(taken.Keys.First(other => other != day));
            return true;
        }
    }

    /// <summary>What was taken and came to nothing.</summary>
    public void GiveBack(DateTimeOffset at)
    {
        lock (gate)
        {
            if (taken.GetValueOrDefault(DayOf(at)) is > 0 and var rows) taken[DayOf(at)] = rows - 1;
        }
    }

    /// <summary>Whether a day was found full since the last time. Of each day that is true once.</summary>
    public bool TakeNews()
    {
        lock (gate)
        {
            var news = isNews;
            isNews = false;
            return news;
        }
    }

    private static long DayOf(DateTimeOffset at) => at.UtcTicks / TimeSpan.TicksPerDay;

    private void Forget(long day)
    {
        taken.Remove(day);
        filled.Remove(day);
    }
}
