using System.Text.RegularExpressions;
using Bhiv.Application.ApiKeys;
using Bhiv.Domain.ApiKeys;
using Bhiv.Domain.Audit;
using Bhiv.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Bhiv.Tests.Explaining;

/// <summary>What an operator is told of an API key, whole: <c>BHIV_APPROVE=1 dotnet test --filter Explain</c> accepts a change.</summary>
public sealed class ExplainKeyTests
{
    private static readonly Author By = new("test");

    private BhivService service = null!;
    private ApiKeyId id;
    private string key = null!;

    private ApiKeyAdministration Administration => service.Services.GetRequiredService<ApiKeyAdministration>();

    [SetUp]
    public async Task StartAsync()
    {
        service = await BhivService.StartAsync();
        (var made, key) = await service.MakeKeyAsync(Scopes.Auth | Scopes.Generate, "ci");
        id = new ApiKeyId(made);
    }

    [TearDown]
    public async Task StopAsync() => await service.DisposeAsync();

    [Test]
    public Task Of_the_environment() => AssertIsAsync("key-of-environment", Calls.ApiKey);

    [Test]
    public async Task Good_and_used()
    {
        service.Clock.Advance(TimeSpan.FromHours(1));
        await service.Client.LoginAsync(apiKey: key);
        service.Clock.Advance(TimeSpan.FromSeconds(10));
        await Eventually.IsTrueAsync(() => service.Query("SELECT count(last_used_at) FROM api_keys", row => row.GetInt64(0)).Single() > 0);
        await AssertIsAsync("key-good", key);
    }

    [Test]
    public async Task Rotated_and_within_the_overlap()
    {
        await Administration.RotateAsync(id, null, By, CancellationToken.None);
        service.Clock.Advance(TimeSpan.FromDays(2));
        await AssertIsAsync("key-rotated", key);
    }

    [Test]
    public async Task Expired()
    {
        service.Clock.Advance(TimeSpan.FromDays(30));
        await AssertIsAsync("key-expired", key);
    }

    [Test]
    public async Task Revoked()
    {
        await Administration.RevokeAsync(id, By);
        service.Clock.Advance(TimeSpan.FromMinutes(5));
        await AssertIsAsync("key-revoked", key);
    }

    [Test]
    public async Task Of_a_client_that_is_disabled()
    {
        await service.Services.GetRequiredService<ClientAdministration>().DisableAsync(new ClientId("ci"), By);
        await AssertIsAsync("key-client-disabled", key);
    }

    [Test]
    public async Task That_stood_in_the_environment_before()
    {
        service.Services.GetRequiredService<IApiKeys>().Replace(new EnvironmentApiKeys(PlainTextApiKey.Generate()));
        service.Clock.Advance(TimeSpan.FromDays(3));
        await AssertIsAsync("key-of-former-environment", Calls.ApiKey);
    }

    [TestCase("7d3f0b92c4a8e6157d3f0b92c4a8e615")]
    [TestCase("a.key.with.dots.in.it")]
    public async Task Of_the_environment_that_looks_like_something_else(string text)
    {
        await using var other = await BhivService.StartAsync(new() { ["API_KEY"] = text });
        var known = await other.ExplainAsync(text);
        other.Services.GetRequiredService<IApiKeys>().Replace(new EnvironmentApiKeys(PlainTextApiKey.Generate()));
        var former = await other.ExplainAsync(text);
        var unknown = await service.ExplainAsync(text);

        Assert.That(known, Does.StartWith("An API key: ok").And.Contain("API_KEY, first seen"));
        Assert.That(former, Does.StartWith("An API key: invalid_api_key").And.Contain("stood in the"));
        Asking.AssertKeeps(known + former + unknown, text);
    }

    [Test]
    public Task In_lower_case() => AssertIsAsync("key-mistyped", key.ToLowerInvariant());

    [Test]
    public Task Of_nobody() => AssertIsAsync("key-unknown", PlainTextApiKey.Generate().Reveal());

    private async Task AssertIsAsync(string name, string text)
    {
        var said = await service.ExplainAsync(text);

        Asking.AssertKeeps(said, text, text[^20..]);
        var masked = Regex.Replace(said, $"{id}", "0123456789Ab");
        Approved.AssertIs("Explaining/Golden", $"{name}.txt", Regex.Replace(masked, "Replaced by .{12}", "Replaced by 0123456789Cd"));
    }
}
