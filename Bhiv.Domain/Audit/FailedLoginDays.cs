namespace Bhiv.Domain.Audit;

/// <summary>
/// How many rows with details the log of failed logins gets in a UTC day. They are kept for a quarter of a year, and whoever attacks from
/// many networks decides how many there are: beyond the bound failures are counted by the hour, so that no attack fills the disk. Each
/// <see cref="FailedLoginKind"/> has its own, so that what costs an attacker nothing hides nothing else. Any thread may take.
/// </summary>
/// <param name="bound">Of each kind and of this process, which begins with what the day has had by then; another that works on the database goes on by itself.</param>
public sealed class FailedLoginDays(int bound = FailedLoginDays.Bound)
{
    /// <summary>More than a person reads, and some 10 MB.</summary>
    public const int Bound = 30_000;

    /// <summary>A clock that was set wrong and right again finds the days as they were.</summary>
    private const int Remembered = 7;

    private readonly SortedDictionary<(long Day, FailedLoginKind Kind), int> taken = [];
    private readonly HashSet<(long Day, FailedLoginKind Kind)> filled = [];
    private readonly List<FailedLoginKind> news = [];
    private readonly Lock gate = new();

    /// <summary>How many that is.</summary>
    public int PerDay => bound;

    /// <summary>The first instant of the day.</summary>
    public static DateTimeOffset StartOf(DateTimeOffset at) => new(at.UtcDateTime.Date, TimeSpan.Zero);

    /// <summary>As many rows as the log has of the day. Due once, before anything is taken.</summary>
    public void Begin(DateTimeOffset at, FailedLoginKind kind, int rows)
    {
        lock (gate) taken[(DayOf(at), kind)] = rows;
    }

    /// <summary>Whether the failure may have a row with details: one of those that its day has left.</summary>
    public bool TryTake(FailedLogin failure)
    {
        var place = PlaceOf(failure);
        lock (gate)
        {
            var rows = taken.GetValueOrDefault(place);
            if (rows >= bound)
            {
                if (filled.Add(place)) news.Add(place.Kind);
                return false;
            }
            taken[place] = rows + 1;
            if (taken.Count > Remembered * Enum.GetValues<FailedLoginKind>().Length) Forget(taken.Keys.First(other => other.Day != place.Day));
            return true;
        }
    }

    /// <summary>What was taken and came to nothing.</summary>
    public void GiveBack(FailedLogin failure)
    {
        var place = PlaceOf(failure);
        lock (gate)
        {
            if (taken.GetValueOrDefault(place) is > 0 and var rows) taken[place] = rows - 1;
        }
    }

    /// <summary>Of which kinds a day was found full since the last time. Each is among them once a day.</summary>
    public IReadOnlyList<FailedLoginKind> TakeNews()
    {
        lock (gate)
        {
            FailedLoginKind[] told = [.. news];
            news.Clear();
            return told;
        }
    }

    private static (long Day, FailedLoginKind Kind) PlaceOf(FailedLogin failure) => (DayOf(failure.At), failure.Kind);

    private static long DayOf(DateTimeOffset at) => at.UtcTicks / TimeSpan.TicksPerDay;

    private void Forget((long Day, FailedLoginKind Kind) place)
    {
        taken.Remove(place);
        filled.Remove(place);
    }
}
