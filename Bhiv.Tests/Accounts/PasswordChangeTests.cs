using System.Net;
using Bhiv.Domain.Accounts;
using Bhiv.Infrastructure.Accounts;
using Bhiv.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Bhiv.Tests.Accounts;

/// <summary>A person changes the password, over real sockets and a real file.</summary>
public sealed class PasswordChangeTests : DataDirectoryFixture
{
    private const string Next = "the kettle sang twice";

    private InterruptedHasher hasher = null!;

    [Test]
    public async Task The_new_password_is_good_the_former_is_not_and_of_the_sessions_this_one_alone_goes_on()
    {
        await using var service = await BhivService.StartAsync();
        var (here, there) = (await service.Client.LoginAsync(), await service.Client.LoginAsync());

        var answer = await service.Client.ChangePasswordAsync(here.AccessToken, Next);

        Assert.That((answer.Status, answer.Body), Is.EqualTo((HttpStatusCode.NoContent, "")));
        Assert.That((await service.Client.GenerateAsync(here.AccessToken)).Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await service.Client.RefreshAsync(here.RefreshToken)).Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await service.Client.GenerateAsync(there.AccessToken)).Code, Is.EqualTo("revoked_token"));
        Assert.That((await service.Client.RefreshAsync(there.RefreshToken)).Code, Is.EqualTo("revoked_refresh_token"));
        Assert.That((await service.Client.LoginAsync()).Code, Is.EqualTo("invalid_credentials"));
        Assert.That((await service.Client.LoginAsync(password: Next)).Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(
            service.Query("SELECT epoch, version, password_changed_at > created_at FROM accounts", row => (row.GetInt64(0), row.GetInt64(1), row.GetInt64(2))),
            Is.EqualTo(new[] { (1L, 0L, 1L) }));
    }

    [Test]
    public async Task It_is_written_down_with_the_session_that_was_kept_and_who_called()
    {
        await using var service = await BhivService.StartAsync();
        var login = await service.Client.LoginAsync();
        var session = (await service.Client.GetAsync(Calls.Me, login.AccessToken)).Json.GetProperty("session").GetProperty("session_id").GetString();

        await service.Client.ChangePasswordAsync(login.AccessToken, Next);

        var row = (await service.Client.GetAsync(Calls.AuditEvents + "?kind=password_changed", login.AccessToken)).Json.GetProperty("items")[0];
        Assert.That(
            new[] { "kind", "reason", "session_id", "client_id", "address" }.Select(name => row.GetProperty(name).GetString()),
            Is.EqualTo(new[] { "password_changed", "account_changed", session, "default", "127.0.0.1" }));
    }

    [Test]
    public async Task Another_process_refuses_the_other_sessions_within_a_second_and_no_more()
    {
        await using var one = await BhivService.StartAsync(directory: DataDirectory);
        await using var other = await BhivService.StartAsync(directory: DataDirectory, clock: one.Clock);
        var (here, there) = (await one.Client.LoginAsync(), await one.Client.LoginAsync());
        Assert.That((await other.Client.GenerateAsync(there.AccessToken)).Status, Is.EqualTo(HttpStatusCode.OK));

        await one.Client.ChangePasswordAsync(here.AccessToken, Next);

        await Eventually.IsTrueAsync(async () =>
        {
            one.Clock.Advance(TimeSpan.FromSeconds(1));
            return (await other.Client.GenerateAsync(there.AccessToken)).Status == HttpStatusCode.Unauthorized;
        });
        Assert.That((await other.Client.GenerateAsync(here.AccessToken)).Status, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task A_wrong_current_password_is_refused_counted_and_written_down_as_at_a_login()
    {
        await using var service = await BhivService.StartAsync(arguments: ["--Throttle:FreeFailures=2"]);
        var token = (await service.Client.LoginAsync()).AccessToken;

        var wrong = await service.Client.ChangePasswordAsync(token, Next, current: "wrong");
        await service.Client.LoginAsync(password: "wrong");
        var turnedAway = await service.Client.ChangePasswordAsync(token, Next);

        Assert.That((wrong.Status, wrong.Code), Is.EqualTo((HttpStatusCode.Unauthorized, "invalid_credentials")));
        Assert.That((turnedAway.Status, turnedAway.Code), Is.EqualTo((HttpStatusCode.TooManyRequests, "too_many_attempts")));
        Assert.That(turnedAway.Response.Headers.RetryAfter!.Delta, Is.EqualTo(TimeSpan.FromSeconds(1)));
        Assert.That((await service.Client.LoginAsync()).Code, Is.EqualTo("too_many_attempts"), "the two share one count");
        Assert.That(
            service.Query("SELECT username, reason, address, trace_id FROM failed_logins ORDER BY rowid LIMIT 1", row => (row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3))),
            Is.EqualTo(new[] { ("admin", "wrong_password", "127.0.0.1", wrong.Json.GetProperty("trace_id").GetString()) }));
        Assert.That(service.CountEvents(), Is.Zero);
    }

    [TestCase("kettle", "must be at least 8 characters.")]
    [TestCase("password1", "is too easy to guess.")]
    [TestCase("an admin sang", "must not hold the account's name.")]
    [TestCase("bhiv2024", "must not be the one that it takes the place of.")]
    public async Task A_bad_new_password_is_named_before_a_hash_is_spent_on_the_current_one(string next, string problem)
    {
        await using var service = await StartAsync();
        var token = (await service.Client.LoginAsync()).AccessToken;
        var looks = hasher.Looks;

        var answer = await service.Client.ChangePasswordAsync(token, next);

        Assert.That((answer.Status, answer.Code), Is.EqualTo((HttpStatusCode.BadRequest, "validation_failed")));
        Assert.That(answer.Json.GetProperty("errors").GetProperty("new_password")[0].GetString(), Is.EqualTo(problem));
        Assert.That(hasher.Looks, Is.EqualTo(looks));
        Assert.That((await service.Client.LoginAsync()).Status, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task A_session_that_is_ended_while_the_password_is_hashed_changes_nothing()
    {
        await using var service = await StartAsync();
        var (here, there) = (await service.Client.LoginAsync(), await service.Client.LoginAsync());
        hasher.WhileHashing = () => service.Client.LogoutAsync(here.AccessToken);

        Assert.That((await service.Client.ChangePasswordAsync(here.AccessToken, Next)).Code, Is.EqualTo("revoked_token"));

        Assert.That((await service.Client.LoginAsync()).Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await service.Client.RefreshAsync(there.RefreshToken)).Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(service.Query("SELECT kind FROM audit_events WHERE reason IS NOT NULL", row => row.GetString(0)), Is.EqualTo(new[] { "session_revoked" }));
    }

    [Test]
    public async Task A_password_that_is_changed_while_another_is_hashed_stays()
    {
        await using var service = await StartAsync();
        var token = (await service.Client.LoginAsync()).AccessToken;
        hasher.WhileHashing = () =>
        {
            hasher.WhileHashing = null;
            return service.Client.ChangePasswordAsync(token, "another kettle sang");
        };

        Assert.That((await service.Client.ChangePasswordAsync(token, Next)).Code, Is.EqualTo("invalid_credentials"));

        Assert.That((await service.Client.LoginAsync(password: "another kettle sang")).Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await service.Client.GenerateAsync(token)).Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(service.Query("SELECT reason FROM failed_logins", row => row.GetString(0)), Is.EqualTo(new[] { "account_changed" }));
        Assert.That(service.CountEvents(), Is.EqualTo(1));
    }

    [Test]
    public async Task Of_many_at_once_one_wins_and_its_password_is_the_account_s()
    {
        await using var service = await BhivService.StartAsync();
        var logins = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => service.Client.LoginAsync()));

        var answers = await Task.WhenAll(logins.Select((login, number) => service.Client.ChangePasswordAsync(login.AccessToken, $"{Next} {number}")));

        var winner = Array.FindIndex(answers, answer => answer.Status == HttpStatusCode.NoContent);
        Assert.That(answers.Count(answer => answer.Status == HttpStatusCode.NoContent), Is.EqualTo(1));
        Assert.That(answers.Where((_, number) => number != winner).Select(answer => answer.Code), Is.All.AnyOf("revoked_token", "invalid_credentials"));
        Assert.That((await service.Client.LoginAsync(password: $"{Next} {winner}")).Status, Is.EqualTo(HttpStatusCode.OK));
        for (var number = 0; number < 5; number++)
        {
            Assert.That(
                (await service.Client.GenerateAsync(logins[number].AccessToken)).Status,
                Is.EqualTo(number == winner ? HttpStatusCode.OK : HttpStatusCode.Unauthorized));
        }
    }

    [Test]
    public async Task A_login_with_the_former_password_that_was_looked_at_before_the_change_begins_no_session()
    {
        await using var service = await StartAsync();
        var token = (await service.Client.LoginAsync()).AccessToken;
        hasher.AfterLook = async () =>
        {
            hasher.AfterLook = null;
            await service.Client.ChangePasswordAsync(token, Next);
        };

        Assert.That((await service.Client.LoginAsync()).Code, Is.EqualTo("invalid_credentials"));
        Assert.That((await service.Client.LoginAsync(password: Next)).Status, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task It_survives_a_restart_with_the_environment_s_former_password()
    {
        string token;
        await using (var service = await BhivService.StartAsync(directory: DataDirectory))
        {
            var login = await service.Client.LoginAsync();
            token = login.RefreshToken;
            await service.Client.ChangePasswordAsync(login.AccessToken, Next);
        }

        await using var again = await BhivService.StartAsync(directory: DataDirectory);

        Assert.That((await again.Client.RefreshAsync(token)).Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await again.Client.LoginAsync()).Code, Is.EqualTo("invalid_credentials"));
        Assert.That((await again.Client.LoginAsync(password: Next)).Status, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task Who_knew_the_former_password_is_a_stranger_afterwards_and_the_owner_is_none_where_he_changed_it()
    {
        // At an address that has had its failures strangers are turned away, and whoever lately logged in there is judged by himself.
        await using var service = await BhivService.StartAsync(arguments: ["--Throttle:FailuresPerAddress=1"]);
        using var thief = Peer.ClientFrom("127.0.0.7", service.Client.BaseAddress!);
        using var owner = Peer.ClientFrom("127.0.0.8", service.Client.BaseAddress!);
        await thief.LoginAsync();
        var token = (await owner.LoginAsync()).AccessToken;
        foreach (var client in new[] { thief, owner }) await client.LoginAsync("nobody");
        Assert.That((await thief.LoginAsync(password: "wrong")).Code, Is.EqualTo("invalid_credentials"), "still judged by himself");

        Assert.That((await owner.ChangePasswordAsync(token, Next)).Status, Is.EqualTo(HttpStatusCode.NoContent));

        Assert.That((await thief.LoginAsync(password: "wrong")).Code, Is.EqualTo("too_many_attempts"));
        Assert.That((await owner.LoginAsync(password: Next)).Status, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task A_form_is_taken_and_no_answer_is_to_be_kept()
    {
        await using var service = await BhivService.StartAsync();
        var token = (await service.Client.LoginAsync()).AccessToken;
        UsedSecrets.AddText("a password", Next);

        var answer = await service.Client.SendAsync(
            Calls.Password,
            new FormUrlEncodedContent(new Dictionary<string, string> { ["current_password"] = "bhiv2024", ["new_password"] = Next }),
            accessToken: token);

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That(answer.Response.Headers.CacheControl!.NoStore, Is.True);
    }

    private Task<BhivService> StartAsync() => BhivService.StartAsync(replace: services => services.AddSingleton<IPasswordHasher>(provider =>
        hasher = new InterruptedHasher(ActivatorUtilities.CreateInstance<Argon2idPasswordHasher>(provider))));
}
