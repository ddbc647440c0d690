using Bhiv.Domain;
using Bhiv.Domain.Accounts;
using Bhiv.Domain.Throttling;
using Bhiv.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Moq;

namespace Bhiv.Tests.Http;

internal static partial class Provocations
{
    private static IEnumerable<Provocation> OfLogin()
    {
        const string path = Calls.Login;
        yield return new(path, "invalid_credentials", "a wrong password") { Call = it => it.Client.LoginAsync(password: "wrong") };
        yield return new(path, "invalid_credentials", "an unknown name") { Call = it => it.Client.LoginAsync("nobody") };
        yield return new(path, "too_many_attempts", "a guess too many")
        {
            Call = async it =>
            {
                await it.Client.LoginAsync(password: "wrong");
                return await it.Client.LoginAsync();
            },
            Replace = services => services.AddSingleton(new ThrottleOptions { FreeFailures = 1 }),
        };
        yield return new(path, "unavailable", "more logins than can be looked at")
        {
            Call = it => it.Client.LoginAsync(),
            Replace = services => services.AddSingleton(Overloaded()),
        };
        yield return Validation(path, "a number for a name", new { username = 1, password = "x" });
        yield return Validation(path, "NUL in a password", new { username = "admin", password = "a\0b" });
        yield return Validation(path, "a code point that is no character", new { username = "a\ufffe", password = "x" });
        yield return Validation(path, "a name of 65 characters", new { username = new string('a', 65), password = "x" });
        yield return Validation(path, "a password of 257 characters", new { username = "admin", password = new string('a', 257) });
        yield return new(path, "internal_error", "a fault")
        {
            Call = it => it.Client.LoginAsync(),
            Replace = services => services.AddSingleton(Throwing(new InvalidOperationException("a secret in a fault"))),
        };
        yield return new(path, "unavailable", "a database that does not answer")
        {
            Call = it => it.Client.LoginAsync(),
            Replace = services => services.AddSingleton(Throwing(new StoreUnavailableException("locked"))),
        };
    }

    /// <summary>An account store that is whole while the service starts, and fails when a login asks it.</summary>
    private static IAccountStore Throwing(Exception fault)
    {
        var store = new Mock<IAccountStore>();
        store.Setup(it => it.FindByNameAsync(It.IsAny<AccountName>(), It.IsAny<CancellationToken>())).ThrowsAsync(fault);
        return store.Object;
    }

    private static IPasswordHasher Overloaded()
    {
        var hasher = new Mock<IPasswordHasher>();
        hasher.Setup(it => it.HashAsync(It.IsAny<PlainTextPassword>(), It.IsAny<CancellationToken>())).ReturnsAsync(new PasswordHash("x"));
        hasher.Setup(it => it.VerifyAsync(It.IsAny<PlainTextPassword>(), It.IsAny<PasswordHash?>(), It.IsAny<bool>(), It.IsAny<CancellationToken>()))
            .ThrowsAsync(new OverloadedException("too many"));
        return hasher.Object;
    }
}
