using Bhiv.Domain;
using Bhiv.Domain.Accounts;
using Bhiv.Domain.SigningKeys;
using Bhiv.Domain.Throttling;
using Bhiv.Domain.Tokens;

namespace Bhiv.Application.Throttling;

/// <summary>
/// Slows whoever guesses passwords, before a hash is spent on it: by name and address, by name and by address. Who has lately logged in
/// from where he is, is judged by the failures there alone, so that nobody elsewhere can lock him out.
/// </summary>
public sealed class LoginThrottle(IThrottleStore store, SigningKeyRing keys, ThrottleOptions options, TimeProvider time)
{
    private readonly LoginQueue queue = new(time);

    /// <summary>For tests.</summary>
    internal LoginQueue Queue => queue;

    /// <summary>Waits for a place among the attempts that are not decided yet, a few seconds at the most.</summary>
    /// <param name="passwordChangedAt">Of the account that has the name; null where nobody has.</param>
    public async Task<Admission> EnterAsync(
        AccountName name, DateTimeOffset? passwordChangedAt, Caller caller, CancellationToken cancellationToken)
    {
        var visit = queue.Arrive(LoginSubjects.Of(name, caller.Address, keys.Active, options), passwordChangedAt);
        var isAdmitted = false;
        try
        {
            queue.Learn(await store.ReadAsync(visit.Subjects.All, cancellationToken));
            if (await queue.EnterAsync(visit, cancellationToken) is { } wait) return new Admission.TurnedAway(wait);
            isAdmitted = true;
            return new Admission.Admitted(new LoginAttempt(this, visit));
        }
        finally
        {
            if (!isAdmitted) queue.Leave(visit);
        }
    }

    /// <returns>Whether it was the failure that made others than this name at this address wait.</returns>
    internal async Task<bool> FailAsync(LoginQueue.Visit visit)
    {
        var (subjects, now) = (visit.Subjects, time.Now());
        // Where its owner is, he mistypes: the name is the business of those who are not there.
        var throttles = await store.FailAsync(visit.IsFamiliar ? [subjects.Pair, subjects.Address] : subjects.All, now);
        queue.Learn(throttles);
        return new[] { subjects.Name, subjects.Address }.Any(subject =>
            throttles.Any(throttle => throttle.Key == subject.Key && subject.Rule.Judge(throttle, now).Places == 0));
    }

    internal async Task SucceedAsync(LoginQueue.Visit visit, DateTimeOffset? replacedAt)
    {
        var name = !visit.IsFamiliar && visit.Name.Throttle.Failures > 0 ? visit.Subjects.Name : null;
        if (name is not null || visit.Pair.Throttle.IsChangedBySuccess(replacedAt ?? visit.PasswordChangedAt, time.Now()))
            queue.Learn(await store.SucceedAsync(visit.Subjects.Pair, name, replacedAt ?? visit.ArrivedAt));
    }

    internal void Leave(LoginQueue.Visit visit, bool succeeded) => queue.Leave(visit, succeeded);
}

/// <summary>Whether a password may be looked at.</summary>
public abstract record Admission
{
    private Admission()
    {
    }

    /// <param name="Attempt">To be decided, and disposed of however it ends.</param>
    public sealed record Admitted(LoginAttempt Attempt) : Admission;

    /// <param name="Wait">After how long another attempt makes sense.</param>
    public sealed record TurnedAway(TimeSpan Wait) : Admission;
}

/// <summary>
/// One look at a password. While it is undecided it keeps a place that others may wait for; one that is disposed of undecided counts neither way.
/// </summary>
public sealed class LoginAttempt : IDisposable
{
    private readonly LoginThrottle throttle;
    private readonly LoginQueue.Visit visit;
    private bool succeeded;
    private bool isOver;

    internal LoginAttempt(LoginThrottle throttle, LoginQueue.Visit visit) => (this.throttle, this.visit) = (throttle, visit);

    /// <summary>The name lately succeeded at the address.</summary>
    public bool IsFamiliar => visit.IsFamiliar;

    /// <summary>Durable when it returns.</summary>
    /// <returns>Whether from now on others than this name at this address have to wait too: that is an attack.</returns>
    public Task<bool> FailAsync() => throttle.FailAsync(visit);

    /// <summary>
    /// Durable when it returns, as far as it is news. Due once it is certain that the password is the account's still: whoever knew a former
    /// one must not become familiar by it.
    /// </summary>
    /// <param name="replacedAt">When the password was set that has taken the place of the one that was looked at, where one has.</param>
    public async Task SucceedAsync(DateTimeOffset? replacedAt = null)
    {
        await throttle.SucceedAsync(visit, replacedAt);
        succeeded = true;
    }

    public void Dispose()
    {
        if (isOver) return;
        isOver = true;
        throttle.Leave(visit, succeeded);
    }
}
