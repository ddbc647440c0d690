using System.Net;
using Bhiv.Api.Http;
using Bhiv.Domain.ApiKeys;
using Bhiv.Tests.Support;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Bhiv.Tests.ApiKeys;

/// <summary>What a key may be used for.</summary>
public sealed class ScopesTests
{
    private static readonly Dictionary<string, Scopes> Needed = new()
    {
        ["POST " + Calls.Login] = Scopes.Auth,
        ["POST " + Calls.Refresh] = Scopes.Auth,
        ["POST " + Calls.Logout] = Scopes.Auth,
        ["POST " + Calls.Revoke] = Scopes.Auth,
        ["POST " + Calls.Password] = Scopes.Auth,
        ["GET " + Calls.Me] = Scopes.Auth,
        ["GET " + Calls.Sessions] = Scopes.Auth,
        ["DELETE " + Calls.Sessions + "/{id}"] = Scopes.Auth,
        ["POST " + Calls.Introspect] = Scopes.Introspect,
        ["POST " + Calls.Generate] = Scopes.Generate,
        ["GET " + Calls.FailedLogins] = Scopes.Admin,
        ["GET " + Calls.FailedLoginsByHour] = Scopes.Admin,
        ["GET " + Calls.AuditEvents] = Scopes.Admin,
        ["GET " + Calls.Accounts] = Scopes.Admin,
        ["POST " + Calls.Accounts] = Scopes.Admin,
        ["GET " + Calls.Account] = Scopes.Admin,
        ["DELETE " + Calls.Account] = Scopes.Admin,
        ["POST " + Calls.DisableAccount] = Scopes.Admin,
        ["POST " + Calls.EnableAccount] = Scopes.Admin,
        ["PUT " + Calls.AccountRoles] = Scopes.Admin,
        ["POST " + Calls.ResetPassword] = Scopes.Admin,
        ["GET " + Calls.AccountSessions] = Scopes.Admin,
        ["POST " + Calls.RevokeSessions] = Scopes.Admin,
        ["GET " + Calls.Clients] = Scopes.Admin,
        ["POST " + Calls.Clients] = Scopes.Admin,
        ["POST " + Calls.DisableClient] = Scopes.Admin,
        ["POST " + Calls.EnableClient] = Scopes.Admin,
        ["GET " + Calls.ApiKeys] = Scopes.Admin,
        ["POST " + Calls.ApiKeys] = Scopes.Admin,
        ["POST " + Calls.RotateApiKey] = Scopes.Admin,
        ["DELETE " + Calls.RevokeApiKey] = Scopes.Admin,
        ["GET " + Calls.Metrics] = Scopes.Ops,
    };

    [Test]
    public async Task Every_call_needs_the_one_scope_that_it_is_known_to_need()
    {
        await using var service = await BhivService.StartAsync();

        var found = service.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Select(endpoint => (
                Call: endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods[0] + " /" + endpoint.RoutePattern.RawText!.TrimStart('/'),
                Scope: endpoint.Metadata.GetMetadata<RequireApiKeyAttribute>()?.Scope
                    ?? endpoint.Metadata.GetMetadata<RequireApiKeyAndTokenAttribute>()?.Scope))
            .Where(it => it.Scope is not null)
            .ToDictionary(it => it.Call, it => it.Scope!.Value);

        Assert.That(found, Is.EquivalentTo(Needed));
    }

    [TestCase(Scopes.Auth)]
    [TestCase(Scopes.Generate)]
    [TestCase(Scopes.Introspect)]
    [TestCase(Scopes.Ops)]
    [TestCase(Scopes.Admin)]
    public async Task A_key_opens_the_calls_of_its_scope_and_no_other(Scopes scope)
    {
        using var directory = new TemporaryDirectory();
        string token;
        await using (var everything = await BhivService.StartAsync(directory: directory.Path))
            token = (await everything.Client.LoginAsync()).AccessToken;
        await using var service = await StartAsync(scope.ToText(), directory.Path);

        await AssertOpensAsync(service, Calls.ApiKey, scope, token);
    }

    [TestCase(Scopes.Auth)]
    [TestCase(Scopes.Generate)]
    [TestCase(Scopes.Introspect)]
    [TestCase(Scopes.Ops)]
    [TestCase(Scopes.Admin)]
    public async Task A_key_that_was_made_here_opens_the_calls_of_its_scope_and_no_other(Scopes scope)
    {
        await using var service = await BhivService.StartAsync();
        var token = (await service.Client.LoginAsync()).AccessToken;

        await AssertOpensAsync(service, (await service.MakeKeyAsync(scope)).Text, scope, token);
    }

    [Test]
    public async Task A_key_without_the_scope_and_a_bad_token_are_both_named()
    {
        await using var service = await StartAsync("auth introspect");

        var answer = await service.Client.GenerateAsync("x");

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(
            answer.Json.GetProperty("refusals").EnumerateArray().Select(refusal => refusal.GetProperty("code").GetString()),
            Is.EqualTo(new[] { "insufficient_scope", "invalid_token" }));
        Assert.That(answer.Challenges.Single(), Does.StartWith("Bearer "));
    }

    [Test]
    public async Task A_refused_key_ends_nothing_and_logs_nobody_in()
    {
        using var directory = new TemporaryDirectory();
        Answer login;
        await using (var everything = await BhivService.StartAsync(directory: directory.Path))
            login = await everything.Client.LoginAsync();
        await using (var narrow = await StartAsync("generate", directory.Path))
        {
            await narrow.Client.RevokeAsync(login.RefreshToken);
            await narrow.Client.LogoutAsync(login.AccessToken, "all");
            await narrow.Client.LoginAsync();
            await narrow.Client.RefreshAsync(login.RefreshToken);
            Assert.That((await narrow.Client.GenerateAsync(login.AccessToken)).Status, Is.EqualTo(HttpStatusCode.OK));
        }

        await using var again = await BhivService.StartAsync(directory: directory.Path);

        Assert.That(again.Count("refresh_tokens"), Is.EqualTo(1));
        Assert.That(again.Query("SELECT DISTINCT kind FROM audit_events WHERE kind <> 'environment_account_applied'", row => row.GetString(0)), Is.EqualTo(new[] { "access_forbidden" }), "and that somebody tried");
        Assert.That(
            (await again.Client.RefreshAsync(login.RefreshToken)).Response.Headers.GetValues("Refresh-Outcome"),
            Is.EqualTo(new[] { "rotated" }));
    }

    [TestCase("auth", Scopes.Auth)]
    [TestCase("  introspect   auth ", Scopes.Auth | Scopes.Introspect)]
    [TestCase("auth auth", Scopes.Auth)]
    [TestCase("auth generate introspect ops admin", Scopes.All)]
    public void Scopes_are_words_with_spaces_between_them(string text, Scopes expected)
    {
        Assert.That(ScopesText.TryParse(text, out var scopes), Is.True);
        Assert.That(scopes, Is.EqualTo(expected));
        Assert.That(ScopesText.TryParse(scopes.ToText(), out var again) ? again : Scopes.None, Is.EqualTo(expected));
    }

    [TestCase("")]
    [TestCase(" ")]
    [TestCase("none")]
    [TestCase("all")]
    [TestCase("Auth")]
    [TestCase("auth,generate")]
    [TestCase("1")]
    public void Other_text_is_no_scope(string text) => Assert.That(ScopesText.TryParse(text, out _), Is.False);

    [Test]
    public void Every_scope_has_a_word() =>
        Assert.That(Scopes.All.ToText().Split(' '), Has.Length.EqualTo(Enum.GetValues<Scopes>().Count(scope => int.IsPow2((int)scope))));

    private static Task<BhivService> StartAsync(string scopes, string? directory = null) =>
        BhivService.StartAsync(arguments: [$"--ApiKeys:BootstrapScopes={scopes}"], directory: directory);

    private static async Task AssertOpensAsync(BhivService service, string key, Scopes scope, string token)
    {
        foreach (var (call, needed) in Needed)
        {
            var answer = await CallAsync(service, call, key, token);
            if (needed == scope)
            {
                Assert.That(answer.Status, Is.Not.EqualTo(HttpStatusCode.Forbidden), call);
                continue;
            }
            Assert.That((answer.Status, answer.Code), Is.EqualTo((HttpStatusCode.Forbidden, "insufficient_scope")), call);
            Assert.That(answer.Json.GetProperty("detail").GetString(), Is.EqualTo(
                $"The call needs the scope {needed.ToText()}, and the API key has: {scope.ToText()}."));
        }
    }

    private static Task<Answer> CallAsync(BhivService service, string call, string key, string token)
    {
        var (method, path) = (call.Split(' ')[0], call.Split(' ')[1].At(Guid.Empty.ToString()));
        return method == "POST"
            ? service.Client.PostAsync(path, new { }, key, token)
            : service.Client.SendAsync(new HttpMethod(method), path, apiKey: key, accessToken: token);
    }
}
