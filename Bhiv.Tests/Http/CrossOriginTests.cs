using System.Net;
using Bhiv.Domain;
using Bhiv.Domain.Accounts;
using Bhiv.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Moq;

namespace Bhiv.Tests.Http;

public sealed class CrossOriginTests
{
    private const string Origin = "https://app.example.com";
    private const string Allow = "Access-Control-Allow-Origin";

    [Test]
    public async Task Unless_origins_are_listed_no_other_page_may_call()
    {
        await using var service = await BhivService.StartAsync();

        var answer = await SendAsync(service, HttpMethod.Post, Origin);
        var preflight = await PreflightAsync(service, Origin, "POST", "x-api-key");

        Assert.That(answer.Headers.Concat(preflight.Headers).Select(header => header.Key), Has.None.StartsWith("Access-Control"));
        Assert.That(preflight.StatusCode, Is.EqualTo(HttpStatusCode.MethodNotAllowed));
    }

    [TestCase(Origin, true)]
    [TestCase("http://localhost:3000", true)]
    [TestCase("https://app.example.com:8443", false)]
    [TestCase("http://app.example.com", false)]
    [TestCase("https://app.example.com.evil.example", false)]
    [TestCase("https://evil.example", false)]
    [TestCase("null", false)]
    public async Task A_listed_origin_may_call_and_no_other(string origin, bool good)
    {
        await using var service = await BhivService.StartAsync(arguments: [$"--Http:AllowedOrigins={Origin}, http://localhost:3000"]);

        var answer = await SendAsync(service, HttpMethod.Post, origin);
        var preflight = await PreflightAsync(service, origin, "POST", "authorization,content-type,traceparent,x-api-key");

        foreach (var response in new[] { answer, preflight })
            Assert.That(response.Headers.TryGetValues(Allow, out var allowed) ? allowed.Single() : null, Is.EqualTo(good ? origin : null));
        Assert.That(answer.Headers.Contains("Access-Control-Allow-Credentials"), Is.False);
        Assert.That((int)preflight.StatusCode, Is.EqualTo(204));
        if (!good) return;
        Assert.That(ListOf(answer, "Access-Control-Expose-Headers"), Is.EquivalentTo(new[] { "ETag", "Retry-After", "WWW-Authenticate", "Refresh-Outcome", "API-Key-Rotate-By" }));
        Assert.That(ListOf(preflight, "Access-Control-Allow-Headers"), Is.EquivalentTo(new[] { "X-API-Key", "Authorization", "Content-Type", "If-Match", "traceparent" }).IgnoreCase);
        Assert.That(answer.Headers.Vary, Does.Contain("Origin"));
    }

    [TestCase("GET", "/api/v1/auth/sessions", true)]
    [TestCase("DELETE", "/api/v1/auth/sessions/x", true)]
    [TestCase("POST", "/api/v1/generate", true)]
    [TestCase("PUT", "/api/v1/accounts/x/roles", true)]
    [TestCase("PATCH", "/api/v1/generate", false)]
    public async Task A_browser_is_told_the_methods_that_there_are(string method, string path, bool good)
    {
        await using var service = await BhivService.StartAsync(arguments: [$"--Http:AllowedOrigins={Origin}"]);

        var preflight = await PreflightAsync(service, Origin, method, "x-api-key", path);

        Assert.That(ListOf(preflight, "Access-Control-Allow-Methods").Contains(method), Is.EqualTo(good));
    }

    [Test]
    public async Task No_flood_of_preflights_or_of_guesses_keeps_a_browser_of_the_same_address_from_its_calls()
    {
        await using var service = await BhivService.StartAsync(arguments: [$"--Http:AllowedOrigins={Origin}", "--RateLimits:RequestsPerMinute=2"]);
        for (var call = 0; call < 5; call++) await service.Client.LoginAsync(apiKey: $"guess-{call}");
        for (var call = 0; call < 20; call++)
            Assert.That((await PreflightAsync(service, Origin, "POST", "x-api-key")).StatusCode, Is.EqualTo(HttpStatusCode.NoContent));

        Assert.That((await service.Client.LoginAsync(apiKey: "guess")).Code, Is.EqualTo("rate_limited"));
        Assert.That((await service.Client.LoginAsync()).Status, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task A_script_can_read_each_refusal()
    {
        var accounts = new Mock<IAccountStore>();
        accounts.SetupSequence(it => it.FindByNameAsync(It.IsAny<AccountName>(), It.IsAny<CancellationToken>()))
            .ThrowsAsync(new StoreUnavailableException("locked")).ThrowsAsync(new InvalidOperationException("a fault"));
        await using var well = await BhivService.StartAsync(arguments: [$"--Http:AllowedOrigins={Origin}"]);
        await using var unwell = await BhivService.StartAsync(
            arguments: [$"--Http:AllowedOrigins={Origin}", "--Http:Proxies=127.0.0.1"], replace: services => services.AddSingleton(accounts.Object));
        foreach (var service in new[] { well, unwell }) service.Client.DefaultRequestHeaders.Add("Origin", Origin);
        var answers = new List<Answer>
        {
            await well.Client.LoginAsync(apiKey: null),
            await well.Client.LoginAsync(password: "wrong"),
            await well.Client.GenerateAsync(null),
            await well.Client.GetAsync("/nowhere", null),
            await well.Client.GetAsync(Calls.Login, null),
            await well.Client.SendAsync(Calls.Login, Bodies.Content(new string(' ', 70_000), "application/json")),
            await unwell.Client.LoginAsync(),
            await unwell.Client.LoginAsync(),
        };
        unwell.Client.DefaultRequestHeaders.Add("X-Forwarded-Proto", "http");
        answers.Add(await unwell.Client.LoginAsync());

        Assert.That(answers.Select(answer => (int)answer.Status), Is.EqualTo(new[] { 401, 401, 401, 404, 405, 413, 503, 500, 403 }));
        foreach (var answer in answers) Assert.That(answer.Response.Headers.GetValues(Allow), Is.EqualTo(new[] { Origin }), answer.Code);
    }

    private static IEnumerable<string> ListOf(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? values.SelectMany(value => value.Split(',')).Select(value => value.Trim()) : [];

    private static Task<HttpResponseMessage> SendAsync(BhivService service, HttpMethod method, string origin)
    {
        var request = new HttpRequestMessage(method, Calls.Login);
        request.Headers.Add("Origin", origin);
        return service.Client.SendAsync(request);
    }

    private static Task<HttpResponseMessage> PreflightAsync(BhivService service, string origin, string method, string headers, string path = Calls.Login)
    {
        var request = new HttpRequestMessage(HttpMethod.Options, path);
        request.Headers.Add("Origin", origin);
        request.Headers.Add("Access-Control-Request-Method", method);
        request.Headers.Add("Access-Control-Request-Headers", headers);
        return service.Client.SendAsync(request);
    }
}
