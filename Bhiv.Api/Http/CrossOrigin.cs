using Bhiv.Api.ApiKeys;
using Bhiv.Api.Tokens;
using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.Net.Http.Headers;

namespace Bhiv.Api.Http;

/// <summary>Pages of other origins, from which scripts may call; none unless they are listed.</summary>
internal static class CrossOrigin
{
    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Head, HttpMethods.Post, HttpMethods.Put, HttpMethods.Delete];

    private static readonly string[] Sent = [ApiKeyDefaults.HeaderName, HeaderNames.Authorization, HeaderNames.ContentType, HeaderNames.IfMatch, HeaderNames.TraceParent];

    /// <summary>What a script needs to act on an answer.</summary>
    private static readonly string[] Shown =
        [HeaderNames.ETag, HeaderNames.RetryAfter, HeaderNames.WWWAuthenticate, RefreshController.OutcomeHeader, ApiKeyDefaults.RotateByHeader];

    public static void AddCrossOrigin(this IServiceCollection services, IReadOnlyList<string> origins)
    {
        if (origins.Count > 0) services.AddCors(cors => cors.AddDefaultPolicy(policy => Describe(policy, origins)));
    }

    /// <summary>
    /// Due before all that refuses: a script that may not read a refusal cannot act on it. A preflight is answered here and so by no rate
    /// limit. It never has a key (Fetch, CORS-preflight fetch), and counted with all that have none it would shut browsers out wherever somebody at their
    /// address guesses keys; it costs less than a refusal, and no line of the log.
    /// </summary>
    public static void UseCrossOrigin(this WebApplication app, HttpOptions options)
    {
        if (options.AllowedOrigins.Count > 0) app.UseCors();
    }

    /// <summary>
    /// An origin as a browser writes it (RFC 6454 §6.2), and so no path, no default port and no capitals: one that is written otherwise
    /// would match nothing, in silence.
    /// </summary>
    public static bool IsOrigin(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp)
        && text.All(it => char.IsAsciiLetterOrDigit(it) || it is ':' or '/' or '.' or '-' or '[' or ']')
        && text == uri.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped);

    /// <summary>Without credentials in the browser's sense: there are no cookies, and a script sends its headers itself.</summary>
    private static void Describe(CorsPolicyBuilder policy, IReadOnlyList<string> origins) => policy
        .WithOrigins([.. origins])
        .WithMethods(Methods)
        .WithHeaders(Sent)
        .WithExposedHeaders(Shown)
        // Asked before almost every call, since each has a header of its own.
        .SetPreflightMaxAge(TimeSpan.FromMinutes(10));
}
