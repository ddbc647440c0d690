using Bhiv.Domain;
using Bhiv.Domain.Throttling;

namespace Bhiv.Application.Throttling;

/// <summary>
/// The attempts of this process that are not decided yet. Each of them may turn out to be a failure, and is reckoned as one until it is
/// decided: guesses in parallel get no more than guesses one by one. Who finds no place waits in the order of arrival. Any thread may
/// call it.
/// </summary>
internal sealed class LoginQueue(TimeProvider time)
{
    private static readonly TimeSpan ShortWait = TimeSpan.FromSeconds(1);

    private readonly Dictionary<string, Entry> entries = [];
    private readonly LinkedList<Visit> waiting = new();
    private readonly Lock gate = new();

    /// <summary>How many subjects are known: those that some attempt is about, and no others. For tests.</summary>
    internal int Count
    {
        get
        {
            lock (gate) return entries.Count;
        }
    }

    /// <summary>Due before what is stored is read, so that nothing that is decided meanwhile is missed.</summary>
    /// <param name="passwordChangedAt">Of the account that has the name; null where nobody has.</param>
    public Visit Arrive(LoginSubjects subjects, DateTimeOffset? passwordChangedAt)
    {
        lock (gate) return new Visit(subjects, passwordChangedAt, time.Now(), Use(subjects.Pair), Use(subjects.Name), Use(subjects.Address));

        Entry Use(ThrottleSubject subject)
        {
            if (!entries.TryGetValue(subject.Key, out var entry)) entries.Add(subject.Key, entry = new Entry(subject));
            entry.Visits++;
            return entry;
        }
    }

    /// <summary>What is stored, or was just written.</summary>
    public void Learn(IReadOnlyList<Throttle> throttles)
    {
        // Nobody who waits is told here: there is one who is undecided, and when he leaves it is time enough.
        lock (gate)
        {
            foreach (var throttle in throttles)
            {
                if (entries.TryGetValue(throttle.Key, out var entry) && throttle.Version > entry.Throttle.Version) entry.Throttle = throttle;
            }
        }
    }

    /// <summary>Waits for a place among the undecided.</summary>
    /// <returns>Null once there is one; else after how long another attempt makes sense.</returns>
    public async Task<TimeSpan?> EnterAsync(Visit visit, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            if (IsSettled(visit)) return visit.TurnedAwayFor;
            if (visit.Pair.Waiting >= ThrottleOptions.WaitingAttempts) return ShortWait;
            visit.Pair.Waiting++;
            visit.Place = waiting.AddLast(visit);
        }
        for (var patience = ThrottleOptions.Patience; patience > TimeSpan.Zero; patience = PatienceLeft(visit))
        {
            try
            {
                await visit.Settled.Task.WaitAsync(patience, time, cancellationToken);
                return visit.TurnedAwayFor;
            }
            catch (TimeoutException)
            {
                // Whether it is over is judged below.
            }
        }
        lock (gate) return visit.Place is null ? visit.TurnedAwayFor : ShortWait;
    }

    /// <summary>Its attempt is decided, or there was none.</summary>
    /// <param name="succeeded">Whether it was seen to succeed.</param>
    public void Leave(Visit visit, bool succeeded = false)
    {
        lock (gate)
        {
            Remove(visit);
            foreach (var entry in visit.Held) entry.Undecided--;
            foreach (var entry in visit.All)
            {
                if (succeeded) entry.LastSuccess = time.GetTimestamp();
                if (--entry.Visits == 0) entries.Remove(entry.Key);
            }
            if (visit.Held.Count > 0) Settle();
        }
    }

    /// <summary>In the order of arrival.</summary>
    private void Settle()
    {
        for (var (place, next) = (waiting.First, waiting.First?.Next); place is not null; (place, next) = (next, next?.Next))
        {
            var visit = place.Value;
            if (!IsSettled(visit)) continue;
            Remove(visit);
            visit.Settled.SetResult();
        }
    }

    /// <summary>Whether the visit has its place now, or is turned away.</summary>
    private bool IsSettled(Visit visit)
    {
        var now = time.Now();
        visit.IsFamiliar = visit.Pair.Throttle.IsFamiliar(visit.PasswordChangedAt, now);
        // What others do elsewhere, and at other names, is no business of an owner's.
        var judges = visit.IsFamiliar ? visit.PairAlone : visit.All;
        var wait = TimeSpan.Zero;
        var hasPlace = visit.Pair.Undecided < ThrottleOptions.ConcurrentAttempts;
        foreach (var entry in judges)
        {
            var allowance = entry.Judge(now);
            if (allowance.Wait > wait) wait = allowance.Wait;
            hasPlace &= entry.Undecided < allowance.Places;
        }
        if (wait > TimeSpan.Zero) visit.TurnedAwayFor = wait;
        else if (hasPlace) Hold(visit, judges);
        else return false;
        return true;
    }

    private static void Hold(Visit visit, IReadOnlyList<Entry> judges)
    {
        foreach (var entry in judges) entry.Undecided++;
        visit.Held = judges;
    }

    private TimeSpan PatienceLeft(Visit visit)
    {
        lock (gate)
        {
            // While others succeed there is reason to wait on: a suite that logs in a hundred times at once is no attack.
            return visit.Place is not null && visit.All.Max(entry => entry.LastSuccess) is { } last
                ? ThrottleOptions.Patience - time.GetElapsedTime(last)
                : TimeSpan.Zero;
        }
    }

    private void Remove(Visit visit)
    {
        if (visit.Place is null) return;
        waiting.Remove(visit.Place);
        visit.Place = null;
        visit.Pair.Waiting--;
    }

    internal sealed class Visit(
        LoginSubjects subjects, DateTimeOffset? passwordChangedAt, DateTimeOffset arrivedAt, Entry pair, Entry name, Entry address)
    {
        public LoginSubjects Subjects => subjects;

        public DateTimeOffset? PasswordChangedAt => passwordChangedAt;

        public DateTimeOffset ArrivedAt => arrivedAt;

        public Entry Pair => pair;

        public Entry Name => name;

        public IReadOnlyList<Entry> All { get; } = [pair, name, address];

        public IReadOnlyList<Entry> PairAlone { get; } = [pair];

        /// <summary>The name lately succeeded at the address.</summary>
        public bool IsFamiliar { get; set; }

        /// <summary>Where it is reckoned among the undecided.</summary>
        public IReadOnlyList<Entry> Held { get; set; } = [];

        public LinkedListNode<Visit>? Place { get; set; }

        public TimeSpan? TurnedAwayFor { get; set; }

        public TaskCompletionSource Settled { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    internal sealed class Entry(ThrottleSubject subject)
    {
        public string Key => subject.Key;

        public Throttle Throttle { get; set; } = new() { Key = subject.Key };

        /// <summary>How many are about it, decided or not.</summary>
        public int Visits { get; set; }

        public int Undecided { get; set; }

        public int Waiting { get; set; }

        public long? LastSuccess { get; set; }

        public Allowance Judge(DateTimeOffset now) => subject.Rule.Judge(Throttle, now);
    }
}
