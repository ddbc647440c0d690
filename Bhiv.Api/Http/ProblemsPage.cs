using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;

namespace Bhiv.Api.Http;

/// <summary>The page that the <c>type</c> of every problem points to: each code with its meaning and its mend.</summary>
internal static class ProblemsPage
{
    public const string Path = "/problems";

    private const string Style =
        """

        body { font: 16px/1.5 sans-serif; max-width: 44em; margin: 2em auto; padding: 0 1em }
        h2 { font: bold 1em monospace; margin: 2em 0 0 } :target { background: #fe9 } dt { color: #666 } dd { margin: 0 0 .5em }

        """;

    // Made once, from the same table that the answers are made from.
    private static readonly string Html = Render();

    /// <summary>Nothing but its own style, which is known by its hash.</summary>
    private static readonly string Policy =
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}'; "
        + "frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

    public static void MapProblemsPage(this WebApplication app) =>
        app.MapGet(Path, (HttpResponse response) =>
        {
            response.Headers.ContentSecurityPolicy = Policy;
            return Results.Content(Html, "text/html", Encoding.UTF8);
        }).ExcludeFromDescription();

    private static string Render()
    {
        var page = new StringBuilder(
            $"""
            <!doctype html>
            <html lang="en">
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width">
            <title>Bhiv: problems</title>
            <style>{Style}</style>
            <h1>Problems</h1>
            <p>Every refusal is <code>application/problem+json</code> (RFC 9457) with one of these codes. Decide on
            <code>code</code>; the sentences are for people.</p>

            """);
        foreach (var type in ProblemType.All)
        {
            page.Append(
                CultureInfo.InvariantCulture,
                $"""
                <h2 id="{type.Code}">{type.Code}</h2>
                <p>{type.Status} · {Encode(type.Title)}</p>
                <dl><dt>What it means</dt><dd>{Encode(type.Meaning)}</dd><dt>What to do</dt><dd>{Encode(type.Fix)}</dd></dl>

                """);
        }
        return page.Append("</html>\n").ToString();
    }

    private static string Encode(string text) => HtmlEncoder.Default.Encode(text);
}
