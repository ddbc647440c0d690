using System.Net;
using Bhiv.Application.Accounts;
using Bhiv.Domain.Accounts;
using Bhiv.Domain.ApiKeys;
using Bhiv.Domain.Audit;
using Bhiv.Tests.ApiKeys;
using Bhiv.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Bhiv.Tests.Tokens;

/// <summary>An administrator sees and ends the sessions of others.</summary>
public sealed class SessionAdministrationTests
{
    private const string Password = "the kettle sang in the rain";

    private BhivService service = null!;
    private string token = null!;
    private string alice = null!;

    private HttpClient Client => service.Client;

    [SetUp]
    public async Task StartAsync()
    {
        service = await BhivService.StartAsync();
        token = (await Client.LoginAsync()).AccessToken;
        await service.Services.GetRequiredService<AccountAdministration>().TryCreateAsync(
            AccountName.Of("alice"), PlainTextPassword.Of(Password), [Role.Member], new Author("cli:test"), default);
        alice = service.Query("SELECT account_id FROM accounts WHERE name = 'alice'", row => row.GetString(0)).Single();
    }

    [TearDown]
    public async Task StopAsync() => await service.DisposeAsync();

    [Test]
    public async Task The_sessions_of_an_account_are_those_that_live_and_none_is_current_but_ones_own()
    {
        var ended = await Client.LoginAsync("alice", Password);
        service.Clock.Advance(TimeSpan.FromSeconds(1));
        var live = await Client.LoginAsync("alice", Password);
        await Client.LogoutAsync(ended.AccessToken);

        var sessions = (await Client.GetAsync(Calls.AccountSessions.At(alice), token)).Json.EnumerateArray().ToList();

        Assert.That(sessions.Select(session => session.Text("session_id")), Is.EqualTo(new[] { SessionOf(live) }));
        Assert.That(sessions[0].GetProperty("current").GetBoolean(), Is.False);
    }

    [Test]
    public async Task One_session_is_ended_and_no_other()
    {
        var (one, other) = (await Client.LoginAsync("alice", Password), await Client.LoginAsync("alice", Password));

        var revoked = await RevokeAsync(new { session_id = SessionOf(one) });

        Assert.That(revoked.Body, Is.EqualTo("{\"sessions_ended\":1}"));
        await AssertOutAsync(one);
        await AssertInAsync(other);
        Assert.That((await RevokeAsync(new { session_id = SessionOf(one) })).Code, Is.EqualTo("not_found"), "again");
        Assert.That((await RevokeAsync(new { session_id = Guid.CreateVersion7() })).Code, Is.EqualTo("not_found"));
    }

    [Test]
    public async Task An_accounts_sessions_are_ended_and_nobody_elses()
    {
        var (one, other) = (await Client.LoginAsync("alice", Password), await Client.LoginAsync("alice", Password));
        service.Clock.Advance(TimeSpan.FromMilliseconds(5));

        Assert.That((await RevokeAsync(new { account_id = alice })).Body, Is.EqualTo("{\"sessions_ended\":2}"));

        await AssertOutAsync(one);
        await AssertOutAsync(other);
        Assert.That((await Client.GenerateAsync(token)).Status, Is.EqualTo(HttpStatusCode.OK));
        service.Clock.Advance(TimeSpan.FromMilliseconds(5));
        await AssertInAsync(await Client.LoginAsync("alice", Password));
        Assert.That((await RevokeAsync(new { account_id = Guid.CreateVersion7() })).Code, Is.EqualTo("not_found"));
    }

    [Test]
    public async Task A_clients_sessions_are_ended_whoever_logged_in_and_its_keys_stay_good()
    {
        var key = (await service.MakeKeyAsync(Scopes.All, "mobile")).Text;
        var (mobile, administrator) = (await Client.LoginAsync("alice", Password, key), await Client.LoginAsync(apiKey: key));
        var elsewhere = await Client.LoginAsync("alice", Password);

        Assert.That((await RevokeAsync(new { client_id = "mobile" })).Body, Is.EqualTo("{\"sessions_ended\":2}"));

        await AssertOutAsync(mobile, key);
        await AssertOutAsync(administrator, key);
        await AssertInAsync(elsewhere);
        Assert.That((await Client.LoginAsync("alice", Password, key)).Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await RevokeAsync(new { client_id = "nobody" })).Code, Is.EqualTo("not_found"));
        Assert.That((await RevokeAsync(new { client_id = "mobile" })).Body, Is.EqualTo("{\"sessions_ended\":1}"));
    }

    [Test]
    public async Task Everything_is_ended_the_callers_own_session_too()
    {
        var login = await Client.LoginAsync("alice", Password);

        Assert.That((await RevokeAsync(new { all = true })).Body, Is.EqualTo("{\"sessions_ended\":2}"));

        await AssertOutAsync(login);
        Assert.That((await Client.GenerateAsync(token)).Code, Is.EqualTo("revoked_token"));
    }

    [TestCase("{}")]
    [TestCase("""{"all":false}""")]
    [TestCase("""{"all":true,"client_id":"mobile"}""")]
    [TestCase("""{"session_id":"x"}""")]
    [TestCase("""{"account_id":"{01993f1c-7d2a-7c31-9b0e-3f6a52c8d417}"}""")]
    [TestCase("""{"client_id":"-"}""")]
    public async Task What_names_no_one_thing_ends_nothing(string body)
    {
        var refused = await Client.SendAsync(Calls.RevokeSessions, new StringContent(body), accessToken: token);

        Assert.That((refused.Status, refused.Code), Is.EqualTo((HttpStatusCode.BadRequest, "validation_failed")));
        Assert.That((await Client.GenerateAsync(token)).Status, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task Each_is_recorded_with_who_and_whose()
    {
        await RevokeAsync(new { session_id = SessionOf(await Client.LoginAsync("alice", Password)) });
        await RevokeAsync(new { account_id = alice });
        await RevokeAsync(new { client_id = "default" });
        service.Clock.Advance(TimeSpan.FromSeconds(1));

        var events = (await Client.GetAsync(Calls.AuditEvents, (await Client.LoginAsync()).AccessToken)).Json.GetProperty("items").EnumerateArray()
            .Where(it => it.Text("reason") is not null).ToList();

        Assert.That(
            events.Select(it => (it.Text("kind"), it.Text("reason"), it.GetProperty("evidence").Text("by"))),
            Is.EqualTo(new[] { "client_sessions_revoked", "account_sessions_revoked", "session_revoked" }.Select(kind => (kind, "ended_by_operator", "admin"))));
        Assert.That(events.Select(it => it.Text("account_id")), Is.EqualTo(new[] { null, alice, alice }));
    }

    private Task<Answer> RevokeAsync(object which) => Client.PostAsync(Calls.RevokeSessions, which, accessToken: token);

    private static string SessionOf(Answer login) => HandMadeJwt.Payload(login.AccessToken).GetProperty("sid").GetString()!;

    private async Task AssertOutAsync(Answer login, string key = Calls.ApiKey)
    {
        Assert.That((await Client.GenerateAsync(login.AccessToken, apiKey: key)).Code, Is.EqualTo("revoked_token"));
        Assert.That((await Client.RefreshAsync(login.RefreshToken, key)).Code, Is.EqualTo("revoked_refresh_token"));
    }

    private async Task AssertInAsync(Answer login)
    {
        Assert.That((await Client.GenerateAsync(login.AccessToken)).Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await Client.RefreshAsync(login.RefreshToken)).Status, Is.EqualTo(HttpStatusCode.OK));
    }
}
