namespace Bhiv.Domain.SigningKeys;

/// <summary>
/// The signing keys of this process: one signs, and tokens signed by any of them verify. What is in it may be replaced while it is
/// asked: whoever asks sees it whole, as it was or as it is.
/// </summary>
public sealed class SigningKeyRing
{
    private readonly Lock gate = new();
    private volatile State state;

    public SigningKeyRing(SigningKeySet configured) => state = State.Of(configured, new Dictionary<string, DateTimeOffset>());

    /// <summary>What it was made from, compromised keys included.</summary>
    public SigningKeySet Configured => state.Configured;

    /// <summary>
    /// The key that new tokens are signed with. When it is known to others, the announced one takes its place.
    /// </summary>
    /// <exception cref="StoreUnavailableException">Each key that could sign is compromised.</exception>
    public SigningKey Active => state.Active ?? throw new StoreUnavailableException("Each key that could sign is compromised.");

    /// <summary>Keys that are known to others, by id, and since when that is known: of here, or not any more.</summary>
    public IReadOnlyDictionary<string, DateTimeOffset> Compromised => state.Compromised;

    /// <summary>Every key whose tokens verify, the active one first.</summary>
    public IReadOnlyList<SigningKey> Keys => state.Keys;

    /// <summary>The key of that id. An id is only ever compared: it comes from a token that nobody has verified yet.</summary>
    public SigningKey? Find(string id)
    {
        foreach (var key in state.Keys)
        {
            if (string.Equals(key.Id, id, StringComparison.Ordinal)) return key;
        }
        return null;
    }

    /// <summary>False: each of these that could sign is compromised, and the ring stays as it is.</summary>
    public bool TryReplace(SigningKeySet configured)
    {
        lock (gate)
        {
            var next = State.Of(configured, state.Compromised);
            if (next.Active is null) return false;
            state = next;
            return true;
        }
    }

    /// <summary>The tokens of these keys verify no more, whatever the ring is replaced with.</summary>
    public void Exclude(IReadOnlyDictionary<string, DateTimeOffset> compromised)
    {
        lock (gate) state = State.Of(state.Configured, state.Compromised.UnionBy(compromised, key => key.Key).ToDictionary());
    }

    private sealed record State(
        SigningKeySet Configured,
        IReadOnlyDictionary<string, DateTimeOffset> Compromised,
        SigningKey? Active,
        IReadOnlyList<SigningKey> Keys)
    {
        public static State Of(SigningKeySet configured, IReadOnlyDictionary<string, DateTimeOffset> compromised)
        {
            var usable = configured.All.Where(key => !compromised.ContainsKey(key.Id)).ToList();
            return new State(configured, compromised, usable.FirstOrDefault(key => key != configured.Previous), usable);
        }
    }
}

/// <summary>The signing keys as they are configured.</summary>
/// <param name="Active">Signs: <c>JWT_SECRET</c>.</param>
/// <param name="Previous">Signed before, and its tokens verify: <c>JWT_SECRET_PREVIOUS</c>.</param>
/// <param name="Next">Will sign, and its tokens already verify: <c>JWT_SECRET_NEXT</c>.</param>
public sealed record SigningKeySet(SigningKey Active, SigningKey? Previous = null, SigningKey? Next = null)
{
    /// <summary>Each once, the active one first.</summary>
    public IReadOnlyList<SigningKey> All { get; } =
        [.. new[] { Active, Next, Previous }.OfType<SigningKey>().DistinctBy(key => key.Id)];
}
