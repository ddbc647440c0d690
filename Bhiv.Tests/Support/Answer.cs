using System.Net;
using System.Text.Json;

namespace Bhiv.Tests.Support;

/// <summary>A response, read to its end.</summary>
internal sealed record Answer(HttpResponseMessage Response, string Body)
{
    public HttpStatusCode Status => Response.StatusCode;

    public JsonElement Json => JsonDocument.Parse(Body).RootElement;

    public string Code => Text("code");

    public string AccessToken => Text("access_token");

    public string RefreshToken => Text("refresh_token");

    public IEnumerable<string> Challenges => Response.Headers.WwwAuthenticate.Select(challenge => challenge.ToString());

    public static async Task<Answer> OfAsync(Task<HttpResponseMessage> response)
    {
        var received = await response;
        var body = await received.Content.ReadAsStringAsync();
        UsedSecrets.Judge(received, body);
        return new Answer(received, body);
    }

    /// <summary>A member of the body; an answer without it fails the test that reads it, saying what came instead.</summary>
    private string Text(string name)
    {
        Assert.That(Body, Does.Contain($"\"{name}\":"), $"{Status}");
        return Json.GetProperty(name).GetString()!;
    }
}
