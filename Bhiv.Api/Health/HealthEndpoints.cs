using Bhiv.Api.ApiKeys;
using Bhiv.Api.Http;
using Bhiv.Domain.ApiKeys;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Bhiv.Api.Health;

/// <summary>Open to all: whoever sends calls here has no key. What is behind a state only a key of scope <c>ops</c> is told.</summary>
internal static class HealthEndpoints
{
    public const string Path = "/health";

    internal const string Live = "live";
    internal const string Ready = "ready";

    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Head];

    public static void MapHealth(this WebApplication app)
    {
        // As delegates of their own types: of a RequestDelegate the document says nothing.
        Map(app, $"{Path}/{Live}", Live, LiveAsync).DisableRateLimiting();
        Map(app, $"{Path}/{Ready}", Ready, ReadyAsync).DisableRateLimiting();
        Map(app, Path, "health", HealthAsync);
    }

    // Never limited, but for who guesses a key: whoever balances would take a process that says "too many requests" for a dead one.
    private static RouteHandlerBuilder Map(WebApplication app, string path, string name, Func<HttpContext, Task> endpoint) =>
        app.MapMethods(path, Methods, (Delegate)endpoint).WithName(name).WithTags("Operations").Produces<HealthResponse>();

    /// <summary>Is it alive</summary>
    /// <remarks>Whether the process answers at all: what restarts it asks this.</remarks>
    /// <response code="200">It is.</response>
    private static Task LiveAsync(HttpContext context) => WriteAsync(context, new HealthResponse(Live));

    /// <summary>Is it ready</summary>
    /// <remarks>Whether calls can be served now: what sends calls here asks this. One that is stopping is not ready.</remarks>
    /// <response code="200">It is.</response>
    [Refuses(nameof(ProblemType.Unavailable))]
    private static Task ReadyAsync(HttpContext context) => ReportAsync(context, withChecks: false);

    /// <summary>How is it</summary>
    /// <remarks>As `/health/ready`; an API key of scope `ops` is told of each part.</remarks>
    /// <response code="200">It is ready.</response>
    [AcceptApiKey]
    [Refuses(nameof(ProblemType.Unavailable))]
    private static async Task HealthAsync(HttpContext context)
    {
        var key = await context.AuthenticateAsync(ApiKeyDefaults.AuthenticationScheme);
        // Not passed over: guessing keys here is refused and logged as anywhere.
        if (key.Failure is CredentialRefusal refusal)
            await context.RequestServices.GetRequiredService<CredentialRefusalWriter>().RefuseAsync(
                context, [new Refusal(CredentialRefusal.ApiKey, refusal.Type, refusal.Detail)]);
        else await ReportAsync(context, key.Principal?.Identity<ApiKeyIdentity>()?.Key.Has(Scopes.Ops) == true);
    }

    private static async Task ReportAsync(HttpContext context, bool withChecks)
    {
        var monitor = context.RequestServices.GetRequiredService<HealthMonitor>();
        // Looked at first, so that nothing that is slow to judge keeps callers coming.
        if (monitor.IsStopping)
        {
            await RefuseAsync(context, "The service is stopping.");
            return;
        }
        var report = await monitor.JudgeAsync(context.RequestAborted);
        if (report.Status == HealthStatus.Healthy)
        {
            await WriteAsync(context, new HealthResponse(Ready, withChecks ? [.. Checks(report)] : null));
            return;
        }
        var faults = Checks(report).Where(check => check.Status != HealthCheckResponse.Healthy)
            .Select(check => $"{check.Name}: {check.Detail}");
        await RefuseAsync(
            context, withChecks ? "The service is not ready. " + string.Join(" ", faults) : "The service is not ready.");
    }

    private static Task RefuseAsync(HttpContext context, string detail) =>
        new Problem(ProblemType.Unavailable) { Detail = detail }.WriteAsync(context);

    private static IEnumerable<HealthCheckResponse> Checks(HealthReport report) =>
        report.Entries.Select(entry => HealthCheckResponse.Of(entry.Key, entry.Value));

    private static Task WriteAsync(HttpContext context, HealthResponse response)
    {
        context.Response.Headers.CacheControl = "no-store";
        return context.Response.WriteAsJsonAsync(response, BodyReader.Options, context.RequestAborted);
    }
}
