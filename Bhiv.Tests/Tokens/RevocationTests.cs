using System.Net;
using System.Text.Json;
using Bhiv.Domain.Accounts;
using Bhiv.Domain.ApiKeys;
using Bhiv.Domain.Audit;
using Bhiv.Domain.Tokens;
using Bhiv.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Bhiv.Tests.Tokens;

/// <summary>What was ended stays ended, at once and everywhere, and nothing else ends with it.</summary>
public sealed class RevocationTests
{
    private BhivService service = null!;

    private HttpClient Client => service.Client;

    [SetUp]
    public async Task StartAsync() => service = await BhivService.StartAsync();

    [TearDown]
    public async Task StopAsync() => await service.DisposeAsync();

    [Test]
    public async Task A_logout_ends_both_tokens_of_its_session_at_once_and_no_other_session()
    {
        var (here, there) = (await Client.LoginAsync(), await Client.LoginAsync());

        var answer = await Client.LogoutAsync(here.AccessToken);

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That(answer.Body, Is.Empty);
        await AssertDeadAsync(here);
        await AssertLiveAsync(there);
        Assert.That(AuditEvents(), Is.EqualTo(new[] { ("session_revoked", "logout") }));
    }

    [TestCase("others", true)]
    [TestCase("all", false)]
    public async Task A_logout_can_take_the_other_sessions_along(string scope, bool survives)
    {
        var (here, there) = (await Client.LoginAsync(), await Client.LoginAsync());

        Assert.That((await Client.LogoutAsync(here.AccessToken, scope)).Status, Is.EqualTo(HttpStatusCode.NoContent));

        await AssertDeadAsync(there);
        if (survives) await AssertLiveAsync(here);
        else await AssertDeadAsync(here);
        // The clock has not moved: whoever logs in after the cutoff is in.
        await AssertLiveAsync(await Client.LoginAsync());
    }

    [Test]
    public async Task Logging_out_of_the_others_again_and_again_keeps_the_one_that_asks()
    {
        var first = await Client.LoginAsync();
        await Client.LogoutAsync(first.AccessToken, "others");
        var second = await Client.LoginAsync();
        await Client.LogoutAsync(second.AccessToken, "others");

        await AssertDeadAsync(first);
        await AssertLiveAsync(second);
    }

    /// <summary>The store is asked as by a call that had passed authentication before the other one was answered.</summary>
    [TestCase(false)]
    [TestCase(true)]
    public async Task Who_was_ended_cannot_keep_itself_by_ending_the_others(bool everything)
    {
        var (here, there) = (await Client.LoginAsync(), await Client.LoginAsync());
        var claims = HandMadeJwt.Payload(there.AccessToken);
        var (account, kept) = (new AccountId(claims.GetProperty("sub").GetGuid()), new SessionId(claims.GetProperty("sid").GetGuid()));
        if (everything) await Client.LogoutAsync(here.AccessToken, "all");
        else await Client.LogoutAsync(there.AccessToken);

        var store = service.Services.GetRequiredService<ISessionStore>();
        var done = await store.TryRevokeAllAsync(account, AuditEvent.OfAccount(
            account, kept, RevocationReason.Logout, new Caller(ClientId.Default), service.Clock.GetUtcNow()));

        Assert.That(done, Is.False);
        await AssertDeadAsync(there);
        if (everything) await AssertDeadAsync(here);
        else await AssertLiveAsync(here);
        Assert.That(service.CountEvents(), Is.EqualTo(1));
    }

    [Test]
    public async Task A_session_begun_after_the_cutoff_lives_though_the_clock_stepped_back()
    {
        using var directory = new TemporaryDirectory();
        var ahead = new FakeTimeProvider(service.Clock.GetUtcNow().AddSeconds(3));
        await using (var before = await BhivService.StartAsync(directory: directory.Path, clock: ahead))
            await before.Client.LogoutAsync((await before.Client.LoginAsync()).AccessToken, "all");
        await using var after = await BhivService.StartAsync(directory: directory.Path);

        var login = await after.Client.LoginAsync();

        Assert.That((await after.Client.GenerateAsync(login.AccessToken)).Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(after.Services.GetRequiredService<RevocationSet>().Count, Is.EqualTo(1));
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task Either_token_given_back_ends_the_session(bool refreshToken)
    {
        var (here, there) = (await Client.LoginAsync(), await Client.LoginAsync());

        var answer = await Client.RevokeAsync(refreshToken ? here.RefreshToken : here.AccessToken);

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.OK));
        await AssertDeadAsync(here);
        await AssertLiveAsync(there);
        Assert.That(AuditEvents(), Is.EqualTo(new[] { ("session_revoked", "token_revoked") }));
    }

    [Test]
    public async Task A_token_is_given_back_in_a_form_too()
    {
        var login = await Client.LoginAsync();
        using var form = new FormUrlEncodedContent(
            new Dictionary<string, string> { ["token"] = login.RefreshToken, ["token_type_hint"] = "access_token" });

        Assert.That((await Client.SendAsync(Calls.Revoke, form)).Status, Is.EqualTo(HttpStatusCode.OK));

        await AssertDeadAsync(login);
    }

    [Test]
    public async Task A_token_that_was_rotated_away_ends_its_session_when_it_is_given_back()
    {
        var login = await Client.LoginAsync();
        var next = await Client.RefreshAsync(login.RefreshToken);

        await Client.RevokeAsync(login.RefreshToken);

        await AssertDeadAsync(next);
    }

    [Test]
    public async Task An_unknown_token_and_one_of_another_client_are_answered_200_and_nothing_ends()
    {
        var login = await Client.LoginAsync();
        Assert.That((await Client.RevokeAsync("garbage")).Status, Is.EqualTo(HttpStatusCode.OK));
        service.Execute("UPDATE refresh_tokens SET client_id = 'other'");

        foreach (var token in new[] { login.RefreshToken, login.AccessToken })
            Assert.That((await Client.RevokeAsync(token)).Status, Is.EqualTo(HttpStatusCode.OK));

        Assert.That(service.Query("SELECT revoked_at IS NULL FROM refresh_tokens", row => row.GetBoolean(0)), Is.All.True);
        Assert.That(AuditEvents(), Is.Empty);
    }

    [Test]
    public async Task A_refresh_token_made_with_the_signing_key_alone_ends_nothing()
    {
        var login = await Client.LoginAsync();
        var forged = HandMadeJwt.Forge(login.RefreshToken, claims => claims["jti"] = "AAAAAAAAAAAAAAAAAAAAAA", Calls.JwtSecret);

        Assert.That((await Client.RevokeAsync(forged)).Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await Client.RefreshAsync(forged)).Code, Is.EqualTo("invalid_refresh_token"));

        await AssertLiveAsync(login);
    }

    [Test]
    public async Task A_reuse_ends_the_family_and_leaves_its_evidence()
    {
        var login = await Client.LoginAsync();
        var second = await Client.RefreshAsync(login.RefreshToken);
        var third = await Client.RefreshAsync(second.RefreshToken);

        Assert.That((await Client.RefreshAsync(login.RefreshToken)).Code, Is.EqualTo("refresh_token_reused"));

        await AssertDeadAsync(third);
        Assert.That(AuditEvents(), Is.EqualTo(new[] { ("refresh_token_reused", "reuse") }));
        var evidence = JsonDocument.Parse(
            service.Query("SELECT evidence FROM audit_events WHERE reason IS NOT NULL", row => row.GetString(0)).Single()).RootElement;
        Assert.That(evidence.GetProperty("presented_generation").GetString(), Is.EqualTo("0"));
        Assert.That(evidence.GetProperty("generation").GetString(), Is.EqualTo("2"));
        Assert.That(evidence.GetProperty("address_of_rotation").GetString(), Is.EqualTo("127.0.0.1"));
        // Told once: the family is over, and what comes later is that of a session that has ended.
        Assert.That((await Client.RefreshAsync(login.RefreshToken)).Code, Is.EqualTo("revoked_refresh_token"));
        Assert.That(service.CountEvents(), Is.EqualTo(1));
    }

    [Test]
    public async Task A_live_token_is_introspected()
    {
        var login = await Client.LoginAsync();

        foreach (var (token, type) in new[] { (login.AccessToken, "access"), (login.RefreshToken, "refresh") })
        {
            var answer = (await Client.IntrospectAsync(token)).Json;
            var claims = HandMadeJwt.Payload(token);
            Assert.That(answer.GetProperty("active").GetBoolean(), Is.True);
            Assert.That(answer.GetProperty("type").GetString(), Is.EqualTo(type));
            Assert.That(answer.TryGetProperty("token_type", out var bearer) ? bearer.GetString() : null, Is.EqualTo(type == "access" ? "bearer" : null));
            Assert.That(answer.GetProperty("username").GetString(), Is.EqualTo("admin"));
            Assert.That(answer.GetProperty("client_id").GetString(), Is.EqualTo("default"));
            foreach (var name in new[] { "sub", "sid", "jti", "iat", "exp" })
                Assert.That(answer.GetProperty(name).ToString(), Is.EqualTo(claims.GetProperty(name).ToString()), name);
        }
    }

    [Test]
    public async Task Of_a_token_that_is_not_live_nothing_is_said_but_that()
    {
        var rotated = await Client.LoginAsync();
        await Client.RefreshAsync(rotated.RefreshToken);
        var ended = await Client.LoginAsync();
        await Client.LogoutAsync(ended.AccessToken);
        var expired = await Client.LoginAsync();
        var forged = HandMadeJwt.Forge(expired.AccessToken, _ => { }, "another secret");

        foreach (var token in new[] { "x", rotated.RefreshToken, ended.AccessToken, ended.RefreshToken, forged })
            Assert.That((await Client.IntrospectAsync(token)).Body, Is.EqualTo("""{"active":false}"""));
        service.Clock.Advance(TimeSpan.FromDays(7));
        foreach (var token in new[] { expired.AccessToken, expired.RefreshToken })
            Assert.That((await Client.IntrospectAsync(token)).Body, Is.EqualTo("""{"active":false}"""));
    }

    [Test]
    public async Task A_person_sees_where_they_are_logged_in_and_ends_one_of_it()
    {
        var (here, there) = (await Client.LoginAsync(), await Client.LoginAsync());
        var gone = await Client.LoginAsync();
        await Client.LogoutAsync(gone.AccessToken);

        var me = (await Client.SendAsync(HttpMethod.Get, Calls.Me, accessToken: here.AccessToken)).Json;
        var sessions = (await Client.SendAsync(HttpMethod.Get, Calls.Sessions, accessToken: here.AccessToken)).Json;

        Assert.That(me.GetProperty("username").GetString(), Is.EqualTo("admin"));
        Assert.That(me.GetProperty("roles")[0].GetString(), Is.EqualTo("admin"));
        Assert.That(me.GetProperty("session").GetProperty("session_id").GetString(), Is.EqualTo(SessionIdOf(here)));
        Assert.That(
            sessions.EnumerateArray().Select(it => (it.GetProperty("session_id").GetString(), it.GetProperty("current").GetBoolean())),
            Is.EquivalentTo(new[] { (SessionIdOf(here), true), (SessionIdOf(there), false) }));
        Assert.That(sessions[0].GetProperty("address").GetString(), Is.EqualTo("127.0.0.1"));

        var ended = await EndAsync(SessionIdOf(there), here);
        Assert.That(ended.Status, Is.EqualTo(HttpStatusCode.NoContent));
        await AssertDeadAsync(there);
        await AssertLiveAsync(here);
        Assert.That((await EndAsync(SessionIdOf(there), here)).Code, Is.EqualTo("not_found"));
    }

    [Test]
    public async Task Another_account_s_session_is_not_found_and_lives()
    {
        var mine = await Client.LoginAsync();
        var theirs = await Client.LoginAsync();
        service.Execute("""
            INSERT INTO accounts (account_id, name, name_key, password_hash, roles, epoch, created_at)
            SELECT '01900000-0000-7000-8000-000000000001', 'other', 'OTHER', password_hash, roles, epoch, created_at FROM accounts;
            """);
        service.Execute(
            $"UPDATE refresh_tokens SET account_id = '01900000-0000-7000-8000-000000000001' WHERE session_id = '{SessionIdOf(theirs)}'");

        foreach (var id in new[] { SessionIdOf(theirs), "01900000-0000-7000-8000-000000000002", "x" })
            Assert.That((await EndAsync(id, mine)).Code, Is.EqualTo("not_found"), id);

        Assert.That(service.Query("SELECT count(*) FROM refresh_tokens WHERE revoked_at IS NOT NULL", row => row.GetInt64(0)), Is.All.Zero);
    }

    private async Task AssertDeadAsync(Answer tokens)
    {
        var generate = await Client.GenerateAsync(tokens.AccessToken);
        Assert.That(generate.Code, Is.EqualTo("revoked_token"));
        Assert.That(generate.Challenges.Single(), Does.StartWith("Bearer realm=\"bhiv\", error=\"invalid_token\""));
        Assert.That((await Client.RefreshAsync(tokens.RefreshToken)).Code, Is.EqualTo("revoked_refresh_token"));
    }

    private async Task AssertLiveAsync(Answer tokens)
    {
        Assert.That((await Client.GenerateAsync(tokens.AccessToken)).Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await Client.RefreshAsync(tokens.RefreshToken)).Status, Is.EqualTo(HttpStatusCode.OK));
    }

    private Task<Answer> EndAsync(string id, Answer by) =>
        Client.SendAsync(HttpMethod.Delete, $"{Calls.Sessions}/{id}", accessToken: by.AccessToken);

    private List<(string Kind, string Reason)> AuditEvents() => service.Query(
        "SELECT kind, reason FROM audit_events WHERE reason <> 'account_changed' ORDER BY sequence",
        row => (row.GetString(0), row.GetString(1)));

    private static string SessionIdOf(Answer tokens) => HandMadeJwt.Payload(tokens.AccessToken).GetProperty("sid").GetString()!;
}
