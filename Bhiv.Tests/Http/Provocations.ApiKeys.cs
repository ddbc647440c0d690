using Bhiv.Domain.ApiKeys;
using Bhiv.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Bhiv.Tests.Http;

internal static partial class Provocations
{
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

    private static Provocation Conflict(string path, string by, Func<BhivService, string, Task<Answer>> call) =>
        new(path, "conflict", by) { Call = async it => await call(it, await TokenAsync(it)) };
}
