using Bhiv.Api.Http;
using Bhiv.Domain.ApiKeys;
using Bhiv.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Bhiv.Tests.Http;

internal static partial class Provocations
{
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
}
