using Microsoft.AspNetCore.Http.Timeouts;

namespace Bhiv.Api.Http;

/// <summary>What a browser is told of each answer, so that no page makes more of it than data.</summary>
internal static class AnswerHeaders
{
    private const string Policy = "default-src 'none'; frame-ancestors 'none'";

    /// <summary>A year, and of this host alone: whatever else is under its domain is not ours to speak for.</summary>
    private const string Transport = "max-age=31536000";

    private static readonly Func<object, Task> WriteOnce = context => Write((HttpContext)context, secure: false);
    private static readonly Func<object, Task> WriteOnceSecure = context => Write((HttpContext)context, secure: true);

    /// <summary>
    /// When the answer begins, and not before: whoever answers a fault clears what was set until then, the framework's own
    /// Strict-Transport-Security included.
    /// </summary>
    /// <param name="development">Localhost must stay free for the next project, which has no TLS.</param>
    public static void UseAnswerHeaders(this WebApplication app, bool development)
    {
        var write = development ? WriteOnce : WriteOnceSecure;
        app.Use((context, next) =>
        {
            context.Response.OnStarting(write, context);
            return next(context);
        });
    }

    private static Task Write(HttpContext context, bool secure)
    {
        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers.XFrameOptions = "DENY";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        // A page has its own.
        if (headers.ContentSecurityPolicy.Count == 0) headers.ContentSecurityPolicy = Policy;
        if (secure && context.Request.IsHttps) headers.StrictTransportSecurity = Transport;
        // What has begun is not cut off in its midst, which could pass for whole: a stream is as long as it is. Its reader is bound by the
        // server's minimum rate.
        context.Features.Get<IHttpRequestTimeoutFeature>()?.DisableTimeout();
        return Task.CompletedTask;
    }
}
