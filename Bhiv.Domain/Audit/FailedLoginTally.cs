using Bhiv.Domain.Accounts;
using Bhiv.Domain.ApiKeys;

namespace Bhiv.Domain.Audit;

/// <summary>
/// Counts refused keys and tokens until they are written: those of one address, reason, client and account within a minute become
/// one row, so that a flood of them fills no disk. Any thread may count while one takes.
/// </summary>
public sealed class FailedLoginTally
{
    /// <summary>
    /// How many rows of one minute are told apart. Whoever has more addresses than that is counted without one, so that neither
    /// the memory nor the count suffers.
    /// </summary>
    public const int MaximumRows = 10_000;

    private readonly Dictionary<Key, Row> rows = [];
    private readonly Lock gate = new();

    public void Add(FailedLogin failure)
    {
        lock (gate)
        {
            if (rows.Count >= MaximumRows && !rows.ContainsKey(Key.Of(failure)))
                failure = failure with { AccountId = null, Address = null, UserAgent = null, TraceId = null };
            Count(failure);
        }
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

    private void Count(FailedLogin failure)
    {
        var key = Key.Of(failure);
        if (!rows.TryGetValue(key, out var row)) rows.Add(key, row = new Row(failure));
        row.Pending += failure.Count;
    }

    private readonly record struct Key(long Minute, FailedLoginReason Reason, ClientId? Client, AccountId? Account, string? Address)
    {
        public static Key Of(FailedLogin failure) => new(
            failure.At.UtcTicks / TimeSpan.TicksPerMinute, failure.Reason, failure.ClientId, failure.AccountId, failure.Address);
    }

    private sealed class Row(FailedLogin first)
    {
        public FailedLogin First { get; } = first;

        public long Pending { get; set; }
    }
}
