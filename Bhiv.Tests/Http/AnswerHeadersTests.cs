using System.Net;
using Bhiv.Domain;
using Bhiv.Domain.Accounts;
using Bhiv.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Moq;

namespace Bhiv.Tests.Http;

public sealed class AnswerHeadersTests
{
    private static readonly Dictionary<string, string> Always = new()
    {
        ["X-Content-Type-Options"] = "nosniff",
        ["Referrer-Policy"] = "no-referrer",
        ["X-Frame-Options"] = "DENY",
        ["Cross-Origin-Resource-Policy"] = "same-origin",
    };

    private const string Policy = "default-src 'none'; frame-ancestors 'none'";

    private BhivService service = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => service = await BhivService.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await service.DisposeAsync();

    [TestCase("GET", "/health", 200)]
    [TestCase("HEAD", "/health", 200)]
    [TestCase("GET", "/openapi.json", 200)]
    [TestCase("GET", "/docs", 302)]
    [TestCase("GET", "/nowhere", 404)]
    [TestCase("GET", "/api/v1/auth/login", 405)]
    [TestCase("POST", "/api/v1/auth/login", 401)]
    [TestCase("GET", "/metrics", 401)]
    [TestCase("OPTIONS", "/api/v1/auth/login", 405)]
    public async Task Every_answer_has_them(string method, string path, int status)
    {
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = service.Client.BaseAddress };

        var answer = await client.SendAsync(new HttpRequestMessage(new HttpMethod(method), path));

        Assert.That((int)answer.StatusCode, Is.EqualTo(status));
        AssertGuarded(answer, Policy);
    }

    [Test]
    public async Task An_answer_that_is_a_fault_or_an_outage_or_a_success_has_them()
    {
        var login = await service.Client.LoginAsync();
        AssertGuarded(login.Response, Policy);
        AssertGuarded((await service.Client.GenerateAsync(login.AccessToken)).Response, Policy);
        foreach (var (fault, status) in new (Exception, HttpStatusCode)[]
        {
            (new InvalidOperationException("a fault"), HttpStatusCode.InternalServerError),
            (new StoreUnavailableException("locked"), HttpStatusCode.ServiceUnavailable),
        })
        {
            var accounts = new Mock<IAccountStore>();
            accounts.Setup(it => it.FindByNameAsync(It.IsAny<AccountName>(), It.IsAny<CancellationToken>())).ThrowsAsync(fault);
            await using var unwell = await BhivService.StartAsync(replace: services => services.AddSingleton(accounts.Object));

            var answer = await unwell.Client.LoginAsync();

            Assert.That(answer.Status, Is.EqualTo(status));
            AssertGuarded(answer.Response, Policy);
        }
    }

    [Test]
    public async Task The_page_of_problems_has_a_policy_of_its_own_that_lets_its_style_in()
    {
        var page = await Answer.OfAsync(service.Client.GetAsync("/problems"));

        var style = page.Body.Split("<style>")[1].Split("</style>")[0];
        var hash = Convert.ToBase64String(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(style)));
        AssertGuarded(page.Response, $"default-src 'none'; style-src 'sha256-{hash}'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'");
    }

    [TestCase("Development", "https", false)]
    [TestCase("Production", "https", true)]
    [TestCase("Production", "http", false)]
    public async Task Browsers_are_held_to_TLS_where_it_is_used_and_outside_Development(string environment, string scheme, bool expected)
    {
        await using var behind = await BhivService.StartAsync(
            new()
            {
                ["JWT_SECRET"] = "8f0c1b7e5d3a49268f0c1b7e5d3a4926",
                ["API_KEY"] = "5d3a49268f0c1b7e5d3a4926",
                ["DEMO_USERNAME"] = "admin",
                ["DEMO_PASSWORD"] = "the kettle sang twice",
            },
            [$"--environment={environment}", "--Http:Proxies=127.0.0.1"]);
        behind.Client.DefaultRequestHeaders.Add("X-Forwarded-Proto", scheme);

        foreach (var path in new[] { "/health", "/nowhere", "/metrics" })
            Assert.That((await behind.Client.GetAsync(path)).Headers.Contains("Strict-Transport-Security"), Is.EqualTo(expected), path);
    }

    private static void AssertGuarded(HttpResponseMessage answer, string policy)
    {
        foreach (var (name, value) in Always) Assert.That(answer.Headers.GetValues(name), Is.EqualTo(new[] { value }), name);
        Assert.That(answer.Headers.GetValues("Content-Security-Policy"), Is.EqualTo(new[] { policy }));
        Assert.That(answer.Headers.Contains("Server"), Is.False);
        Assert.That(answer.Headers.Contains("Strict-Transport-Security"), Is.False, "on plain HTTP it says nothing");
    }
}
