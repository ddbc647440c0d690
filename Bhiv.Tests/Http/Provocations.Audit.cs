using Bhiv.Domain.ApiKeys;
using Bhiv.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Bhiv.Tests.Http;

internal static partial class Provocations
{
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
}
