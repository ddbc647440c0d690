using Bhiv.Domain.Accounts;
using Bhiv.Domain.ApiKeys;

namespace Bhiv.Domain.Audit;

/// <summary>
/// Counts refused keys and tokens until they are written: those of one network, reason, client and account within a minute become
/// one row, so that a flood of them fills no disk. Any thread may count while one takes.
/// </summary>
public sealed class FailedLoginTally
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

    /// <returns>Whether it joined a row that was there.</returns>
    public bool Add(FailedLogin failure)
    {
        lock (gate) return Count(failure);
    }

    /// <summary>
    /// What was counted since the last time, each row with the count to be added to what stands under its id. A row of a minute
    /// that has passed is let go of.
    /// </summary>
    public IReadOnlyList<FailedLogin> Take(DateTimeOffset now)
    {
        var minute = now.UtcTicks / TimeSpan.TicksPerMinute;
        lock (gate)
        {
            List<FailedLogin> taken =
                [.. rows.Values.Where(row => row.Pending > 0).Select(row => row.First with { Count = row.Pending })];
            foreach (var (key, row) in rows)
            {
                row.Pending = 0;
                if (key.Minute != minute) rows.Remove(key);
            }
            foreach (var counted in networks.Keys.Where(counted => counted.Minute != minute)) networks.Remove(counted);
            return taken;
        }
    }

    /// <summary>Counts again what was taken and could not be written.</summary>
    public void GiveBack(IReadOnlyList<FailedLogin> taken)
    {
        lock (gate)
        {
            foreach (var failure in taken) Count(failure);
        }
    }

    private bool Count(FailedLogin failure)
    {
        var key = Key.Of(failure);
        if (!rows.ContainsKey(key) && key.Network is not null && IsFull(key))
        {
            key = key with { Network = null };
            failure = failure with { Address = null, UserAgent = null, TraceId = null };
        }
        if (rows.TryGetValue(key, out var row))
        {
            row.Pending += failure.Count;
            return true;
        }
        rows.Add(key, new Row(failure));
        if (key.Network is not null) networks[(key.Minute, key.Reason)] = networks.GetValueOrDefault((key.Minute, key.Reason)) + 1;
        return false;
    }

    private bool IsFull(Key key) =>
        rows.Count >= MaximumRows || networks.GetValueOrDefault((key.Minute, key.Reason)) >= MaximumNetworks;

    private readonly record struct Key(long Minute, FailedLoginReason Reason, ClientId? Client, AccountId? Account, string? Network)
    {
        public static Key Of(FailedLogin failure) => new(
            failure.At.UtcTicks / TimeSpan.TicksPerMinute,
            failure.Reason,
            failure.ClientId,
            failure.AccountId,
            Domain.Network.Of(failure.Address));
    }

    private sealed class Row(FailedLogin first)
    {
        public FailedLogin First { get; } = first;

        public long Pending { get; set; } = first.Count;
    }
}
