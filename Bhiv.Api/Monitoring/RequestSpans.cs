using System.Diagnostics;
using Bhiv.Api.Configuration;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Features;

namespace Bhiv.Api.Monitoring;

/// <summary>
/// Names the span of each call by OpenTelemetry's conventions for HTTP: method, route and status. Nothing else of a request stands in
/// it: path, query and user agent are what the caller chose to write.
/// </summary>
internal static class RequestSpans
{
    private static readonly string[] Methods =
    [
        HttpMethods.Get, HttpMethods.Post, HttpMethods.Put, HttpMethods.Patch, HttpMethods.Delete, HttpMethods.Head, HttpMethods.Options,
        HttpMethods.Trace, HttpMethods.Connect,
    ];

    /// <summary>Due before all that answers.</summary>
    public static void UseRequestSpans(this WebApplication app, Settings settings)
    {
        if (!settings.OtlpEnabled) return;
        app.Use(async (context, next) =>
        {
            try
            {
                await next(context);
                Name(context, context.Response.StatusCode >= StatusCodes.Status500InternalServerError);
            }
            catch
            {
                // The answer had begun, and was cut.
                Name(context, isFault: true);
                throw;
            }
        });
    }

    private static void Name(HttpContext context, bool isFault)
    {
        if (context.Features.Get<IHttpActivityFeature>()?.Activity is not { IsAllDataRequested: true } span) return;
        var method = Methods.FirstOrDefault(known => known == context.Request.Method);
        // Who answers a fault has put the endpoint aside.
        var endpoint = context.GetEndpoint() ?? context.Features.Get<IExceptionHandlerFeature>()?.Endpoint;
        var route = (endpoint as RouteEndpoint)?.RoutePattern.RawText;
        span.DisplayName = route is null ? method ?? "HTTP" : $"{method ?? "HTTP"} {route}";
        span.SetTag("http.request.method", method ?? "_OTHER");
        if (route is not null) span.SetTag("http.route", route);
        span.SetTag("http.response.status_code", context.Response.StatusCode);
        if (isFault) span.SetStatus(ActivityStatusCode.Error);
    }
}
