using Bhiv.Domain.Throttling;

namespace Bhiv.Tests.Throttling;

/// <summary>A store as its contract wants it, and nothing more.</summary>
internal sealed class ThrottlesInMemory : IThrottleStore
{
    private readonly Dictionary<string, Throttle> stored = [];
    private readonly Lock gate = new();

    public Task<IReadOnlyList<Throttle>> ReadAsync(IReadOnlyList<ThrottleSubject> subjects, CancellationToken cancellationToken)
    {
        lock (gate) return Task.FromResult<IReadOnlyList<Throttle>>([.. subjects.Select(it => stored.GetValueOrDefault(it.Key)).OfType<Throttle>()]);
    }

    public Task<IReadOnlyList<Throttle>> FailAsync(IReadOnlyList<ThrottleSubject> subjects, DateTimeOffset now) =>
        ChangeAsync(subjects, (throttle, subject) => throttle.Fail(subject.Rule.Window, now));

    public Task<IReadOnlyList<Throttle>> SucceedAsync(ThrottleSubject pair, ThrottleSubject? name, DateTimeOffset at) =>
        ChangeAsync(name is null ? [pair] : [pair, name], (throttle, subject) => subject == pair ? throttle.Succeed(at) : throttle.Reset(at));

    public Task<int> PurgeAsync(DateTimeOffset now, int batch, CancellationToken cancellationToken) => throw new NotSupportedException();

    private Task<IReadOnlyList<Throttle>> ChangeAsync(IReadOnlyList<ThrottleSubject> subjects, Func<Throttle, ThrottleSubject, Throttle> change)
    {
        lock (gate)
        {
            foreach (var subject in subjects) stored[subject.Key] = change(stored.GetValueOrDefault(subject.Key) ?? new Throttle { Key = subject.Key }, subject);
            return Task.FromResult<IReadOnlyList<Throttle>>([.. subjects.Select(subject => stored[subject.Key])]);
        }
    }
}
