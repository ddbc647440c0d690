using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Bhiv.Tests.Accounts;
using Bhiv.Tests.Http;
using Bhiv.Tests.Support;

namespace Bhiv.Tests.OpenApi;

/// <summary>
/// Each way to spoil a call, for every operation alike: an operation whose answer to one is not documented is found out, whether or not
/// anybody thought of it there.
/// </summary>
internal static class DocumentedProvocations
{
    /// <param name="healthy">Answers.</param>
    /// <param name="services">Of the same data, and each unwell in its own way.</param>
    public static async IAsyncEnumerable<Answer> OfEveryCallAsync(DocumentedCall call, BhivService healthy, UnwellServices services)
    {
        foreach (var accept in new[] { "*/*", "text/html", "application/openmetrics-text" })
            yield return await SendAsync(call, healthy, request => request.Headers.Accept.ParseAdd(accept));
        yield return await SendAsync(call, healthy, key: null);
        yield return await SendAsync(call, healthy, key: "another-key");
        yield return await SendAsync(call, healthy, key: (await healthy.MakeExpiredKeyAsync()).Text);
        yield return await SendAsync(call, healthy, key: (await healthy.MakeRevokedKeyAsync()).Text);
        // To be replaced so soon that each answer says so, whether or not anything else is wrong with the call.
        var due = (await healthy.MakeKeyAsync(lifetime: TimeSpan.FromHours(10))).Text;
        yield return await SendAsync(call, healthy, key: due);
        yield return await SendAsync(call, healthy, key: due, forge: _ => null);
        yield return await SendAsync(call, healthy, request => Replace(request, Bodies.Content("[]", "application/json")), due);
        yield return await SendAsync(call, healthy, forge: _ => null);
        yield return await SendAsync(call, healthy, forge: _ => "x");
        yield return await SendAsync(call, healthy, forge: token => HandMadeJwt.Forge(token, claims => claims["client_id"] = "other"));
        yield return await SendAsync(call, healthy, forge: token => HandMadeJwt.Forge(token, claims => claims["roles"] = new JsonArray()));
        yield return await SendAsync(call, healthy, between: login => healthy.Client.LogoutAsync(login.AccessToken));
        yield return await SendAsync(call, healthy, between: _ => Advance(healthy, TimeSpan.FromMinutes(15)));
        yield return await SendAsync(call, healthy, request => request.RequestUri = new Uri(request.RequestUri + "?from=yesterday", UriKind.Relative));
        // What another method is answered with is documented at GET, since HEAD has no body to say it in.
        if (call.Method != "HEAD") yield return await SendAsync(call, healthy, request => request.Method = HttpMethod.Patch);
        foreach (var body in new[] { "[]", "{\"scope\":\"x\"}", new string(' ', 70_000) })
            yield return await SendAsync(call, healthy, request => Replace(request, Bodies.Content(body, "application/json")));
        yield return await SendAsync(call, healthy, request => Replace(request, Bodies.Content("<a/>", "application/xml")));
        if (call.Body is not null) yield return await SendSlowlyAsync(call, services.Slow, healthy);
        yield return await SendAsync(call, services.Failing, signIn: healthy);
        yield return await SendAsync(call, services.Faulty, signIn: healthy);
        // The second is one too many, whether or not the first is.
        for (var request = 0; request < 2; request++) yield return await SendAsync(call, services.Limited, key: "another-key", signIn: healthy);
        yield return await SendAsync(call, services.Endless, signIn: healthy);
        yield return await SendAsync(call, services.Proxied, request => request.Headers.Add("X-Forwarded-Proto", "http"), signIn: healthy);
        yield return await SendAsync(call, await services.WithoutAsync(call.Scope), signIn: healthy);
    }

    /// <summary>What only one operation answers.</summary>
    public static async IAsyncEnumerable<Answer> OfOneAsync(DocumentedCall call, BhivService healthy)
    {
        var client = healthy.Client;
        // Before the login: it ends other sessions.
        if (call.Scope == Domain.ApiKeys.Scopes.Admin) await MakeRowsAsync(healthy);
        var login = await client.LoginAsync();
        switch (call.Path)
        {
            case Calls.Login:
                yield return await client.LoginAsync(password: "wrong");
                await using (var strict = await BhivService.StartAsync(arguments: ["--Throttle:FreeFailures=1"]))
                {
                    await strict.Client.LoginAsync(password: "wrong");
                    yield return await strict.Client.LoginAsync();
                    strict.MakePasswordOneTime();
                    strict.Clock.Advance(TimeSpan.FromSeconds(1));
                    yield return await strict.Client.LoginAsync();
                    yield return await strict.Client.LoginWithNewAsync("the kettle sang twice");
                }
                break;
            case Calls.Password:
                await using (var strict = await BhivService.StartAsync(arguments: ["--Throttle:FreeFailures=1"]))
                {
                    var token = (await strict.Client.LoginAsync()).AccessToken;
                    yield return await strict.Client.ChangePasswordAsync(token, "the kettle sang twice");
                    yield return await strict.Client.ChangePasswordAsync(token, "another kettle sang", current: "wrong");
                    yield return await strict.Client.ChangePasswordAsync(token, "another kettle sang");
                }
                break;
            case Calls.Refresh:
                yield return await client.RefreshAsync("x");
                yield return await client.RefreshAsync(login.RefreshToken);
                yield return await client.RefreshAsync(login.RefreshToken);
                await Advance(healthy, TimeSpan.FromSeconds(11));
                yield return await client.RefreshAsync(login.RefreshToken);
                yield return await client.RefreshAsync(login.RefreshToken);
                // By itself: a week of the clock that all services share is a week of seconds in each.
                await using (var aged = await BhivService.StartAsync())
                {
                    var late = await aged.Client.LoginAsync();
                    aged.Clock.Advance(TimeSpan.FromDays(7));
                    yield return await aged.Client.RefreshAsync(late.RefreshToken);
                }
                break;
            case Calls.Generate:
                yield return await client.GenerateAsync(login.AccessToken, "hello");
                foreach (var prompt in Designs.Prompts.Texts) yield return await client.GenerateAsync(login.AccessToken, prompt);
                break;
            case Calls.Logout:
                yield return await client.LogoutAsync(login.AccessToken);
                break;
            case Calls.Introspect:
                yield return await client.IntrospectAsync(login.AccessToken);
                yield return await client.IntrospectAsync("x");
                break;
            case Calls.Sessions + "/{id}":
                yield return await client.SendAsync(HttpMethod.Delete, $"{Calls.Sessions}/{DocumentedCall.NobodysSession}", accessToken: login.AccessToken);
                break;
            case Calls.Accounts when call.Method == "POST":
                yield return await client.MakeAccountAsync(login.AccessToken, "ADMIN");
                break;
            case Calls.Account or Calls.DisableAccount or Calls.EnableAccount or Calls.AccountRoles or Calls.ResetPassword or Calls.AccountSessions:
                var (method, edit) = (new HttpMethod(call.Method), call.Path == Calls.AccountRoles ? new { roles = new[] { "member" } } : null);
                foreach (var id in new[] { DocumentedCall.NobodysSession, "nobody" })
                    yield return await client.EditAccountAsync(method, call.Path, id, login.AccessToken, body: edit);
                if (call.Method == "GET") break;
                var account = (await client.MakeAccountAsync(login.AccessToken, $"a-{Guid.NewGuid():N}")).AccountId();
                foreach (var version in new[] { "x", "\"7\"" })
                    yield return await client.EditAccountAsync(method, call.Path, account, login.AccessToken, version, edit);
                break;
            case Calls.RevokeSessions:
                yield return await client.PostAsync(call.Path, new { account_id = DocumentedCall.NobodysSession }, accessToken: login.AccessToken);
                break;
            case Calls.Clients when call.Method == "POST":
                yield return await client.PostAsync(call.Path, new { client_id = "default" }, accessToken: login.AccessToken);
                break;
            case Calls.DisableClient or Calls.EnableClient:
                yield return await client.PostAsync(call.Path.At("nobody"), new { }, accessToken: login.AccessToken);
                break;
            case Calls.ApiKeys when call.Method == "POST":
                foreach (var id in new[] { "nobody", await healthy.MakeClientAsync(disabled: true) })
                    yield return await client.PostAsync(call.Path, new { client_id = id, scopes = new[] { "auth" } }, accessToken: login.AccessToken);
                break;
            case Calls.RotateApiKey:
                foreach (var id in new[] { "nobody", (await healthy.MakeRevokedKeyAsync()).Id })
                    yield return await client.PostAsync(call.Path.At(id), new { }, accessToken: login.AccessToken);
                yield return await client.PostAsync(call.Path.At("nobody"), new { overlap_days = 0 }, accessToken: login.AccessToken);
                break;
            case Calls.RevokeApiKey:
                foreach (var id in new[] { "nobody", new string('n', 1000) })
                    yield return await client.SendAsync(HttpMethod.Delete, call.Path.At(id), accessToken: login.AccessToken);
                break;
            case Calls.FailedLogins or Calls.AuditEvents:
                foreach (var query in new[] { "", "?limit=1", "?format=ndjson", "?format=csv" }) yield return await client.GetAsync(call.Path + query, login.AccessToken);
                break;
            case Calls.FailedLoginsByHour:
                yield return await client.GetAsync(call.Path + call.Query, login.AccessToken);
                break;
        }
    }

    /// <summary>Of every kind, so that an answer with rows has something in it to be held against the document.</summary>
    public static async Task MakeRowsAsync(BhivService service)
    {
        var client = service.Client;
        await client.LoginAsync(password: "wrong");
        await client.LoginAsync("nobody");
        await client.GenerateAsync("x");
        await client.LogoutAsync((await client.LoginAsync()).AccessToken);
        var copied = await client.LoginAsync();
        await client.RefreshAsync(copied.RefreshToken);
        await Advance(service, TimeSpan.FromSeconds(11));
        await client.RefreshAsync(copied.RefreshToken);
        await client.LogoutAsync((await client.LoginAsync()).AccessToken, "others");
    }

    private static async Task<Answer> SendAsync(
        DocumentedCall call,
        BhivService service,
        Action<HttpRequestMessage>? spoil = null,
        string? key = Calls.ApiKey,
        Func<string, string?>? forge = null,
        Func<Answer, Task>? between = null,
        BhivService? signIn = null)
    {
        var login = await (signIn ?? service).Client.LoginAsync();
        Assert.That(login.Status, Is.EqualTo(HttpStatusCode.OK));
        var path = call.SendTo is null ? call.Path : await call.SendTo(signIn ?? service, login);
        if (between is not null) await between(login);
        var request = new HttpRequestMessage(new HttpMethod(call.Method), path) { Content = call.Body is null ? null : JsonContent.Create(call.Body(login)) };
        spoil?.Invoke(request);
        if (request.RequestUri!.OriginalString == call.Path) request.RequestUri = new Uri(path + call.Query, UriKind.Relative);
        if (key is not null) request.Headers.Add("X-API-Key", key);
        var token = forge is null ? login.AccessToken : forge(login.AccessToken);
        if (call.IsForPersons && token is not null) request.Headers.Authorization = new("Bearer", token);
        return await Answer.OfAsync(service.Client.SendAsync(request));
    }

    /// <summary>What has no body is sent as a client would send it, without one.</summary>
    private static void Replace(HttpRequestMessage request, HttpContent content)
    {
        if (request.Content is not null) request.Content = content;
    }

    private static Task Advance(BhivService service, TimeSpan time)
    {
        service.Clock.Advance(time);
        return Task.CompletedTask;
    }

    /// <summary>
    /// Promises a body, and stops after its first byte. By a socket: a client library reads no answer before it has sent all. HTTP/1.0, so
    /// that the answer comes in one piece.
    /// </summary>
    private static async Task<Answer> SendSlowlyAsync(DocumentedCall call, BhivService service, BhivService signIn)
    {
        var token = (await signIn.Client.LoginAsync()).AccessToken;
        using var socket = new TcpClient();
        await socket.ConnectAsync(service.Client.BaseAddress!.Host, service.Client.BaseAddress.Port);
        await socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
            $"{call.Method} {call.Path} HTTP/1.0\r\nX-API-Key: {Calls.ApiKey}\r\nAuthorization: Bearer {token}\r\nContent-Length: 50000\r\n\r\n{{"));
        using var reader = new StreamReader(socket.GetStream());
        var parts = (await reader.ReadToEndAsync()).Split("\r\n\r\n", 2);
        var lines = parts[0].Split("\r\n");
        var response = new HttpResponseMessage((HttpStatusCode)int.Parse(lines[0].Split(' ')[1], CultureInfo.InvariantCulture))
        {
            RequestMessage = new HttpRequestMessage(HttpMethod.Post, new Uri(service.Client.BaseAddress, call.Path)),
            Content = new StringContent(parts[1]),
        };
        foreach (var header in lines.Skip(1).Select(line => line.Split(": ", 2)))
        {
            if (header[0] == "Content-Type") response.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(header[1]);
            else response.Headers.TryAddWithoutValidation(header[0], header[1]);
        }
        return new Answer(response, parts[1]);
    }
}
