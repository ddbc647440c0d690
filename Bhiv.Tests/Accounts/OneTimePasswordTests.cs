using System.Net;
using Bhiv.Domain.Accounts;
using Bhiv.Infrastructure.Accounts;
using Bhiv.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Bhiv.Tests.Accounts;

/// <summary>A login that replaces its password: where that is a one-time one it has to.</summary>
public sealed class OneTimePasswordTests : DataDirectoryFixture
{
    private const string Next = "the kettle sang twice";

    private InterruptedHasher hasher = null!;

    [Test]
    public async Task Alone_it_logs_nobody_in_and_stays_as_it_is()
    {
        await using var service = await BhivService.StartAsync(arguments: ["--Throttle:FreeFailures=1"]);
        service.MakePasswordOneTime();

        for (var attempt = 0; attempt < 3; attempt++)
        {
            var answer = await service.Client.LoginAsync();
            Assert.That((answer.Status, answer.Code), Is.EqualTo((HttpStatusCode.Forbidden, "password_change_required")));
            Assert.That(answer.Json.GetProperty("error").GetString(), Is.EqualTo("invalid_grant"));
            Assert.That(answer.Json.GetProperty("fix").GetString(), Does.Contain("new_password"));
        }

        Assert.That(service.Count("refresh_tokens"), Is.Zero);
        Assert.That(service.Count("failed_logins"), Is.Zero);
        Assert.That(service.Count("throttles"), Is.Zero, "neither a failure nor a place that is known");
        Assert.That(
            service.Query("SELECT kind, address, evidence FROM audit_events WHERE reason IS NULL AND kind LIKE 'access%'", row => (row.GetString(0), row.GetString(1), row.GetString(2))),
            Is.EqualTo(new[] { ("access_forbidden", "127.0.0.1", "{\"code\":\"password_change_required\",\"call\":\"login\"}") }), "that somebody has it is remembered");
    }

    [Test]
    public async Task With_another_it_logs_in_is_replaced_and_ends_every_other_session()
    {
        await using var service = await BhivService.StartAsync();
        var before = await service.Client.LoginAsync();
        service.MakePasswordOneTime();

        var login = await service.Client.LoginWithNewAsync(Next);

        Assert.That(
            login.Json.EnumerateObject().Select(member => member.Name),
            Is.EqualTo(new[] { "access_token", "refresh_token", "token_type", "expires_in" }));
        Assert.That((await service.Client.GenerateAsync(login.AccessToken)).Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await service.Client.RefreshAsync(login.RefreshToken)).Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await service.Client.GenerateAsync(before.AccessToken)).Code, Is.EqualTo("revoked_token"));
        Assert.That((await service.Client.RefreshAsync(before.RefreshToken)).Code, Is.EqualTo("revoked_refresh_token"));
        Assert.That((await service.Client.LoginAsync()).Code, Is.EqualTo("invalid_credentials"), "it was good once");
        Assert.That((await service.Client.LoginWithNewAsync("another kettle sang")).Code, Is.EqualTo("invalid_credentials"));
        var again = await service.Client.LoginAsync(password: Next);
        Assert.That((await service.Client.GenerateAsync(again.AccessToken)).Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(service.Query("SELECT one_time_password_until FROM accounts", row => row.IsDBNull(0)), Is.EqualTo(new[] { true }));
        Assert.That(
            service.Query("SELECT kind, reason, session_id FROM audit_events WHERE reason IS NOT NULL", row => (row.GetString(0), row.GetString(1), row.GetString(2))),
            Is.EqualTo(new[] { ("password_changed", "account_changed", HandMadeJwt.Payload(login.AccessToken).GetProperty("sid").GetString()) }));
    }

    [Test]
    public async Task Another_process_and_a_restart_admit_the_session_that_it_began_and_no_other()
    {
        Answer before, login;
        await using (var one = await BhivService.StartAsync(directory: DataDirectory))
        {
            await using var other = await BhivService.StartAsync(directory: DataDirectory, clock: one.Clock);
            before = await one.Client.LoginAsync();
            one.MakePasswordOneTime();
            login = await one.Client.LoginWithNewAsync(Next);
            await Eventually.IsTrueAsync(async () =>
            {
                one.Clock.Advance(TimeSpan.FromSeconds(1));
                return (await other.Client.GenerateAsync(before.AccessToken)).Status == HttpStatusCode.Unauthorized;
            });
            Assert.That((await other.Client.GenerateAsync(login.AccessToken)).Status, Is.EqualTo(HttpStatusCode.OK));
        }

        await using var again = await BhivService.StartAsync(directory: DataDirectory);

        Assert.That((await again.Client.GenerateAsync(before.AccessToken)).Code, Is.EqualTo("revoked_token"));
        Assert.That((await again.Client.GenerateAsync(login.AccessToken)).Status, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task Of_logins_with_it_at_once_one_wins()
    {
        await using var service = await BhivService.StartAsync();
        service.MakePasswordOneTime();

        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(number => service.Client.LoginWithNewAsync($"{Next} {number}")));

        var winner = Array.FindIndex(answers, answer => answer.Status == HttpStatusCode.OK);
        Assert.That(answers.Count(answer => answer.Status == HttpStatusCode.OK), Is.EqualTo(1));
        Assert.That(answers.Where((_, number) => number != winner).Select(answer => answer.Code), Is.All.EqualTo("invalid_credentials"));
        Assert.That(service.Count("refresh_tokens"), Is.EqualTo(1));
        Assert.That(service.CountEvents(), Is.EqualTo(1));
        Assert.That((await service.Client.GenerateAsync(answers[winner].AccessToken)).Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await service.Client.LoginAsync(password: $"{Next} {winner}")).Status, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task Once_it_has_expired_it_is_answered_like_a_wrong_one_byte_for_byte_and_at_the_same_cost()
    {
        await using var service = await StartAsync();
        service.MakePasswordOneTime(service.Clock.GetUtcNow().AddHours(1));
        service.Clock.Advance(TimeSpan.FromHours(1) - TimeSpan.FromMicroseconds(1));
        Assert.That((await service.Client.LoginAsync()).Code, Is.EqualTo("password_change_required"));
        service.Clock.Advance(TimeSpan.FromMicroseconds(1));
        var looks = hasher.Looks;

        var expired = await service.Client.LoginAsync();
        var withAnother = await service.Client.LoginWithNewAsync(Next);
        var wrong = await service.Client.LoginWithNewAsync(Next, password: "wrong");

        Assert.That(new[] { Comparable(expired), Comparable(withAnother) }, Is.All.EqualTo(Comparable(wrong)));
        Assert.That((hasher.Looks - looks, hasher.Hashes), Is.EqualTo((3, 0)));
        Assert.That(
            service.Query("SELECT reason FROM failed_logins ORDER BY rowid", row => row.GetString(0)),
            Is.EqualTo(new[] { "expired_password", "expired_password", "wrong_password" }));
        Assert.That(service.Count("audit_events WHERE reason IS NOT NULL"), Is.Zero);
    }

    [Test]
    public async Task A_new_password_that_will_not_do_is_named_before_anything_is_looked_at_and_whoever_is_named()
    {
        await using var service = await StartAsync();
        service.MakePasswordOneTime();

        var known = await service.Client.LoginWithNewAsync("kettle");
        var unknown = await service.Client.LoginWithNewAsync("kettle", username: "nobody");

        Assert.That(known.Json.GetProperty("errors").GetProperty("new_password")[0].GetString(), Is.EqualTo("must be at least 8 characters."));
        Assert.That(Comparable(unknown), Is.EqualTo(Comparable(known)));
        Assert.That((hasher.Looks, service.Count("failed_logins")), Is.EqualTo((0, 0L)));
        Assert.That((await service.Client.LoginWithNewAsync(Next)).Status, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task An_ordinary_password_is_replaced_in_the_same_way_when_a_login_says_so()
    {
        await using var service = await BhivService.StartAsync();
        var before = await service.Client.LoginAsync();

        Assert.That((await service.Client.LoginWithNewAsync(Next, password: "wrong")).Code, Is.EqualTo("invalid_credentials"));
        Assert.That((await service.Client.LoginWithNewAsync(Next)).Status, Is.EqualTo(HttpStatusCode.OK));

        Assert.That((await service.Client.RefreshAsync(before.RefreshToken)).Code, Is.EqualTo("revoked_refresh_token"));
        Assert.That((await service.Client.LoginAsync()).Code, Is.EqualTo("invalid_credentials"));
        Assert.That((await service.Client.LoginAsync(password: Next)).Status, Is.EqualTo(HttpStatusCode.OK));
    }

    [TestCase("UPDATE accounts SET disabled_at = 1", "invalid_credentials")]
    [TestCase("UPDATE accounts SET epoch = epoch + 1", "invalid_credentials")]
    [TestCase("UPDATE clients SET disabled_at = 1", "revoked_api_key")]
    public async Task What_changes_while_the_new_one_is_hashed_wins_and_nothing_is_written(string change, string code)
    {
        await using var service = await StartAsync();
        service.MakePasswordOneTime();
        hasher.WhileHashing = () =>
        {
            service.Execute(change);
            return Task.CompletedTask;
        };

        Assert.That((await service.Client.LoginWithNewAsync(Next)).Code, Is.EqualTo(code));

        Assert.That(service.Count("refresh_tokens"), Is.Zero);
        Assert.That(service.CountEvents(), Is.Zero);
        Assert.That(
            service.Query("SELECT one_time_password_until IS NOT NULL AND password_hash = environment_password_hash FROM accounts", row => row.GetInt64(0)),
            Is.EqualTo(new[] { 1L }));
    }

    /// <summary>At an address that has had its failures strangers are turned away, and whoever lately logged in there is not.</summary>
    [Test]
    public async Task Whoever_has_set_his_own_is_no_stranger_where_he_did_so()
    {
        await using var service = await BhivService.StartAsync(arguments: ["--Throttle:FailuresPerAddress=1"]);
        service.MakePasswordOneTime();
        Assert.That((await service.Client.LoginWithNewAsync(Next)).Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await service.Client.LoginAsync("nobody")).Code, Is.EqualTo("invalid_credentials"));

        Assert.That((await service.Client.LoginAsync(password: Next)).Status, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task Whoever_was_not_let_in_after_all_is_a_stranger_still()
    {
        await using var service = await StartAsync("--Throttle:FailuresPerAddress=1");
        hasher.AfterLook = () =>
        {
            service.Execute("UPDATE accounts SET epoch = epoch + 1");
            return Task.CompletedTask;
        };
        Assert.That((await service.Client.LoginAsync()).Code, Is.EqualTo("invalid_credentials"));

        Assert.That((await service.Client.LoginAsync()).Code, Is.EqualTo("too_many_attempts"));
    }

    [Test]
    public async Task A_form_can_hold_the_new_one()
    {
        await using var service = await BhivService.StartAsync();
        service.MakePasswordOneTime();
        UsedSecrets.AddText("a password", Next);

        var answer = await service.Client.SendAsync(
            Calls.Login,
            new FormUrlEncodedContent(new Dictionary<string, string> { ["username"] = "admin", ["password"] = "bhiv2024", ["new_password"] = Next }));

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.OK));
    }

    /// <summary>All of the answer but what is of this one call.</summary>
    private static string Comparable(Answer answer) =>
        $"{answer.Status} {answer.Body.Replace(answer.Json.GetProperty("trace_id").GetString()!, "", StringComparison.Ordinal)}";

    private async Task<BhivService> StartAsync(params string[] arguments)
    {
        var service = await BhivService.StartAsync(arguments: arguments, replace: services => services.AddSingleton<IPasswordHasher>(provider =>
            hasher = new InterruptedHasher(ActivatorUtilities.CreateInstance<Argon2idPasswordHasher>(provider))));
        hasher.Hashes = 0;
        return service;
    }
}
