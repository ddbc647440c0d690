using Bhiv.Domain;
using Bhiv.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Moq;

namespace Bhiv.Tests.Http;

internal static partial class Provocations
{
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
}
