using System.Net.Http.Headers;
using Bhiv.Api.Http;
using Bhiv.Domain;
using Bhiv.Domain.Accounts;
using Bhiv.Domain.ApiKeys;
using Bhiv.Domain.Throttling;
using Bhiv.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Moq;

namespace Bhiv.Tests.Http;

/// <summary>A way to be refused: at which call, with which code, by what.</summary>
public sealed record Provocation(string Path, string Code, string By)
{
    internal Func<BhivService, Task<Answer>> Call { get; init; } = null!;

    internal Action<IServiceCollection>? Replace { get; init; }

    /// <summary>The method that the path is for.</summary>
    internal HttpMethod Allowed { get; init; } = HttpMethod.Post;

    public override string ToString() => $"{Path} {Code}: {By}";
}

/// <summary>Every code at every call that can answer it.</summary>
internal static class Provocations
{
    public static readonly IReadOnlyList<Provocation> All =
    [
        .. OfEveryCall(Calls.Login, new { username = "admin", password = "bhiv2024" }),
        .. OfEveryCall(Calls.Refresh, new { refresh_token = "x" }),
        .. OfEveryCall(Calls.Generate, new { prompt = "Office" }),
        .. OfEveryCall(Calls.Revoke, new { token = "x" }),
        .. OfEveryCall(Calls.Introspect, new { token = "x" }),
        .. OfSessions(),
        .. OfAudit(),
        .. OfClients(),
        .. OfKeys(),
        .. OfMetrics(),
        .. OfScopes(),
        .. OfRateLimits(),
        .. OfLogin(),
        .. OfRefresh(),
        .. OfGenerate(),
        .. OfTransport(),
        new("/nowhere", "not_found", "no such path") { Call = it => it.Client.PostAsync("/nowhere", new { }) },
        new("/", "not_found", "the root") { Call = it => Answer.OfAsync(it.Client.GetAsync("/")) },
    ];

    private static IEnumerable<Provocation> OfEveryCall(string path, object body)
    {
        yield return new(path, "missing_api_key", "no header") { Call = it => it.Client.PostAsync(path, body, apiKey: null) };
        yield return new(path, "missing_api_key", "an empty header")
        {
            Call = async it => await it.Client.PostAsync(path, body, apiKey: "", accessToken: await TokenAsync(it)),
        };
        yield return new(path, "invalid_api_key", "another key") { Call = it => it.Client.PostAsync(path, body, "another-key") };
        yield return new(path, "expired_api_key", "a second")
        {
            Call = async it => await it.Client.PostAsync(path, body, (await it.MakeExpiredKeyAsync()).Text),
        };
        yield return new(path, "revoked_api_key", "a revoked key")
        {
            Call = async it => await it.Client.PostAsync(path, body, (await it.MakeRevokedKeyAsync()).Text),
        };
        yield return new(path, "revoked_api_key", "a disabled client's") { Call = it => CallAsDisabledAsync(it, path, body) };
        yield return new(path, "invalid_api_key", "two keys in one header") { Call = it => SendTwoKeysAsync(it, path) };
        yield return new(path, "invalid_api_key", "an oversized key")
        {
            Call = it => it.Client.PostAsync(path, body, new string('k', 12_000)),
        };
        foreach (var (by, content) in Bodies.Malformed())
            yield return new(path, "malformed_body", by) { Call = async it => await it.Client.SendAsync(path, content(), accessToken: await TokenAsync(it)) };
        yield return new(path, "validation_failed", "no fields")
        {
            Call = async it => await it.Client.PostAsync(path, new { }, accessToken: await TokenAsync(it)),
        };
        yield return new(path, "unsupported_media_type", "XML")
        {
            Call = async it => await it.Client.SendAsync(path, Bodies.Content("<a/>", "application/xml"), accessToken: await TokenAsync(it)),
        };
        yield return new(path, "unsupported_media_type", "another charset")
        {
            Call = async it => await it.Client.SendAsync(
                path, Bodies.Content("{}", "application/json; charset=utf-16"), accessToken: await TokenAsync(it)),
        };
        yield return new(path, "payload_too_large", "64 KiB and one byte")
        {
            Call = async it => await it.Client.SendAsync(
                path, Bodies.Content(new string(' ', 65_537), "application/json"), accessToken: await TokenAsync(it)),
        };
        foreach (var method in new[] { "GET", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW" })
            yield return new(path, "method_not_allowed", method)
            {
                Call = it => Answer.OfAsync(it.Client.SendAsync(new HttpRequestMessage(new HttpMethod(method), path))),
            };
    }

    private static IEnumerable<Provocation> OfScopes()
    {
        yield return Scope(Calls.Login, Scopes.Generate, it => it.Client.LoginAsync());
        yield return Scope(Calls.Introspect, Scopes.Auth, it => it.Client.IntrospectAsync("x"));
        yield return Scope(Calls.Generate, Scopes.Auth, async it => await it.Client.GenerateAsync(await TokenAsync(it)));

        static Provocation Scope(string path, Scopes scopes, Func<BhivService, Task<Answer>> call) =>
            new(path, "insufficient_scope", "a key of another scope")
            {
                Call = call,
                Replace = services => services.AddSingleton(new ApiKeyOptions { BootstrapScopes = scopes }),
            };
    }

    private static IEnumerable<Provocation> OfRateLimits()
    {
        yield return Hurried("one request too many", it => it.Client.LoginAsync());
        yield return Hurried("one bad key too many", it => it.Client.LoginAsync(apiKey: $"guess-{Guid.NewGuid()}"));

        static Provocation Hurried(string by, Func<BhivService, Task<Answer>> call) => new(Calls.Login, "rate_limited", by)
        {
            Call = async it =>
            {
                await call(it);
                return await call(it);
            },
            Replace = services => services.AddSingleton(new RateLimitOptions { RequestsPerMinute = 1 }),
        };
    }

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

    private static IEnumerable<Provocation> OfRefresh()
    {
        const string path = Calls.Refresh;
        yield return new(path, "invalid_refresh_token", "no token at all") { Call = it => it.Client.RefreshAsync("x") };
        yield return new(path, "invalid_refresh_token", "an access token")
        {
            Call = async it => await it.Client.RefreshAsync((await it.Client.LoginAsync()).AccessToken),
        };
        yield return new(path, "invalid_refresh_token", "another client's")
        {
            Call = async it =>
            {
                var login = await it.Client.LoginAsync();
                it.Execute("UPDATE refresh_tokens SET client_id = 'other'");
                return await it.Client.RefreshAsync(login.RefreshToken);
            },
        };
        yield return new(path, "expired_refresh_token", "seven days")
        {
            Call = async it =>
            {
                var login = await it.Client.LoginAsync();
                it.Clock.Advance(TimeSpan.FromDays(7));
                return await it.Client.RefreshAsync(login.RefreshToken);
            },
        };
        yield return new(path, "revoked_refresh_token", "a revoked session")
        {
            Call = async it =>
            {
                var login = await it.Client.LoginAsync();
                it.Execute("UPDATE refresh_tokens SET revoked_at = 1, revoked_reason = 'logout'");
                return await it.Client.RefreshAsync(login.RefreshToken);
            },
        };
        yield return new(path, "refresh_token_reused", "the predecessor after the leeway")
        {
            Call = async it =>
            {
                var login = await it.Client.LoginAsync();
                await it.Client.RefreshAsync(login.RefreshToken);
                it.Clock.Advance(TimeSpan.FromSeconds(10));
                return await it.Client.RefreshAsync(login.RefreshToken);
            },
        };
        yield return new(path, "invalid_refresh_token", "a token of 60,000 characters")
        {
            Call = it => it.Client.RefreshAsync(new string('a', 60_000)),
        };
        yield return Validation(path, "null", new { refresh_token = (string?)null });
        foreach (var (code, fault) in new (string, Exception)[]
        {
            ("internal_error", new InvalidOperationException("a fault")), ("unavailable", new StoreUnavailableException("disk I/O error")),
        })
        {
            yield return new(path, code, "a store that fails")
            {
                Call = async it =>
                {
                    using var directory = new TemporaryDirectory();
                    await using var healthy = await BhivService.StartAsync(directory: directory.Path, clock: it.Clock);
                    return await it.Client.RefreshAsync((await healthy.Client.LoginAsync()).RefreshToken);
                },
                Replace = services =>
                {
                    var store = new Mock<Domain.Tokens.ISessionStore>();
                    store.Setup(its => its.FindAsync(It.IsAny<Domain.Tokens.SessionId>(), It.IsAny<CancellationToken>())).ThrowsAsync(fault);
                    services.AddSingleton(store.Object);
                },
            };
        }
    }

    private static IEnumerable<Provocation> OfGenerate()
    {
        const string path = Calls.Generate;
        yield return new(path, "missing_token", "no header") { Call = it => it.Client.GenerateAsync(null) };
        yield return new(path, "missing_token", "another scheme")
        {
            Call = it =>
            {
                var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = Bodies.Content("{}", "application/json") };
                request.Headers.Add("X-API-Key", Calls.ApiKey);
                request.Headers.Authorization = new AuthenticationHeaderValue("Basic", "YWRtaW46YWRtaW4=");
                return Answer.OfAsync(it.Client.SendAsync(request));
            },
        };
        yield return new(path, "invalid_token", "no token at all") { Call = it => it.Client.GenerateAsync("x") };
        yield return new(path, "invalid_token", "a refresh token")
        {
            Call = async it => await it.Client.GenerateAsync((await it.Client.LoginAsync()).RefreshToken),
        };
        yield return new(path, "invalid_token", "alg none")
        {
            Call = async it =>
            {
                var parts = (await it.Client.LoginAsync()).AccessToken.Split('.');
                return await it.Client.GenerateAsync($"{HandMadeJwt.Encode("""{"alg":"none"}"""u8.ToArray())}.{parts[1]}.");
            },
        };
        yield return new(path, "invalid_token", "two tokens in one header")
        {
            Call = async it =>
            {
                var token = await TokenAsync(it);
                var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = Bodies.Content("{}", "application/json") };
                request.Headers.Add("X-API-Key", Calls.ApiKey);
                request.Headers.TryAddWithoutValidation("Authorization", ["Bearer " + token, "Bearer " + token]);
                return await Answer.OfAsync(it.Client.SendAsync(request));
            },
        };
        yield return new(path, "expired_token", "fifteen minutes")
        {
            Call = async it =>
            {
                var token = await TokenAsync(it);
                it.Clock.Advance(TimeSpan.FromMinutes(15));
                return await it.Client.GenerateAsync(token);
            },
        };
        yield return new(path, "wrong_client", "another client's token")
        {
            Call = async it => await it.Client.GenerateAsync(
                HandMadeJwt.Forge(await TokenAsync(it), claims => claims["client_id"] = "other")),
        };
        yield return new(path, "not_a_design", "a greeting")
        {
            Call = async it => await it.Client.GenerateAsync(await TokenAsync(it), "hello"),
        };
        foreach (var (by, body) in new (string, object)[]
        {
            ("2001 characters", new { prompt = new string('a', 2001) }),
            ("white space", new { prompt = " \n " }),
            ("constraints that are no list", new { prompt = "Office", constraints = "none" }),
            ("constraints that are no texts", new { prompt = "Office", constraints = new object?[] { null } }),
            ("a context that is no object", new { prompt = "Office", context = new[] { 1 } }),
            ("a context of objects", new { prompt = "Office", context = new { site = new { city = "Pune" } } }),
        })
            yield return Validation(path, by, body);
    }

    private static Provocation Validation(string path, string by, object body) => new(path, "validation_failed", by)
    {
        Call = async it => await it.Client.PostAsync(path, body, accessToken: await TokenAsync(it)),
    };

    private static async Task<string> TokenAsync(BhivService service) => (await service.Client.LoginAsync()).AccessToken;

    private static IEnumerable<Provocation> OfSessions()
    {
        const string another = Calls.Sessions + "/01900000-0000-7000-8000-000000000001";
        foreach (var (method, path) in new[]
        {
            (HttpMethod.Post, Calls.Logout), (HttpMethod.Get, Calls.Me), (HttpMethod.Get, Calls.Sessions), (HttpMethod.Delete, another),
        })
        {
            yield return new(path, "missing_api_key", $"{method}, nothing")
            {
                Call = it => it.Client.SendAsync(method, path, apiKey: null),
            };
            yield return new(path, "missing_token", $"{method}, a key alone") { Call = it => it.Client.SendAsync(method, path) };
            yield return new(path, "revoked_token", $"{method}, an ended session")
            {
                Call = async it =>
                {
                    var token = await TokenAsync(it);
                    await it.Client.LogoutAsync(token);
                    return await it.Client.SendAsync(method, path, accessToken: token);
                },
            };
            yield return new(path, "method_not_allowed", $"PATCH for {method}")
            {
                Allowed = method,
                Call = async it => await it.Client.SendAsync(HttpMethod.Patch, path, accessToken: await TokenAsync(it)),
            };
        }
        yield return new(another, "not_found", "nobody's session")
        {
            Call = async it => await it.Client.SendAsync(HttpMethod.Delete, another, accessToken: await TokenAsync(it)),
        };
        yield return new(Calls.Me, "revoked_token", "a session that is gone")
        {
            Call = async it =>
            {
                var token = await TokenAsync(it);
                it.Execute("DELETE FROM refresh_tokens");
                return await it.Client.SendAsync(HttpMethod.Get, Calls.Me, accessToken: token);
            },
        };
        yield return new(Calls.Logout, "validation_failed", "another scope")
        {
            Call = async it => await it.Client.LogoutAsync(await TokenAsync(it), "everything"),
        };
        foreach (var (by, content) in Bodies.Malformed().Where(body => body.By is not ("an empty body" or "an empty form")))
            yield return new(Calls.Logout, "malformed_body", by)
            {
                Call = async it => await it.Client.SendAsync(Calls.Logout, content(), accessToken: await TokenAsync(it)),
            };
    }

    private static IEnumerable<Provocation> OfTransport()
    {
        foreach (var path in new[] { Calls.Login, Calls.Generate, Calls.Metrics })
        {
            yield return new(path, "https_required", "a proxy that says so")
            {
                Call = async _ =>
                {
                    await using var behind = await BhivService.StartAsync(arguments: ["--Http:Proxies=127.0.0.1"]);
                    behind.Client.DefaultRequestHeaders.Add("X-Forwarded-Proto", "http");
                    return path == Calls.Metrics ? await behind.Client.GetAsync(path, null) : await behind.Client.PostAsync(path, new { });
                },
            };
        }
    }

    private static IEnumerable<Provocation> OfMetrics()
    {
        yield return Metrics("missing_api_key", "nothing", it => it.Client.SendAsync(HttpMethod.Get, Calls.Metrics, apiKey: null));
        yield return Metrics("invalid_api_key", "a person's token", async it => await it.Client.SendAsync(
            HttpMethod.Get, Calls.Metrics, apiKey: null, accessToken: await TokenAsync(it)));
        yield return Metrics("method_not_allowed", "POST", it => it.Client.PostAsync(Calls.Metrics, new { }));
        yield return Metrics("insufficient_scope", "a key of another scope", it => it.Client.GetAsync(Calls.Metrics, null)) with
        {
            Replace = services => services.AddSingleton(new ApiKeyOptions { BootstrapScopes = Scopes.All & ~Scopes.Ops }),
        };

        static Provocation Metrics(string code, string by, Func<BhivService, Task<Answer>> call) =>
            new(Calls.Metrics, code, by) { Allowed = HttpMethod.Get, Call = call };
    }

    private static IEnumerable<Provocation> OfAudit()
    {
        foreach (var path in new[] { Calls.FailedLogins, Calls.FailedLoginsByHour, Calls.AuditEvents })
        {
            yield return Audit("missing_api_key", "nothing", it => it.Client.SendAsync(HttpMethod.Get, path, apiKey: null));
            yield return Audit("missing_token", "a key alone", it => it.Client.GetAsync(path, null));
            yield return Audit("wrong_client", "another client's token", async it => await it.Client.GetAsync(
                path, HandMadeJwt.Forge(await TokenAsync(it), claims => claims["client_id"] = "other")));
            yield return Audit("forbidden", "a token that claims no role", async it => await it.Client.GetAsync(
                path, HandMadeJwt.Forge(await TokenAsync(it), claims => claims["roles"] = new System.Text.Json.Nodes.JsonArray())));
            yield return Audit("revoked_token", "a session that is gone", async it =>
            {
                var token = await TokenAsync(it);
                it.Execute("DELETE FROM refresh_tokens");
                return await it.Client.GetAsync(path, token);
            });
            yield return Audit("validation_failed", "no time", async it => await it.Client.GetAsync(path + "?from=yesterday", await TokenAsync(it)));
            yield return Audit("method_not_allowed", "DELETE", it => it.Client.SendAsync(HttpMethod.Delete, path));
            yield return Audit("insufficient_scope", "a key of another scope", async it => await it.Client.GetAsync(path, await TokenAsync(it))) with
            {
                Replace = services => services.AddSingleton(new ApiKeyOptions { BootstrapScopes = Scopes.Auth }),
            };

            Provocation Audit(string code, string by, Func<BhivService, Task<Answer>> call) =>
                new(path, code, by) { Allowed = HttpMethod.Get, Call = call };
        }
        foreach (var query in new[]
        {
            "adress=192.0.2.1", "Username=admin&username=admin", "reason=wrong_password&reason=invalid_token", "limit=0", "limit=1001", "limit=-1", "limit=x", "limit=99999999999", "format=xml", "format=csv&limit=0", "reason=none", "reason=Wrong_Password",
            "username=a%00b", "username=" + new string('a', 65), "address=nowhere", "cursor=1", "cursor=x.y", "cursor=-1.00000000-0000-7000-8000-000000000000",
            "cursor=9223372036854775807.00000000-0000-7000-8000-000000000000", "until=2026-02-30", "until=1", "client_id=" + new string('c', 65),
        })
            yield return Query(Calls.FailedLogins, query);
        foreach (var query in new[] { "kind=none", "session_id=1", "cursor=1", "cursor=1.-1", "cursor=1.99999999999999999999", "reason=wrong_password" })
            yield return Query(Calls.AuditEvents, query);
        foreach (var query in new[] { "", "from=2026-03-01", "from=2026-03-02&until=2026-03-01", "from=2026-03-01&until=2026-04-02", "from=9999-12-31&until=9999-12-31" })
            yield return Query(Calls.FailedLoginsByHour, query);

        static Provocation Query(string path, string query) => new(path, "validation_failed", query.Length > 80 ? query[..80] : query)
        {
            Allowed = HttpMethod.Get,
            Call = async it => await it.Client.GetAsync($"{path}?{query}", await TokenAsync(it)),
        };
    }

    private static IEnumerable<Provocation> OfClients()
    {
        foreach (var (by, id) in new (string, object?)[]
        {
            ("null", null), ("a number", 1), ("an empty id", ""), ("capitals", "Mobile"), ("a space", "mo bile"), ("a line feed behind it", "mobile\n"),
            ("a dash at its end", "mobile-"), ("a dot at its start", ".mobile"), ("a slash", "a/b"), ("65 characters", new string('c', 65)),
        })
            yield return Validation(Calls.Clients, by, new { client_id = id });
        yield return new(Calls.Clients, "conflict", "an id that is taken")
        {
            Call = async it => await it.Client.PostAsync(Calls.Clients, new { client_id = "default" }, accessToken: await TokenAsync(it)),
        };
        foreach (var (path, disabled) in new[] { (Calls.DisableClient, true), (Calls.EnableClient, false) })
        {
            yield return Missing(HttpMethod.Post, path.At("nobody"));
            yield return Missing(HttpMethod.Post, path.At(new string('x', 1000)));
            yield return new(path.At(disabled ? "disabled" : "enabled"), "not_found", "as it is already")
            {
                Call = async it =>
                {
                    var token = await TokenAsync(it);
                    var client = disabled ? "disabled" : "enabled";
                    await it.Client.PostAsync(Calls.Clients, new { client_id = client }, accessToken: token);
                    if (disabled) await it.Client.PostAsync(path.At(client), new { }, accessToken: token);
                    return await it.Client.PostAsync(path.At(client), new { }, accessToken: token);
                },
            };
        }
    }

    private static IEnumerable<Provocation> OfKeys()
    {
        const string path = Calls.ApiKeys;
        foreach (var (by, body) in new (string, object)[]
        {
            ("nothing", new { }),
            ("no scopes", new { client_id = "default" }),
            ("an empty list", new { client_id = "default", scopes = Array.Empty<string>() }),
            ("scopes in one text", new { client_id = "default", scopes = "auth generate" }),
            ("two scopes in one text", new { client_id = "default", scopes = new[] { "auth generate" } }),
            ("a scope that there is not", new { client_id = "default", scopes = new[] { "auth", "root" } }),
            ("capitals", new { client_id = "default", scopes = new[] { "Auth" } }),
            ("null for a scope", new { client_id = "default", scopes = new string?[] { null } }),
            ("six scopes", new { client_id = "default", scopes = Enumerable.Repeat("auth", 6) }),
            ("no client", new { scopes = new[] { "auth" } }),
            ("no days", new { client_id = "default", scopes = new[] { "auth" }, expires_in_days = 0 }),
            ("more than a year", new { client_id = "default", scopes = new[] { "auth" }, expires_in_days = 366 }),
            ("half a day", new { client_id = "default", scopes = new[] { "auth" }, expires_in_days = 0.5 }),
            ("more days than there are", new { client_id = "default", scopes = new[] { "auth" }, expires_in_days = 99999999999 }),
        })
            yield return Validation(path, by, body);
        yield return Conflict(path, "a disabled client", async (it, token) => await it.Client.PostAsync(
            path, new { client_id = await it.MakeClientAsync(disabled: true), scopes = new[] { "auth" } }, accessToken: token));
        yield return new(path, "not_found", "nobody's client")
        {
            Call = async it => await it.Client.PostAsync(path, new { client_id = "nobody", scopes = new[] { "auth" } }, accessToken: await TokenAsync(it)),
        };
        foreach (var query in new[] { "client_id=Mobile", "client_id=a%0A", "client=default", "client_id=a&client_id=a" })
        {
            yield return new(path, "validation_failed", query)
            {
                Allowed = HttpMethod.Get,
                Call = async it => await it.Client.GetAsync($"{path}?{query}", await TokenAsync(it)),
            };
        }
        yield return Missing(HttpMethod.Post, Calls.RotateApiKey.At("nobody"));
        yield return Missing(HttpMethod.Delete, Calls.RevokeApiKey.At("nobody"));
        foreach (var days in new object[] { 0, 366, -1, "x" })
            yield return Validation(Calls.RotateApiKey.At("nobody"), $"{days} days", new { overlap_days = days });
    }

    private static Provocation Conflict(string path, string by, Func<BhivService, string, Task<Answer>> call) =>
        new(path, "conflict", by) { Call = async it => await call(it, await TokenAsync(it)) };

    private static Provocation Missing(HttpMethod method, string path) => new(path, "not_found", $"{method}, nothing of this name")
    {
        Allowed = method,
        Call = async it => await it.Client.SendAsync(method, path, accessToken: await TokenAsync(it)),
    };

    private static async Task<Answer> CallAsDisabledAsync(BhivService service, string path, object body)
    {
        var client = $"c-{Guid.NewGuid():N}";
        var key = await service.MakeKeyAsync(client: client);
        await service.Client.SendAsync(HttpMethod.Post, Calls.DisableClient.At(client), accessToken: await TokenAsync(service));
        return await service.Client.PostAsync(path, body, key.Text);
    }

    private static Task<Answer> SendTwoKeysAsync(BhivService service, string path)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = Bodies.Content("{}", "application/json") };
        request.Headers.TryAddWithoutValidation("X-API-Key", [Calls.ApiKey, Calls.ApiKey]);
        return Answer.OfAsync(service.Client.SendAsync(request));
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
