using System.Net;
using System.Text.Json;
using Bhiv.Api.Accounts;
using Bhiv.Application.Accounts;
using Bhiv.Domain.Accounts;
using Bhiv.Domain.Audit;
using Bhiv.Tests.ApiKeys;
using Bhiv.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Bhiv.Tests.Accounts;

/// <summary>People are changed and let go.</summary>
public sealed class AccountEditTests : AccountsFixture
{
    [Test]
    public async Task Who_is_disabled_is_out_at_once_and_comes_back_without_his_sessions()
    {
        var (id, password) = await MakeAsync("alice");
        var session = await Client.LoginAsync("alice", password);
        var other = await Client.LoginAsync("alice", password);

        var disabled = await Client.DisableAccountAsync(Token, id);

        Assert.That((disabled.Status, disabled.Json.GetProperty("sessions_ended").GetInt32()), Is.EqualTo((HttpStatusCode.OK, 2)));
        Assert.That(disabled.Json.GetProperty("account").GetProperty("disabled_at").GetDateTimeOffset(), Is.EqualTo(Service.Clock.GetUtcNow()));
        foreach (var login in new[] { session, other })
        {
            Assert.That((await Client.GenerateAsync(login.AccessToken)).Code, Is.EqualTo("revoked_token"));
            Assert.That((await Client.RefreshAsync(login.RefreshToken)).Code, Is.EqualTo("revoked_refresh_token"));
        }
        Assert.That((await Client.LoginAsync("alice", password)).Code, Is.EqualTo("invalid_credentials"));
        Assert.That((await Client.DisableAccountAsync(Token, id)).Json.GetProperty("sessions_ended").GetInt32(), Is.Zero, "again");

        Assert.That((await Client.EnableAccountAsync(Token, id)).Status, Is.EqualTo(HttpStatusCode.OK));

        Assert.That((await Client.GenerateAsync(session.AccessToken)).Code, Is.EqualTo("revoked_token"));
        Assert.That((await Client.RefreshAsync(session.RefreshToken)).Code, Is.EqualTo("revoked_refresh_token"));
        Assert.That((await Client.LoginAsync("alice", password)).Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(await EventsAsync("account_disabled"), Has.Count.EqualTo(1), "once, for it was done once");
        Assert.That(await EventsAsync("account_enabled"), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task What_is_so_already_is_no_change_and_is_told_nowhere()
    {
        var (id, log) = ((await MakeAsync("alice")).Id, new RecordedLog<AccountAdministration>());
        var accounts = ActivatorUtilities.CreateInstance<AccountAdministration>(Service.Services, log);
        var (account, by) = (new AccountId(Guid.Parse(id)), new Author("cli:root"));

        for (var time = 0; time < 2; time++)
        {
            Assert.That(await accounts.DisableAsync(account, null, by), Is.TypeOf<AccountEditResult.Done>());
            Assert.That(await accounts.SetRolesAsync(account, null, [Role.Member], by), Is.TypeOf<AccountEditResult.Done>());
        }

        Assert.That(log.Lines, Is.EqualTo(new[] { "AccountEdited: Account alice was changed (AccountDisabled) by cli:root: 0 sessions were ended" }));
        Assert.That((await EventsAsync("account_disabled")).Count + (await EventsAsync("account_roles_changed")).Count, Is.EqualTo(1));
    }

    [Test]
    public async Task A_role_counts_from_the_next_call_on_whatever_the_token_says()
    {
        var (id, password) = await MakeAsync("alice", "admin");
        var alice = (await Client.LoginAsync("alice", password)).AccessToken;
        Assert.That((await Client.GetAsync(Calls.Accounts, alice)).Status, Is.EqualTo(HttpStatusCode.OK));

        var demoted = await Client.SetRolesAsync(Token, id, ["member"]);

        Assert.That(demoted.Json.GetProperty("account").GetProperty("roles").GetRawText(), Is.EqualTo("[\"member\"]"));
        Assert.That((await Client.GetAsync(Calls.Accounts, alice)).Code, Is.EqualTo("forbidden"));
        Assert.That((await Client.GenerateAsync(alice)).Status, Is.EqualTo(HttpStatusCode.OK), "her session goes on");
        await Client.SetRolesAsync(Token, id, ["member", "admin"]);
        Assert.That((await Client.GetAsync(Calls.Accounts, alice)).Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await EventsAsync("account_roles_changed")).Select(it => it.Roles), Is.EqualTo(new[] { "admin member", "member" }));
    }

    [Test]
    public async Task A_reset_takes_the_old_password_and_all_sessions_away()
    {
        var (id, password) = await MakeAsync("alice");
        var session = await Client.LoginAsync("alice", password);
        var before = (await Client.GetAsync(Calls.Account.At(id), Token)).Json.GetProperty("password_changed_at").GetDateTimeOffset();

        var reset = await Client.ResetPasswordAsync(Token, id);

        Assert.That((reset.Status, reset.Json.GetProperty("sessions_ended").GetInt32()), Is.EqualTo((HttpStatusCode.OK, 1)));
        Assert.That(reset.OneTimePassword(), Is.Not.EqualTo(password));
        Assert.That(
            reset.Json.GetProperty("account").GetProperty("password_changed_at").GetDateTimeOffset(), Is.GreaterThan(before), "who knew the old one is a stranger");
        Assert.That((await Client.GenerateAsync(session.AccessToken)).Code, Is.EqualTo("revoked_token"));
        Assert.That((await Client.LoginAsync("alice", password)).Code, Is.EqualTo("invalid_credentials"));
        Assert.That((await Client.LoginWithNewAsync("another long passphrase", reset.OneTimePassword(), "alice")).Status, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task Who_is_deleted_is_gone_and_the_name_is_free_for_another()
    {
        var (id, password) = await MakeAsync("alice");
        var session = await Client.LoginAsync("alice", password);

        var deleted = await Client.DeleteAccountAsync(Token, id);

        Assert.That((deleted.Status, deleted.Json.GetProperty("sessions_ended").GetInt32()), Is.EqualTo((HttpStatusCode.OK, 1)));
        Assert.That((await Client.GetAsync(Calls.Account.At(id), Token)).Code, Is.EqualTo("not_found"));
        Assert.That((await Client.GenerateAsync(session.AccessToken)).Code, Is.EqualTo("revoked_token"));
        Assert.That((await Client.RefreshAsync(session.RefreshToken)).Status, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That((await Client.LoginAsync("alice", password)).Code, Is.EqualTo("invalid_credentials"));
        var (another, otherPassword) = await MakeAsync("alice");
        Assert.That(another, Is.Not.EqualTo(id));
        Assert.That((await Client.LoginAsync("alice", otherPassword)).Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await Client.GenerateAsync(session.AccessToken)).Code, Is.EqualTo("revoked_token"), "no heir of it");
        Assert.That((await EventsAsync("account_deleted")).Single().Account, Is.EqualTo(id));
    }

    [Test]
    public async Task Two_who_edit_at_once_do_not_undo_each_other()
    {
        var (id, _) = await MakeAsync("alice");
        var read = (await Client.GetAsync(Calls.Account.At(id), Token)).ETag()!;
        var changed = await Client.SetRolesAsync(Token, id, ["admin"], read);

        foreach (var late in new[]
        {
            await Client.DisableAccountAsync(Token, id, read), await Client.SetRolesAsync(Token, id, ["member"], read), await Client.EnableAccountAsync(Token, id, read),
            await Client.ResetPasswordAsync(Token, id, read), await Client.DeleteAccountAsync(Token, id, read),
            // As an administrator has it who has seen a database that was restored since.
            await Client.DisableAccountAsync(Token, id, "\"99\""),
        })
            Assert.That((late.Status, late.Code), Is.EqualTo((HttpStatusCode.Conflict, "conflict")));

        Assert.That((await ShowAsync(changed)).GetRawText(), Is.EqualTo(changed.Json.GetProperty("account").GetRawText()));
        Assert.That((await Client.DisableAccountAsync(Token, id, changed.ETag())).Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await Client.EnableAccountAsync(Token, id, "*")).Status, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task Of_those_who_edit_the_same_version_at_once_one_does()
    {
        var (id, _) = await MakeAsync("alice");
        for (var round = 0; round < Proofs.Size(10, 200); round++)
        {
            var read = (await Client.GetAsync(Calls.Account.At(id), Token)).ETag()!;

            var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Client.ResetPasswordAsync(Token, id, read)));

            Assert.That(answers.Select(answer => answer.Status == HttpStatusCode.OK ? "" : answer.Code), Is.EquivalentTo(new[] { "", "conflict", "conflict", "conflict" }));
        }
    }

    /// <summary>Each of them had a password of his own, and neither would.</summary>
    [Test]
    public async Task Of_two_administrators_who_reset_each_other_at_once_one_stays()
    {
        var (id, password) = await MakeAsync("alice", "admin");
        var alice = (await Client.LoginAsync("alice", password)).AccessToken;

        var answers = await Task.WhenAll(Client.ResetPasswordAsync(Token, id), Client.ResetPasswordAsync(alice, Administrator()));

        Assert.That(answers.Count(answer => answer.Status == HttpStatusCode.OK), Is.EqualTo(1));
        Assert.That(Service.Query("SELECT count(*) FROM accounts WHERE one_time_password_until IS NULL", row => row.GetInt64(0)).Single(), Is.EqualTo(1));
    }

    /// <summary>What is promised of the body is held back until everything is taken from whoever sends it.</summary>
    [TestCase("disabled")]
    [TestCase("deleted")]
    [TestCase("demoted")]
    [TestCase("logged out")]
    public async Task Whoever_holds_the_end_of_a_call_back_does_not_act_when_he_is_out(string how)
    {
        var (id, password) = await MakeAsync("alice", "admin");
        var alice = (await Client.LoginAsync("alice", password)).AccessToken;
        var body = "{\"username\":\"mallory\",\"roles\":[\"admin\"]}";
        using var socket = new System.Net.Sockets.TcpClient();
        await socket.ConnectAsync(Client.BaseAddress!.Host, Client.BaseAddress.Port);
        await SendAsync($"POST {Calls.Accounts} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-API-Key: {Calls.ApiKey}\r\nAuthorization: Bearer {alice}\r\n"
            + $"Content-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body[..^1]}");
        await Task.Delay(200);

        await (how switch
        {
            "disabled" => Client.DisableAccountAsync(Token, id),
            "deleted" => Client.DeleteAccountAsync(Token, id),
            "demoted" => Client.SetRolesAsync(Token, id, ["member"]),
            _ => Client.LogoutAsync(alice),
        });
        await SendAsync(body[^1..]);

        using var reader = new StreamReader(socket.GetStream());
        Assert.That(await reader.ReadToEndAsync(), Does.StartWith(how == "demoted" ? "HTTP/1.1 403 " : "HTTP/1.1 401 "));
        Assert.That(Service.Query("SELECT count(*) FROM accounts WHERE name = 'mallory'", row => row.GetInt64(0)).Single(), Is.Zero);

        async Task SendAsync(string text) => await socket.GetStream().WriteAsync(System.Text.Encoding.ASCII.GetBytes(text));
    }

    [TestCase("")]
    [TestCase("3")]
    [TestCase("W/\"3\"")]
    [TestCase("\"\"")]
    [TestCase("\"-1\"")]
    [TestCase("\"1\", \"2\"")]
    public async Task An_If_Match_that_is_no_version_changes_nothing(string version)
    {
        var (id, _) = await MakeAsync("alice");

        var refused = await Client.DisableAccountAsync(Token, id, version);

        Assert.That((refused.Status, refused.Code), Is.EqualTo((HttpStatusCode.BadRequest, "validation_failed")));
        Assert.That((await Client.GetAsync(Calls.Account.At(id), Token)).Json.Text("disabled_at"), Is.Null);
    }

    [Test]
    public async Task Nobody_administers_himself()
    {
        var (id, password) = await MakeAsync("alice", "admin");
        var alice = (await Client.LoginAsync("alice", password)).AccessToken;

        foreach (var refused in new[]
        {
            await Client.DeleteAccountAsync(alice, id), await Client.DisableAccountAsync(alice, id),
            await Client.SetRolesAsync(alice, id, ["member"]), await Client.ResetPasswordAsync(alice, id),
        })
            Assert.That((refused.Status, refused.Json.Text("detail")), Is.EqualTo((HttpStatusCode.Conflict, AccountRefusals.OfOneself)));
        Assert.That((await Client.GetAsync(Calls.Accounts, alice)).Status, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task The_last_who_can_administer_stays_one()
    {
        var (id, password) = await MakeAsync("alice", "admin");
        var alice = (await Client.LoginAsync("alice", password)).AccessToken;
        // Neither who has never logged in nor who is disabled is another one.
        await Client.MakeAccountAsync(Token, "bob", "admin");
        await Client.DisableAccountAsync(Token, (await MakeAsync("carol", "admin")).Id);
        Assert.That((await Client.SetRolesAsync(alice, Administrator(), ["member"])).Status, Is.EqualTo(HttpStatusCode.OK));

        // From the machine, since nobody does it to himself by a call.
        var (accounts, account, by) = (Service.Services.GetRequiredService<AccountAdministration>(), new AccountId(Guid.Parse(id)), new Author("cli:root"));
        Assert.That(await accounts.SetRolesAsync(account, null, [Role.Member], by), Is.TypeOf<AccountEditResult.LastAdministrator>());
        Assert.That(await accounts.DisableAsync(account, null, by), Is.TypeOf<AccountEditResult.LastAdministrator>());
        Assert.That(await accounts.DeleteAsync(account, null, by), Is.TypeOf<AccountEditResult.LastAdministrator>());
        Assert.That((await accounts.ResetPasswordAsync(account, null, by, default)).Password, Is.Not.Null, "how else would she get in again?");
    }

    [Test]
    public async Task Of_two_administrators_who_take_the_role_from_each_other_at_once_one_stays()
    {
        var (id, password) = await MakeAsync("alice", "admin");
        var alice = (await Client.LoginAsync("alice", password)).AccessToken;
        for (var round = 0; round < Proofs.Size(20, 200); round++)
        {
            var answers = await Task.WhenAll(
                Client.SetRolesAsync(Token, id, ["member"]), Client.SetRolesAsync(alice, Administrator(), ["member"]));

            Assert.That(answers.Count(answer => answer.Status == HttpStatusCode.OK), Is.EqualTo(1));
            Assert.That(Service.Query("SELECT count(*) FROM accounts WHERE roles LIKE '%admin%'", row => row.GetInt64(0)).Single(), Is.EqualTo(1));
            Service.Execute("UPDATE accounts SET roles = '[\"admin\"]'");
        }
    }

    [Test]
    public async Task The_environments_account_is_disabled_and_not_deleted()
    {
        var (_, password) = await MakeAsync("alice", "admin");
        var (alice, admin) = ((await Client.LoginAsync("alice", password)).AccessToken, Administrator());

        Assert.That((await Client.DeleteAccountAsync(alice, admin)).Json.Text("detail"), Is.EqualTo(AccountRefusals.OfEnvironment));
        Assert.That((await Client.DisableAccountAsync(alice, admin)).Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await Client.LoginAsync()).Code, Is.EqualTo("invalid_credentials"));
    }

    private async Task<JsonElement> ShowAsync(Answer answer) => (await Client.GetAsync(Calls.Account.At(answer.AccountId()), Token)).Json;
}
