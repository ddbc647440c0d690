using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Bhiv.Tests.Monitoring;

/// <summary>Where Sentry's SDK sends its envelopes, over real HTTP. The SDK has one hub for the process: who uses it runs alone.</summary>
internal sealed class SentryIngest : IAsyncDisposable
{
    private readonly WebApplication server;
    private readonly List<string> envelopes = [];

    private SentryIngest(WebApplication server) => this.server = server;

    public string Dsn => $"http://public@127.0.0.1:{new Uri(server.Urls.Single()).Port}/1";

    /// <summary>All that came.</summary>
    public string Sent => string.Concat(envelopes);

    /// <summary>Of the envelopes that came, those of a fault or an alarm.</summary>
    public IReadOnlyList<string> Events => Of("event");

    public IReadOnlyList<string> Transactions => Of("transaction");

    public static async Task<SentryIngest> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var ingest = new SentryIngest(builder.Build());
        ingest.server.Urls.Add("http://127.0.0.1:0");
        ingest.server.MapPost("/api/{project}/envelope/", ingest.TakeAsync);
        await ingest.server.StartAsync();
        return ingest;
    }

    /// <summary>Each item of an envelope is as long as it says, or the real ingest would refuse it.</summary>
    public void AssertWhole()
    {
        foreach (var envelope in envelopes) AssertWhole(envelope);
    }

    public async ValueTask DisposeAsync() => await server.DisposeAsync();

    private async Task<IResult> TakeAsync(HttpRequest request)
    {
        Stream body = request.Body;
        if (request.Headers.ContentEncoding == "gzip") body = new GZipStream(body, CompressionMode.Decompress);
        using var reader = new StreamReader(body, Encoding.UTF8);
        var envelope = await reader.ReadToEndAsync();
        lock (envelopes) envelopes.Add(envelope);
        return Results.Ok(new { });
    }

    private List<string> Of(string type) =>
        [.. envelopes.Where(envelope => envelope.Contains($"\"type\":\"{type}\"", StringComparison.Ordinal))];

    private static void AssertWhole(string envelope)
    {
        var bytes = Encoding.UTF8.GetBytes(envelope);
        var at = Array.IndexOf(bytes, (byte)'\n') + 1;
        while (at < bytes.Length)
        {
            var end = Array.IndexOf(bytes, (byte)'\n', at);
            var length = JsonDocument.Parse(bytes.AsMemory(at, end - at)).RootElement.GetProperty("length").GetInt32();
            Assert.DoesNotThrow(() => JsonDocument.Parse(bytes.AsMemory(end + 1, length)), envelope);
            at = end + 1 + length + 1;
        }
    }
}
