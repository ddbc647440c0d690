using System.Text;
using Bhiv.Api.Configuration;
using Bhiv.Domain.ApiKeys;

namespace Bhiv.Api.OpenApi;

/// <summary>
/// Swagger UI at <c>/swagger</c>, on a page and a script of ours: who logs in there is logged in, and no credential leaves the
/// origin.
/// </summary>
internal static class SwaggerPage
{
    private const string Path = "/swagger";

    // Nothing but what this service itself serves, and nothing inline. Swagger UI sets its styles through the CSSOM, which the
    // policy does not judge, so that it needs no 'unsafe-inline'; its style sheet has its icons as data: URLs.
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        + "frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

    private static readonly string Script = Read();

    public static void UseSwaggerPage(this WebApplication app, Settings settings)
    {
        app.Use((context, next) =>
        {
            if (context.Request.Path.StartsWithSegments(Path, StringComparison.OrdinalIgnoreCase))
                context.Response.Headers.ContentSecurityPolicy = Policy;
            return next(context);
        });
        app.UseSwaggerUI(page =>
        {
            page.RoutePrefix = Path.TrimStart('/');
            page.DocumentTitle = "Bhiv";
            page.IndexStream = () => Open("page.html");
            page.HeadContent = Told(settings);
        });
        app.MapGet(Path + "/page.js", (HttpResponse response) =>
        {
            // An older script than the page's would fail in ways that nobody can explain.
            response.Headers.CacheControl = "no-cache";
            return Results.Text(Script, "text/javascript", Encoding.UTF8);
        }).ExcludeFromDescription();
        app.MapGet("/docs", () => Results.Redirect(Path)).ExcludeFromDescription();
    }

    /// <summary>What the script goes by. The page needs no credential: it is told none but the one that is published.</summary>
    private static string Told(Settings settings)
    {
        if (!settings.Development) return "";
        // Into the browser's storage, where credentials that open anything have no business.
        const string remember = "<meta name=\"remember\" content=\"\">";
        var published = settings.Secrets.ApiKeys.Current.Hash.Equals(ApiKeyHash.Of(Encoding.UTF8.GetBytes(Runbook.ApiKey)));
        return published ? remember + $"<meta name=\"api-key\" content=\"{Runbook.ApiKey}\">" : remember;
    }

    private static string Read()
    {
        using var script = new StreamReader(Open("page.js"));
        return script.ReadToEnd();
    }

    private static Stream Open(string name) =>
        typeof(SwaggerPage).Assembly.GetManifestResourceStream($"{typeof(SwaggerPage).Namespace}.{name}")!;
}
