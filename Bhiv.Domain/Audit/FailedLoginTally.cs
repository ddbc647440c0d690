using Bhiv.Domain.Accounts;
using Bhiv.Domain.ApiKeys;

namespace Bhiv.Domain.Audit;

/// <summary>
/// Counts refused keys and tokens until they are written: those of one network, reason, client and account within a minute become
/// one row, so that a flood of them fills no disk. When their day has no rows left, passwords are counted here too, and one row is of an
/// hour and has no details. Any thread may count while one takes.
/// </summary>
/// <param name="days">Without them each day has as many rows as it may.</param>
public sealed class FailedLoginTally(FailedLoginDays? days = null)
{
    /// <summary>
    /// How many networks are told apart of one reason in one minute. Whoever has more is counted without an address, so that neither
    /// the memory nor the disk nor the count suffers, and hides nothing that is refused for another reason.
    /// </summary>
    public const int MaximumNetworks = 1_000;

    /// <summary>How many rows are held before all that is new is counted without an address: none can be written.</summary>
    public const int MaximumRows = 10_000;

    private readonly Dictionary<Key, Row> rows = [];
    private readonly Dictionary<(long Minute, FailedLoginReason Reason), int> networks = [];
    private readonly Lock gate = new();

    /// <summary>Whether anything was counted that nobody has taken.</summary>
    public bool HasPending
    {
        get
        {
            lock (gate) return rows.Values.Any(row => row.Pending > 0);
        }
    }

    /// <returns>Whether it joined a row that was there, or one without details.</returns>
    public bool Add(FailedLogin failure)
    {
        lock (gate) return Count(failure, isNew: true);
    }

    /// <summary>A failure of a day that has no rows left.</summary>
    public void AddToHour(FailedLogin failure)
    {
        lock (gate) Join(Key.OfHour(failure), failure.WithoutDetails());
    }

    /// <summary>
    /// What was counted since the last time, each row with the count to be added to what stands under its id. A row of a minute, or of an
    /// hour, that has passed is let go of once all of it was taken.
    /// </summary>
    /// <param name="limit">How many rows at the most.</param>
    public IReadOnlyList<FailedLogin> Take(DateTimeOffset now, int limit = int.MaxValue)
    {
        lock (gate)
        {
            var taken = new List<FailedLogin>();
            foreach (var (key, row) in rows)
            {
                if (row.Pending > 0)
                {
                    if (taken.Count == limit) continue;
                    taken.Add(row.First with { Count = row.Pending });
                    row.Pending = 0;
                }
                if (!key.Covers(now)) rows.Remove(key);
            }
            var minute = now.UtcTicks / TimeSpan.TicksPerMinute;
            foreach (var counted in networks.Keys.Where(counted => counted.Minute != minute)) networks.Remove(counted);
            return taken;
        }
    }

    /// <summary>As <see cref="Take"/>, of the one row of its hour that a failure was counted in; nothing where that was taken already.</summary>
    public IReadOnlyList<FailedLogin> TakeHourOf(FailedLogin failure)
    {
        lock (gate)
        {
            if (!rows.TryGetValue(Key.OfHour(failure), out var row) || row.Pending == 0) return [];
            var taken = row.First with { Count = row.Pending };
            row.Pending = 0;
            return [taken];
        }
    }

    /// <summary>Counts again what was taken and could not be written.</summary>
    public void GiveBack(IReadOnlyList<FailedLogin> taken)
    {
        lock (gate)
        {
            var held = rows.Values.ToDictionary(row => row.First.Id);
            foreach (var failure in taken)
            {
                if (held.TryGetValue(failure.Id, out var row)) row.Pending += failure.Count;
                else if (failure.HasDetails) Count(failure, isNew: false);
                else Join(Key.OfHour(failure), failure);
            }
        }
    }

    /// <param name="isNew">What was taken before has had its row of the day.</param>
    private bool Count(FailedLogin failure, bool isNew)
    {
        var key = Key.Of(failure);
        if (!rows.ContainsKey(key) && key.Network is not null && IsFull(key))
        {
            key = key with { Network = null };
            failure = failure with { Address = null, UserAgent = null, TraceId = null };
        }
        if (isNew && !rows.ContainsKey(key) && days?.TryTake(failure) == false)
        {
            Join(Key.OfHour(failure), failure.WithoutDetails());
            return true;
        }
        return Join(key, failure);
    }

    private bool Join(Key key, FailedLogin failure)
    {
        if (rows.TryGetValue(key, out var row))
        {
            row.Pending += failure.Count;
            return true;
        }
        rows.Add(key, new Row(failure));
        if (key.Network is not null) networks[(key.Period, key.Reason)] = networks.GetValueOrDefault((key.Period, key.Reason)) + 1;
        return false;
    }

    private bool IsFull(Key key) =>
        rows.Count >= MaximumRows || networks.GetValueOrDefault((key.Period, key.Reason)) >= MaximumNetworks;

    /// <param name="Period">Which one since the year 1, of <paramref name="Length"/> ticks.</param>
    private readonly record struct Key(
        long Period, long Length, FailedLoginReason Reason, ClientId? Client, AccountId? Account, string? Network)
    {
        public static Key Of(FailedLogin failure) => Of(failure, TimeSpan.TicksPerMinute, Domain.Network.Of(failure.Address));

        public static Key OfHour(FailedLogin failure) => Of(failure, TimeSpan.TicksPerHour, null);

        public bool Covers(DateTimeOffset now) => now.UtcTicks / Length == Period;

        private static Key Of(FailedLogin failure, long length, string? network) =>
            new(failure.At.UtcTicks / length, length, failure.Reason, failure.ClientId, failure.AccountId, network);
    }

    private sealed class Row(FailedLogin first)
    {
        public FailedLogin First { get; } = first;

        public long Pending { get; set; } = first.Count;
    }
}
