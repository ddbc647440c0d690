using Bhiv.Domain;
using Bhiv.Domain.Accounts;
using Bhiv.Domain.Throttling;
using Bhiv.Tests.Accounts;
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
        foreach (var (by, next) in new (string, object)[]
        {
            ("an empty new password", ""), ("a number for it", 1), ("a short one", "kettle!"), ("one that everybody has", "baseball"),
            ("one with the name in it", "an ADMIN sang"), ("the same again", "bhiv2024"), ("one of 257 characters", new string('a', 257)),
        })
            yield return Validation(path, by, new { username = "admin", password = "bhiv2024", new_password = next });
        yield return new(path, "password_change_required", "a one-time password alone")
        {
            Call = async it =>
            {
                it.MakePasswordOneTime();
                return await it.Client.LoginAsync();
            },
            Replace = _ => { },
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

    private static IEnumerable<Provocation> OfPassword()
    {
        const string path = Calls.Password;
        const string next = "the kettle sang twice";
        yield return new(path, "missing_token", "a key alone") { Call = it => it.Client.PostAsync(path, new { current_password = "bhiv2024", new_password = next }) };
        yield return Change("invalid_credentials", "a wrong password", next, "wrong");
        yield return Change("too_many_attempts", "a guess too many", next) with
        {
            Call = async it =>
            {
                var token = await TokenAsync(it);
                await it.Client.LoginAsync(password: "wrong");
                return await it.Client.ChangePasswordAsync(token, next);
            },
            Replace = services => services.AddSingleton(new ThrottleOptions { FreeFailures = 1 }),
        };
        yield return new(path, "revoked_token", "a session that is gone")
        {
            Call = async it =>
            {
                var token = await TokenAsync(it);
                it.Execute("DELETE FROM refresh_tokens");
                return await it.Client.ChangePasswordAsync(token, next);
            },
        };
        yield return Change("validation_failed", "one of seven characters", "kettle!");
        yield return Change("validation_failed", "one that everybody has", "baseball");
        yield return Change("validation_failed", "the account's name", "an admin sang");
        yield return Change("validation_failed", "the service's name", "a Bhiv sang");
        yield return Change("validation_failed", "the one that is", "bhiv2024");
        yield return Change("validation_failed", "NUL in the new one", "the kettle\0sang");
        yield return Change("validation_failed", "257 characters", new string('a', 257));
        yield return Change("validation_failed", "nothing for the current one", next, "");
        yield return Validation(path, "a number for the new one", new { current_password = "bhiv2024", new_password = 1 });

        static Provocation Change(string code, string by, string @new, string current = "bhiv2024") => new(path, code, by)
        {
            Call = async it => await it.Client.ChangePasswordAsync(await TokenAsync(it), @new, current),
        };
    }

    private static IEnumerable<Provocation> OfAccounts()
    {
        foreach (var (by, body) in new (string, object)[]
        {
            ("nothing", new { }), ("null", new { username = (string?)null }), ("a number", new { username = 1 }), ("spaces", new { username = "   " }),
            ("a control that turns what follows", new { username = "a\u202eb" }), ("65 characters", new { username = new string('a', 65) }),
            ("a role that there is not", new { username = "alice", roles = new[] { "root" } }), ("no role", new { username = "alice", roles = Array.Empty<string>() }),
            ("roles in one text", new { username = "alice", roles = "admin" }),
        })
            yield return Validation(Calls.Accounts, by, body);
        yield return Conflict(Calls.Accounts, "a name that is taken", (it, token) => it.Client.MakeAccountAsync(token, "ADMIN"));
        foreach (var query in new[] { "limit=0", "limit=x", "cursor=x", "search=%00", "name=a" })
        {
            yield return new(Calls.Accounts, "validation_failed", query)
            {
                Allowed = HttpMethod.Get,
                Call = async it => await it.Client.GetAsync($"{Calls.Accounts}?{query}", await TokenAsync(it)),
            };
        }
        foreach (var path in new[] { Calls.DisableAccount, Calls.EnableAccount, Calls.ResetPassword }) yield return Missing(HttpMethod.Post, path.At("nobody"));
        yield return Missing(HttpMethod.Get, Calls.Account.At("nobody"));
        yield return Missing(HttpMethod.Get, Calls.AccountSessions.At("nobody"));
        yield return Missing(HttpMethod.Delete, Calls.Account.At("nobody"));
        foreach (var (by, body) in new (string, object)[]
        {
            ("nothing", new { }), ("all but not", new { all = false }), ("two things", new { all = true, client_id = "default" }), ("no session's id", new { session_id = "x" }),
        })
            yield return Validation(Calls.RevokeSessions, by, body);
        yield return new(Calls.RevokeSessions, "not_found", "nobody's client")
        {
            Call = async it => await it.Client.PostAsync(Calls.RevokeSessions, new { client_id = "nobody" }, accessToken: await TokenAsync(it)),
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
