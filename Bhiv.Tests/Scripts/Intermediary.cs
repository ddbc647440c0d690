using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Bhiv.Tests.Scripts;

/// <summary>Stands between a script and the service: it sees what arrives, and decides what becomes of an answer.</summary>
internal sealed class Intermediary : IAsyncDisposable
{
    private readonly WebApplication app;

    private Intermediary(WebApplication app) => this.app = app;

    public string Address => app.Urls.Single();

    /// <summary>Every body, with the path that it came to.</summary>
    public ConcurrentQueue<(string Path, string Body)> Received { get; } = new();

    /// <summary>Called with the path and the number of the call there once the service has answered; false loses the answer.</summary>
    public Func<string, int, Task<bool>> Answering { get; set; } = (_, _) => Task.FromResult(true);

    public static async Task<Intermediary> StartAsync(Uri service)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var intermediary = new Intermediary(app);
        var client = new HttpClient { BaseAddress = service };
        app.Lifetime.ApplicationStopped.Register(client.Dispose);
        app.Run(context => intermediary.PassOnAsync(context, client));
        await app.StartAsync();
        return intermediary;
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    private async Task PassOnAsync(HttpContext context, HttpClient client)
    {
        var path = context.Request.Path.Value!;
        var body = await new StreamReader(context.Request.Body).ReadToEndAsync();
        Received.Enqueue((path, body));
        var number = Received.Count(call => call.Path == path);

        using var request = new HttpRequestMessage(new HttpMethod(context.Request.Method), path + context.Request.QueryString)
        {
            Content = new StringContent(body, null, "application/json"),
        };
        foreach (var name in new[] { "X-API-Key", "Authorization" })
        {
            if (context.Request.Headers.TryGetValue(name, out var value)) request.Headers.TryAddWithoutValidation(name, value.ToString());
        }
        using var answer = await client.SendAsync(request);
        if (!await Answering(path, number))
        {
            context.Abort();
            return;
        }
        context.Response.StatusCode = (int)answer.StatusCode;
        await context.Response.WriteAsync(await answer.Content.ReadAsStringAsync());
    }
}
