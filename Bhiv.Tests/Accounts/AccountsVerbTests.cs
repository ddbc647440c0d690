using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Bhiv.Tests.ApiKeys;
using Bhiv.Tests.Support;

namespace Bhiv.Tests.Accounts;

/// <summary><c>accounts</c> and <c>sessions</c> beside a server on the same database.</summary>
public sealed class AccountsVerbTests : AccountsVerbFixture
{
    private const int Failed = 1;
    private const int UsedWrongly = 64;
    private const int NotThere = 66;

    [Test]
    public async Task A_running_server_follows_what_is_decided_at_its_machine()
    {
        using var server = ServiceProcess.StartDevelopment(DataDirectory);
        using var client = new HttpClient { BaseAddress = await server.AddressAsync() };

        var made = await RunAsync(0, "accounts", "create", "alice", "--roles", "admin member");
        var password = made.Output.TrimEnd('\n');
        Assert.That(password, Does.Match("^([0-9a-z]{5}-){3}[0-9a-z]{5}$"), "the password alone");
        Assert.That(made.Errors, Does.Match("(?m)^Account alice is made. The password is good until [^ ]+, for one login, which sets another: new_password. It is shown now and never again.$"));
        Assert.That((await client.LoginWithNewAsync("the kettle sang in the rain", password, "alice")).Status, Is.EqualTo(HttpStatusCode.OK));
        var login = await client.LoginAsync("alice", "the kettle sang in the rain");

        await RunAsync(0, "accounts roles alice --roles member");
        await FollowAsync(async () => (await client.GetAsync(Calls.Accounts, login.AccessToken)).Status == HttpStatusCode.Forbidden);
        var sessions = Json(await RunAsync(0, "sessions list alice --json"));
        Assert.That(sessions.GetArrayLength(), Is.EqualTo(2));
        var newest = sessions[0].Text("session_id")!;
        Assert.That((await RunAsync(0, $"sessions revoke --session {newest}")).Output, Is.EqualTo($"Session {newest} is ended.\n"));
        await FollowAsync(async () => (await client.GenerateAsync(login.AccessToken)).Status == HttpStatusCode.Unauthorized);
        Assert.That((await RunAsync(0, "sessions revoke --account ALICE")).Output, Is.EqualTo("Every session of alice is ended; 1 could have been refreshed.\n"));

        var again = await client.LoginAsync("alice", "the kettle sang in the rain");
        Assert.That((await RunAsync(0, "sessions revoke --client default")).Output, Is.EqualTo("Every session of client default is ended; 1 could have been refreshed.\n"));
        await FollowAsync(async () => (await client.GenerateAsync(again.AccessToken)).Status == HttpStatusCode.Unauthorized);
        var third = await client.LoginAsync("alice", "the kettle sang in the rain");
        Assert.That((await RunAsync(0, "accounts disable alice")).Output, Is.EqualTo("Account alice is disabled. Sessions that ended: 1.\n"));
        await FollowAsync(async () => (await client.GenerateAsync(third.AccessToken)).Status == HttpStatusCode.Unauthorized);
        Assert.That((await RunAsync(0, "accounts enable alice")).Output, Is.EqualTo("Account alice is enabled. Sessions that ended: 0.\n"));

        var reset = await RunAsync(0, "accounts", "reset-password", "alice");
        Assert.That((await client.LoginAsync("alice", "the kettle sang in the rain")).Code, Is.EqualTo("invalid_credentials"));
        var last = await client.LoginWithNewAsync("the kettle sang no more", reset.Output.TrimEnd('\n'), "alice");
        Assert.That(last.Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await RunAsync(0, "accounts delete alice")).Output, Is.EqualTo("Account alice is deleted. Sessions that ended: 1.\n"));
        await FollowAsync(async () => (await client.GenerateAsync(last.AccessToken)).Status == HttpStatusCode.Unauthorized);
        Assert.That((await RunAsync(0, "accounts list")).Output, Does.Not.Contain("alice"));

        var events = await client.GetAsync(Calls.AuditEvents, (await client.LoginAsync()).AccessToken);
        Assert.That(
            events.Json.GetProperty("items").EnumerateArray().Select(row => row.Text("kind")).Reverse().Where(kind => kind is not "account_sessions_revoked"),
            Is.SupersetOf(new[]
            {
                "account_created", "account_roles_changed", "session_revoked", "client_sessions_revoked", "account_disabled", "account_enabled",
                "account_password_reset", "account_deleted",
            }));
        Assert.That(
            events.Json.GetProperty("items").EnumerateArray().Where(row => row.Text("kind")!.StartsWith("account_d", StringComparison.Ordinal))
                .Select(row => row.GetProperty("evidence").Text("by")),
            Is.All.EqualTo($"cli:{Environment.UserName}"));
    }

    [Test]
    public async Task The_lists_are_tables_for_people_and_what_the_calls_answer_for_scripts()
    {
        await using var service = await BhivService.StartAsync(directory: DataDirectory, clock: new(DateTimeOffset.UtcNow));
        var token = (await service.Client.LoginAsync()).AccessToken;
        await service.Client.MakeAccountAsync(token, "Alice");
        await service.Client.MakeAccountAsync(token, "bob", "admin");

        var (table, json) = (await RunAsync(0, "accounts list"), await RunAsync(0, "accounts list --search AL --json"));
        var shown = await RunAsync(0, "accounts show ALICE --json");

        var lines = table.Output.TrimEnd('\n').Split('\n');
        Assert.That(lines[0], Does.Match("^NAME +ROLES +CREATED +DISABLED +ONE-TIME PASSWORD UNTIL$"));
        Assert.That(lines.Skip(1).Select(line => line.Split(' ')[0]), Is.EqualTo(new[] { "admin", "Alice", "bob" }));
        var page = (await service.Client.GetAsync(Calls.Accounts + "?search=al", token)).Json.GetProperty("items");
        Assert.That(json.Output.TrimEnd('\n'), Is.EqualTo(page.GetRawText()));
        Assert.That(shown.Output.TrimEnd('\n'), Is.EqualTo(page[0].GetRawText()));
        Assert.That((await RunAsync(0, "accounts show admin")).Output, Does.Match("^Account admin \\([0-9a-f-]{36}\\) has the roles admin. Its password was set at [^ ]+.\n$"));
        Assert.That((await RunAsync(0, "accounts list --search nobody")).Output, Is.EqualTo("There is no such account.\n"));
        Assert.That((await RunAsync(0, "sessions list bob")).Output, Is.EqualTo("bob is logged in nowhere.\n"));
        Assert.That((await RunAsync(0, "sessions list admin")).Output.Split('\n')[0], Does.Match("^SESSION +CLIENT +ADDRESS +DEVICE +REFRESHED +EXPIRES$"));
    }

    [Test]
    public async Task What_cannot_be_done_is_said_with_an_exit_code_and_changes_nothing()
    {
        await using var service = await BhivService.StartAsync(directory: DataDirectory, clock: new(DateTimeOffset.UtcNow));
        var events = service.CountEvents();

        foreach (var verb in new[] { "show", "disable", "enable", "reset-password", "delete" })
            await RefuseAsync(NotThere, "There is no account nobody.", $"accounts {verb} nobody");
        await RefuseAsync(NotThere, "There is no account nobody.", "accounts roles nobody --roles admin");
        await RefuseAsync(NotThere, "There is no account nobody.", "sessions list nobody");
        await RefuseAsync(NotThere, "There is no account nobody.", "sessions revoke --account nobody");
        await RefuseAsync(NotThere, "There is no client nobody.", "sessions revoke --client nobody");
        var session = Guid.CreateVersion7();
        await RefuseAsync(NotThere, $"There is no session {session}, or it was ended before.", $"sessions revoke --session {session}");
        await RefuseAsync(Failed, "There is an account of this name.", "accounts create ADMIN");
        await RefuseAsync(Failed, Api.Accounts.AccountRefusals.OfEnvironment, "accounts delete admin");
        await RefuseAsync(Failed, Api.Accounts.AccountRefusals.LastAdministrator, "accounts disable admin");
        await RefuseAsync(Failed, Api.Accounts.AccountRefusals.LastAdministrator, "accounts roles admin --roles member");
        await RefuseAsync(UsedWrongly, "--roles must be one or more of admin, member.", "accounts create bob --roles root");
        await RefuseAsync(UsedWrongly, "The name must not hold an invisible character.", "accounts create b\u202eob");
        await RefuseAsync(UsedWrongly, "revoke needs one of --session, --account, --client and --all.", "sessions revoke");
        await RefuseAsync(UsedWrongly, "revoke needs one of --session, --account, --client and --all.", "sessions revoke --all --account admin");
        await RefuseAsync(UsedWrongly, "--session is a session_id, as sessions list has it.", "sessions revoke --session x");
        Assert.That((service.CountEvents(), service.Count("accounts")), Is.EqualTo((events, 1)));

        async Task RefuseAsync(int exitCode, string sentence, string line)
        {
            var verb = await RunAsync(exitCode, line);
            Assert.That((verb.Output, verb.Errors.Split('\n')[0]), Is.EqualTo(("", sentence)), line);
        }
    }

    private static JsonElement Json(Verb verb) => JsonDocument.Parse(verb.Output).RootElement;

    /// <summary>Within a second, and what the machine takes.</summary>
    private static async Task FollowAsync(Func<Task<bool>> isSo)
    {
        var watch = Stopwatch.StartNew();
        while (!await isSo()) Assert.That(watch.Elapsed, Is.LessThan(TimeSpan.FromSeconds(5)));
    }
}
