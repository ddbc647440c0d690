namespace Bhiv.Domain.Audit;

/// <summary>
/// Notices password spraying: a few passwords tried on many names, which no count of one name shows. Each network is watched by the
/// names that it failed at within one window of the clock, known or not. In memory, bounded whatever is sent; any thread may call it.
/// </summary>
public sealed class SprayWatch
{
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    /// <summary>More names than people behind one address mistype within a window.</summary>
    public const int Names = 20;

    /// <summary>Those beyond are watched as if they were one: so many that fail at once are an attack themselves.</summary>
    public const int MaximumNetworks = 1_000;

    private readonly Dictionary<string, HashSet<string>> failed = [];
    private readonly Lock gate = new();
    private long window;

    /// <summary>Takes a refused password into account; true from the moment on when its network has failed at <see cref="Names"/> names.</summary>
    public bool IsSpray(FailedLogin failure)
    {
        // Neither is ever absent of a password.
        var name = failure.AccountId?.ToString() ?? failure.UsernameHash!;
        var network = Network.Of(failure.Address) ?? string.Empty;
        lock (gate)
        {
            var present = failure.At.UtcTicks / Window.Ticks;
            // One that waited for the database longer than others may be of the window before.
            if (present > window) failed.Clear();
            window = Math.Max(window, present);
            if (!failed.ContainsKey(network) && failed.Count >= MaximumNetworks) network = string.Empty;
            if (!failed.TryGetValue(network, out var names)) failed.Add(network, names = []);
            return names.Count >= Names || (names.Add(name) && names.Count >= Names);
        }
    }
}
