using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Bhiv.Tests.Support;
using Microsoft.Playwright;

namespace Bhiv.Tests.OpenApi;

/// <summary>The page in one tab of a browser, worked as a person works it. It notes whatever must never happen there.</summary>
internal sealed class Tab
{
    /// <summary>In milliseconds.</summary>
    public const float Patience = 30_000;

    private readonly ConcurrentQueue<string> faults = new();
    private readonly ConcurrentQueue<string> requests = new();
    private readonly string origin;

    private Tab(IPage page, string origin)
    {
        Page = page;
        this.origin = origin;
        page.SetDefaultTimeout(Patience);
        page.PageError += (_, error) => faults.Enqueue(error);
        page.Console += (_, message) => Hear(message);
        page.Request += (_, request) => Note(request.Url);
    }

    public IPage Page { get; }

    /// <summary>Errors, violations of the policy, requests to another origin.</summary>
    public IReadOnlyCollection<string> Faults => faults;

    /// <param name="intercept">Before the page is loaded.</param>
    public static async Task<Tab> OpenAsync(
        IBrowserContext context, BhivService service, string query = "", Func<IPage, Task>? intercept = null)
    {
        var origin = service.Client.BaseAddress!.GetLeftPart(UriPartial.Authority);
        var tab = new Tab(await context.NewPageAsync(), origin);
        await tab.Page.AddInitScriptAsync(
            "document.addEventListener('securitypolicyviolation', it => console.error(it.effectiveDirective, it.blockedURI))");
        if (intercept is not null) await intercept(tab.Page);
        await tab.Page.GotoAsync(origin + "/swagger" + query);
        await tab.LoadedAsync();
        return tab;
    }

    public async Task ReloadAsync()
    {
        await Page.ReloadAsync();
        await LoadedAsync();
    }

    public int CountOf(string path) => requests.Count(url => url == origin + path);

    /// <summary>Executes an operation, and waits for what the page shows as the answer's status.</summary>
    /// <param name="body">Instead of the example.</param>
    public async Task<HttpStatusCode> ExecuteAsync(string path, string? body = null, string method = "post")
    {
        await BeginAsync(path, body, method);
        return await StatusAsync(path, method);
    }

    public async Task BeginAsync(string path, string? body = null, string method = "post")
    {
        var operation = Operation(path, method);
        if (await operation.Locator(".execute").CountAsync() == 0)
        {
            await operation.Locator(".opblock-summary-control").ClickAsync();
            await operation.Locator(".try-out__btn").ClickAsync();
        }
        // What is shown afterwards is then this call's.
        if (await operation.Locator(".btn-clear").CountAsync() > 0) await operation.Locator(".btn-clear").ClickAsync();
        if (body is not null) await operation.Locator("textarea").FillAsync(body);
        await operation.Locator(".execute").ClickAsync();
    }

    public async Task<HttpStatusCode> StatusAsync(string path, string method = "post")
    {
        var status = await Operation(path, method)
            .Locator(".live-responses-table tbody .response-col_status").First.InnerTextAsync();
        return (HttpStatusCode)int.Parse(status.Split('\n')[0], CultureInfo.InvariantCulture);
    }

    /// <summary>The page shows that it has every credential that the call needs.</summary>
    public Task IsUnlockedForAsync(string path) => ShowsAsync(path, "locked");

    /// <summary>The page shows that it lacks a credential that the call needs.</summary>
    public Task IsLockedForAsync(string path) => ShowsAsync(path, "unlocked");

    /// <summary>Types a credential into the dialog, in place of what it has.</summary>
    public async Task AuthorizeAsync(string scheme, string value)
    {
        await Page.Locator(".auth-wrapper > .authorize").ClickAsync();
        var form = Page.Locator(".auth-container form").Filter(new() { HasTextRegex = new Regex($@"(^|\s){scheme}\s+\(") });
        var remove = form.GetByText("Logout", new() { Exact = true });
        if (await remove.CountAsync() > 0) await remove.ClickAsync();
        await form.Locator("input").FillAsync(value);
        await form.Locator("button.authorize").ClickAsync();
        await form.Locator(".btn-done").ClickAsync();
    }

    public ILocator Operation(string path, string method = "post") =>
        Page.Locator($".opblock-{method}", new() { Has = Page.Locator($"[data-path='{path}']") });

    /// <summary>A picture of the page beside the test's results.</summary>
    public async Task PhotographAsync(string name)
    {
        var file = Path.Combine(TestContext.CurrentContext.WorkDirectory, "TestResults", $"page-{name}.png");
        await Page.ScreenshotAsync(new() { Path = file, FullPage = true });
        TestContext.AddTestAttachment(file);
    }

    // A padlock that is open says that one is not authorized.
    private Task ShowsAsync(string path, string padlock) =>
        Assertions.Expect(Operation(path).Locator(".authorization__btn"))
            .ToHaveAttributeAsync("aria-label", "authorization button " + padlock);

    private Task LoadedAsync() => Operation(Calls.Generate).WaitForAsync();

    private void Note(string url)
    {
        requests.Enqueue(url);
        if (!url.StartsWith(origin + "/", StringComparison.Ordinal) && !url.StartsWith("data:", StringComparison.Ordinal))
            faults.Enqueue(url);
    }

    // A browser calls each 401 an error; to this page it is an answer.
    private void Hear(IConsoleMessage message)
    {
        if (message.Type is "error" or "warning" && !message.Text.Contains("status of 401", StringComparison.Ordinal))
            faults.Enqueue(message.Text);
    }
}
