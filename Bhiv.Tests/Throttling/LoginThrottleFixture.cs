using Bhiv.Application.Throttling;
using Bhiv.Domain.Accounts;
using Bhiv.Domain.ApiKeys;
using Bhiv.Domain.SigningKeys;
using Bhiv.Domain.Throttling;
using Bhiv.Domain.Tokens;
using Microsoft.Extensions.Time.Testing;

namespace Bhiv.Tests.Throttling;

/// <summary>A throttle, and people at addresses who succeed and fail before it.</summary>
public abstract class LoginThrottleFixture
{
    protected const string Home = "192.0.2.1";
    protected const string Elsewhere = "198.51.100.7";

    private ThrottlesInMemory store = null!;

    private protected FakeTimeProvider Clock { get; set; } = null!;

    private protected DateTimeOffset PasswordChangedAt { get; set; }

    private protected LoginThrottle Throttle { get; set; } = null!;

    [SetUp]
    public void Arrange()
    {
        Clock = new FakeTimeProvider(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
        PasswordChangedAt = Clock.GetUtcNow();
        store = new ThrottlesInMemory();
        Throttle = Another();
    }

    private protected LoginThrottle Another(FakeTimeProvider? time = null) =>
        new(store, new SigningKeyRing(new SigningKeySet(new SigningKey("secret"))), new ThrottleOptions(), time ?? Clock);

    private protected async Task<bool> FailAsync(string name, string address, LoginThrottle? by = null)
    {
        using var attempt = await EnterAsync(name, address, by);
        return await attempt.FailAsync();
    }

    /// <summary>Where is asked what comes after so many failures, and not whether there can be so many at once.</summary>
    private protected async Task StoreFailureAsync(string name, string address)
    {
        var subjects = LoginSubjects.Of(AccountName.Of(name), address, new SigningKey("secret"), new ThrottleOptions());
        await store.FailAsync(subjects.All, Clock.GetUtcNow());
    }

    private protected async Task SucceedAsync(string name, string address)
    {
        using var attempt = await EnterAsync(name, address);
        await attempt.SucceedAsync();
    }

    private protected async Task<LoginAttempt> EnterAsync(string name, string address, LoginThrottle? by = null) =>
        ((Admission.Admitted)await (by ?? Throttle).EnterAsync(AccountName.Of(name), PasswordChangedAt, CallerAt(address), default)).Attempt;

    /// <summary>How long another attempt has to wait; null when it would be looked at.</summary>
    private protected async Task<TimeSpan?> WaitAsync(string name, string address, LoginThrottle? by = null)
    {
        switch (await (by ?? Throttle).EnterAsync(AccountName.Of(name), PasswordChangedAt, CallerAt(address), default))
        {
            case Admission.TurnedAway(var wait):
                return wait;
            case Admission.Admitted(var attempt):
                attempt.Dispose();
                return null;
            default:
                throw new InvalidOperationException();
        }
    }

    /// <summary>How many of so many strangers at a name are looked at before any of them is decided.</summary>
    private protected async Task<int> UndecidedAsync(string name, int strangers)
    {
        Clock.Advance(TimeSpan.FromMinutes(15));
        var entering = Enumerable.Range(0, strangers)
            .Select(number => Throttle.EnterAsync(AccountName.Of(name), PasswordChangedAt, CallerAt($"198.51.100.{number}"), default)).ToList();
        await Task.Delay(50);
        return entering.Count(it => it.IsCompletedSuccessfully && it.Result is Admission.Admitted);
    }

    private static Caller CallerAt(string address) => new(ClientId.Default, address);
}
