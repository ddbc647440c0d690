using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Bhiv.Tests.Support;
using Microsoft.Playwright;

namespace Bhiv.Tests.OpenApi;

/// <summary>Swagger UI in a real browser. Nothing beside it, so that it starves nobody's clock and nobody starves it.</summary>
[NonParallelizable]
public sealed class PageTests
{
    private const string Chromium = "/usr/bin/chromium";

    private readonly List<Tab> tabs = [];
    private BhivService service = null!;
    private IPlaywright playwright = null!;
    private IBrowser browser = null!;
    private IBrowserContext context = null!;

    [OneTimeSetUp]
    public async Task LaunchAsync()
    {
        if (!File.Exists(Chromium)) Assert.Ignore("No browser is installed; the distribution's package is called chromium.");
        service = await BhivService.StartAsync();
        playwright = await Playwright.CreateAsync();
        // As patient as the rest: a machine that builds beside is slow, not broken.
        Assertions.SetDefaultExpectTimeout(Tab.Patience);
        browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Chromium,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        });
    }

    [OneTimeTearDown]
    public async Task CloseAsync()
    {
        if (browser is not null) await browser.CloseAsync();
        playwright?.Dispose();
        if (service is not null) await service.DisposeAsync();
    }

    [SetUp]
    public async Task BeginAsync() => context = await browser.NewContextAsync();

    [TearDown]
    public async Task NothingWentWrongAsync()
    {
        var faults = tabs.SelectMany(tab => tab.Faults).ToList();
        tabs.Clear();
        await context.CloseAsync();
        Assert.That(faults, Is.Empty);
    }

    [Test]
    public async Task Who_logs_in_is_logged_in_until_he_logs_out()
    {
        var tab = await OpenAsync();
        await tab.IsUnlockedForAsync(Calls.Login);
        await tab.PhotographAsync("opened");
        Assert.That(await tab.ExecuteAsync(Calls.Generate), Is.EqualTo(HttpStatusCode.Unauthorized));

        Assert.That(await tab.ExecuteAsync(Calls.Login), Is.EqualTo(HttpStatusCode.OK));
        Assert.That(await tab.ExecuteAsync(Calls.Generate), Is.EqualTo(HttpStatusCode.OK));
        await tab.PhotographAsync("generated");

        service.Clock.Advance(TimeSpan.FromMinutes(16));
        Assert.That(await tab.ExecuteAsync(Calls.Generate), Is.EqualTo(HttpStatusCode.OK), "though the access token has expired");
        Assert.That(tab.CountOf(Calls.Refresh), Is.EqualTo(1));
        var shown = await tab.Operation(Calls.Generate).Locator(".curl").InnerTextAsync();
        var repeated = await service.Client.GenerateAsync(shown.Split("Bearer ")[1].Split('\'')[0]);
        Assert.That(repeated.Status, Is.EqualTo(HttpStatusCode.OK), "the command that is shown works");

        await tab.ReloadAsync();
        Assert.That(await tab.ExecuteAsync(Calls.Generate), Is.EqualTo(HttpStatusCode.OK), "after a reload");
        service.Clock.Advance(TimeSpan.FromMinutes(16));
        Assert.That(await tab.ExecuteAsync(Calls.Generate), Is.EqualTo(HttpStatusCode.OK), "expired after a reload");

        Assert.That(await tab.ExecuteAsync(Calls.Logout, "{}"), Is.EqualTo(HttpStatusCode.NoContent));
        await tab.IsLockedForAsync(Calls.Generate);
        Assert.That(await tab.ExecuteAsync(Calls.Generate), Is.EqualTo(HttpStatusCode.Unauthorized));
        await tab.PhotographAsync("logged-out");
        await tab.ReloadAsync();
        await tab.IsLockedForAsync(Calls.Generate);
        Assert.That(await StoredAsync(tab), Does.Not.Contain("eyJ"));
        Assert.That(await tab.ExecuteAsync(Calls.Generate), Is.EqualTo(HttpStatusCode.Unauthorized));
    }

    [Test]
    public async Task Outside_Development_nothing_is_filled_in_and_nothing_is_stored()
    {
        const string apiKey = "5d3a49268f0c1b7e5d3a4926";
        await using var production = await BhivService.StartAsync(
            new()
            {
                ["JWT_SECRET"] = "8f0c1b7e5d3a49268f0c1b7e5d3a4926",
                ["API_KEY"] = apiKey,
                ["DEMO_USERNAME"] = "admin",
                ["DEMO_PASSWORD"] = "the kettle sang twice",
            },
            ["--environment=Production", "--OpenApi:Enabled=true"]);
        var tab = await OpenAsync(at: production);
        await tab.IsLockedForAsync(Calls.Login);

        await tab.AuthorizeAsync("ApiKey", apiKey);
        const string body = """{"username":"admin","password":"the kettle sang twice"}""";
        Assert.That(await tab.ExecuteAsync(Calls.Login, body), Is.EqualTo(HttpStatusCode.OK));
        production.Clock.Advance(TimeSpan.FromMinutes(16));
        Assert.That(await tab.ExecuteAsync(Calls.Generate), Is.EqualTo(HttpStatusCode.OK));

        Assert.That(await StoredAsync(tab), Is.EqualTo("{}{}"));
        Assert.That(await context.CookiesAsync(), Is.Empty);
        await tab.ReloadAsync();
        await tab.IsLockedForAsync(Calls.Login);
        await tab.IsLockedForAsync(Calls.Generate);
    }

    [TestCase(Calls.ApiKey, true)]
    [TestCase("a key that only its owner knows", false)]
    public async Task The_API_key_is_filled_in_where_the_world_knows_it_anyway(string apiKey, bool isFilledIn)
    {
        await using var own = await BhivService.StartAsync(new() { ["API_KEY"] = apiKey });
        var tab = await OpenAsync(at: own);

        Assert.That(await tab.Page.ContentAsync(), isFilledIn ? Does.Contain(apiKey) : Does.Not.Contain(apiKey));
        await (isFilledIn ? tab.IsUnlockedForAsync(Calls.Login) : tab.IsLockedForAsync(Calls.Login));

        await tab.AuthorizeAsync("ApiKey", "another");
        await tab.ReloadAsync();
        Assert.That(await tab.ExecuteAsync(Calls.Login), Is.EqualTo(HttpStatusCode.Unauthorized), "what a person typed stays");
    }

    [Test]
    public async Task Calls_that_are_refused_together_share_one_refresh()
    {
        var refused = new TaskCompletionSource();
        var tab = await OpenAsync(intercept: page => page.RouteAsync("**" + Calls.Refresh, async route =>
        {
            await refused.Task;
            await route.ContinueAsync();
        }));
        await tab.ExecuteAsync(Calls.Login);
        service.Clock.Advance(TimeSpan.FromMinutes(16));

        await tab.BeginAsync(Calls.Generate);
        await tab.Page.RunAndWaitForResponseAsync(() => tab.BeginAsync(Calls.Me, method: "get"), "**" + Calls.Me);
        refused.SetResult();

        Assert.That(await tab.StatusAsync(Calls.Generate), Is.EqualTo(HttpStatusCode.OK));
        Assert.That(await tab.StatusAsync(Calls.Me, "get"), Is.EqualTo(HttpStatusCode.OK));
        Assert.That(tab.CountOf(Calls.Refresh), Is.EqualTo(1));
    }

    [Test]
    public async Task The_example_of_refresh_has_the_newest_token_each_time()
    {
        var tab = await OpenAsync();
        await tab.ExecuteAsync(Calls.Login);

        for (var time = 1; time <= 3; time++)
        {
            service.Clock.Advance(TimeSpan.FromMinutes(1));
            Assert.That(await tab.ExecuteAsync(Calls.Refresh), Is.EqualTo(HttpStatusCode.OK));
        }
        const string typed = """{"refresh_token":"typed"}""";
        Assert.That(await tab.ExecuteAsync(Calls.Refresh, typed), Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That(await tab.ExecuteAsync(Calls.Generate), Is.EqualTo(HttpStatusCode.OK), "what somebody typed logs nobody out");
    }

    [TestCase(true, Description = "revoked")]
    [TestCase(false, Description = "reused")]
    public async Task A_session_that_was_ended_elsewhere_shows_as_logged_out(bool revoked)
    {
        var tab = await OpenAsync();
        var tokens = await LogInAsync(tab);

        if (revoked) await service.Client.RevokeAsync(tokens.RefreshToken);
        else await service.Client.RefreshAsync(tokens.RefreshToken);
        service.Clock.Advance(TimeSpan.FromMinutes(16));

        Assert.That(await tab.ExecuteAsync(Calls.Generate), Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That(tab.CountOf(Calls.Refresh), Is.EqualTo(1));
        await tab.IsLockedForAsync(Calls.Generate);
        Assert.That(await StoredAsync(tab), Does.Not.Contain("eyJ"));
    }

    [Test]
    public async Task An_access_token_that_was_revoked_shows_as_logged_out()
    {
        var tab = await OpenAsync();
        await service.Client.RevokeAsync((await LogInAsync(tab)).RefreshToken);

        Assert.That(await tab.ExecuteAsync(Calls.Generate), Is.EqualTo(HttpStatusCode.Unauthorized));
        await tab.IsLockedForAsync(Calls.Generate);
    }

    [Test]
    public async Task Tabs_are_one_login_and_never_reuse_a_refresh_token()
    {
        var first = await OpenAsync();
        await first.ExecuteAsync(Calls.Login);
        var second = await OpenAsync();

        for (var time = 1; time <= 2; time++)
        {
            foreach (var tab in new[] { first, second })
            {
                service.Clock.Advance(TimeSpan.FromMinutes(16));
                Assert.That(await tab.ExecuteAsync(Calls.Generate), Is.EqualTo(HttpStatusCode.OK));
            }
        }
    }

    [Test]
    public async Task A_token_that_was_pasted_is_not_exchanged_for_that_of_another_login()
    {
        var pasted = await OpenAsync();
        await pasted.AuthorizeAsync("Bearer", (await service.Client.LoginAsync()).AccessToken);
        await (await OpenAsync()).ExecuteAsync(Calls.Login);

        service.Clock.Advance(TimeSpan.FromMinutes(16));

        Assert.That(await pasted.ExecuteAsync(Calls.Generate), Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That(pasted.CountOf(Calls.Refresh), Is.Zero);
    }

    [Test]
    public async Task A_document_that_names_another_server_gets_no_call_there()
    {
        var tab = await OpenAsync(intercept: page => page.RouteAsync("**/openapi.json", async route =>
        {
            var document = JsonNode.Parse(await (await route.FetchAsync()).TextAsync())!;
            document["servers"] = new JsonArray(new JsonObject { ["url"] = "http://127.0.0.1:9" });
            await route.FulfillAsync(new()
            {
                ContentType = "application/json",
                Body = document.ToJsonString(),
            });
        }));

        await tab.BeginAsync(Calls.Login);

        await Assertions.Expect(tab.Operation(Calls.Login).Locator(".live-responses-table"))
            .ToContainTextAsync("no other origin");
    }

    [TestCase("?url=http://127.0.0.1:9/openapi.json")]
    [TestCase("?configUrl=http://127.0.0.1:9/configuration.json")]
    [TestCase("?config=/other.json&urls.primaryName=other&url=/other.json")]
    public async Task The_address_chooses_no_other_document(string query)
    {
        var tab = await OpenAsync("/index.html" + query);

        Assert.That(tab.CountOf("/openapi.json"), Is.EqualTo(1));
        Assert.That(tab.CountOf("/other.json"), Is.Zero);
        Assert.That(await tab.ExecuteAsync(Calls.Login), Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task The_browser_refuses_what_the_page_has_no_need_of()
    {
        (string Attempt, string Directive)[] attempts =
        [
            ("fetch('http://127.0.0.1:9/')", "connect-src"),
            (Append("script", "text: 'window.ran = 1'"), "script-src-elem"),
            (Append("script", "src: 'http://127.0.0.1:9/'"), "script-src-elem"),
            ("document.body.setAttribute('style', 'color: red')", "style-src-attr"),
            (Append("img", "src: 'http://127.0.0.1:9/'"), "img-src"),
            (Append("iframe", "src: location.href"), "frame-src"),
            (Append("base", "href: 'http://127.0.0.1:9/'"), "base-uri"),
            (Append("form", "action: '/problems'") + ".submit()", "form-action"),
        ];
        var page = await context.NewPageAsync();
        await page.GotoAsync(service.Client.BaseAddress + "swagger");

        foreach (var (attempt, directive) in attempts)
        {
            var refused = await page.EvaluateAsync<string>(
                $$"""
                () => Promise.race([
                    new Promise(refused => {
                        document.addEventListener(
                            'securitypolicyviolation', it => refused(it.effectiveDirective), { once: true });
                        Promise.resolve({{attempt}}).catch(() => { });
                    }),
                    new Promise(over => setTimeout(() => over('nothing'), 2000)),
                ])
                """);
            Assert.That(refused, Is.EqualTo(directive), attempt);
        }

        static string Append(string element, string properties) =>
            $"document.body.appendChild(Object.assign(document.createElement('{element}'), {{ {properties} }}))";
    }

    private async Task<Tab> OpenAsync(string query = "", Func<IPage, Task>? intercept = null, BhivService? at = null)
    {
        var tab = await Tab.OpenAsync(context, at ?? service, query, intercept);
        tabs.Add(tab);
        return tab;
    }

    /// <summary>Logs in on the page; gives what it was answered.</summary>
    private static async Task<(string AccessToken, string RefreshToken)> LogInAsync(Tab tab)
    {
        var response = await tab.Page.RunAndWaitForResponseAsync(() => tab.ExecuteAsync(Calls.Login), "**" + Calls.Login);
        var pair = JsonDocument.Parse(await response.TextAsync()).RootElement;
        return (pair.GetProperty("access_token").GetString()!, pair.GetProperty("refresh_token").GetString()!);
    }

    private static Task<string> StoredAsync(Tab tab) =>
        tab.Page.EvaluateAsync<string>("() => JSON.stringify(localStorage) + JSON.stringify(sessionStorage)");
}
