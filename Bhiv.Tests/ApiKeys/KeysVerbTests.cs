using System.Diagnostics;
using System.Text.Json;
using Bhiv.Tests.Support;

namespace Bhiv.Tests.ApiKeys;

/// <summary><c>clients</c> and <c>keys</c> beside a server on the same database.</summary>
public sealed class KeysVerbTests : DataDirectoryFixture
{
    private const int Failed = 1;
    private const int NotThere = 66;

    [Test]
    public async Task A_running_server_follows_what_is_decided_at_its_machine()
    {
        using var server = ServiceProcess.StartDevelopment(DataDirectory);
        using var client = new HttpClient { BaseAddress = await server.AddressAsync() };

        var made = await RunAsync(0, "clients create mobile");
        var created = await RunAsync(0, "keys", "create", "--client", "mobile", "--scopes", "auth generate");
        var key = created.Output.TrimEnd('\n');
        await FollowAsync(client, key, "good");
        var login = await client.LoginAsync(apiKey: key);
        var (id, until) = (key.Split('_')[1], DateTime.UtcNow.AddDays(30));
        var rotated = JsonDocument.Parse((await RunAsync(0, $"keys rotate {id} --overlap-days 1 --json")).Output).RootElement;
        await FollowAsync(client, rotated.Text("api_key")!, "good");
        await FollowAsync(client, key, "good");
        var revoked = await RunAsync(0, $"keys revoke {id}");
        await FollowAsync(client, key, "revoked_api_key");

        Assert.That(made.Output, Is.EqualTo("Client mobile is made.\n"));
        Assert.That(created.Output, Does.Match("^bhiv_[0-9A-Za-z]{12}_[0-9A-Za-z]{33}\n$"));
        Assert.That(created.Errors, Does.Match($"(?m)^API key {id} of client mobile is good until {until:yyyy-MM-dd} ..:.. UTC. It is shown now and never again.$"));
        Assert.That((rotated.Text("replaces"), rotated.Text("client_id")), Is.EqualTo((id, "mobile")));
        Assert.That(revoked.Output, Is.EqualTo($"API key {id} is revoked. Sessions that ended: 1.\n"));
        Assert.That((await client.RefreshAsync(login.RefreshToken, rotated.Text("api_key"))).Code, Is.EqualTo("revoked_refresh_token"));
        Assert.That((await client.GenerateAsync(login.AccessToken, apiKey: rotated.Text("api_key"))).Code, Is.EqualTo("revoked_token"));

        var disabled = await RunAsync(0, "clients disable mobile");
        await FollowAsync(client, rotated.Text("api_key")!, "revoked_api_key");
        await RunAsync(0, "clients enable mobile");
        await FollowAsync(client, rotated.Text("api_key")!, "good");

        Assert.That(disabled.Output, Is.EqualTo("Client mobile is disabled. Sessions that ended: 0.\n"));
        var events = await client.GetAsync(Calls.AuditEvents, (await client.LoginAsync()).AccessToken);
        Assert.That(
            events.Json.GetProperty("items").EnumerateArray().Select(row => row.GetProperty("evidence").Text("by")).Distinct(),
            Is.EqualTo(new[] { $"cli:{Environment.UserName}", "environment" }), "and the start");
        foreach (var secret in new[] { key, rotated.Text("api_key")! }.Select(text => text.Split('_')[2]))
            Assert.That(server.Output + events.Body + created.Errors, Does.Not.Contain(secret), "the log of the server, the rows, the log of the verb");
    }

    [Test]
    public async Task The_lists_are_tables_for_people_and_what_the_calls_answer_for_scripts()
    {
        await using var service = await BhivService.StartAsync(directory: DataDirectory, clock: new(DateTimeOffset.UtcNow));
        var (good, revoked) = (await service.MakeKeyAsync(Domain.ApiKeys.Scopes.Auth, "mobile"), await service.MakeRevokedKeyAsync());
        var token = (await service.Client.LoginAsync()).AccessToken;

        var (table, json) = (await RunAsync(0, "keys list"), await RunAsync(0, "keys list --client mobile --json"));
        var (clients, clientsJson) = (await RunAsync(0, "clients list"), await RunAsync(0, "clients list --json"));

        var lines = table.Output.TrimEnd('\n').Split('\n');
        Assert.That(lines[0], Does.Match("^KEY +CLIENT +STATE +SCOPES +ROTATE BY +LAST USED +SESSIONS +SAFE TO REMOVE$"));
        Assert.That(lines, Has.One.Match($"^{good.Id} +mobile +good +auth +20").And.One.Match($"^{revoked.Id} +default +revoked"));
        Assert.That(Without(json.Output, "safe_to_remove_at"), Is.EqualTo(
            Without((await service.Client.GetAsync(Calls.ApiKeys + "?client_id=mobile", token)).Body, "safe_to_remove_at")));
        Assert.That(clients.Output.Split('\n')[0], Does.Match("^CLIENT +CREATED +DISABLED$"));
        Assert.That(clientsJson.Output.TrimEnd('\n'), Is.EqualTo((await service.Client.GetAsync(Calls.Clients, token)).Body));

        // Judged by the time of each.
        static string Without(string rows, string field) =>
            System.Text.RegularExpressions.Regex.Replace(rows.TrimEnd('\n'), $"\"{field}\":\"[^\"]+\"", "");
    }

    [Test]
    public async Task What_cannot_be_done_is_said_with_an_exit_code_and_changes_nothing()
    {
        await using var service = await BhivService.StartAsync(directory: DataDirectory, clock: new(DateTimeOffset.UtcNow));
        var disabled = await service.MakeClientAsync(disabled: true);
        var revoked = await service.MakeRevokedKeyAsync();
        var environment = service.Query("SELECT key_id FROM api_keys WHERE secret_hash IS NULL", row => row.GetString(0)).Single();
        var events = service.CountEvents();

        await RefuseAsync(NotThere, "There is no client nobody. Make it: clients create nobody", "keys create --client nobody --scopes auth");
        await RefuseAsync(Failed, $"Client {disabled} is disabled.", $"keys create --client {disabled} --scopes auth");
        await RefuseAsync(Failed, "There is a client default.", "clients create default");
        await RefuseAsync(NotThere, $"There is no client {disabled}, or it is disabled already.", $"clients disable {disabled}");
        await RefuseAsync(NotThere, "There is no client default, or it is not disabled.", "clients enable default");
        await RefuseAsync(NotThere, "There is no API key nobody.", "keys rotate nobody");
        await RefuseAsync(Failed, "The API key has expired, was revoked or was rotated before, or its client is disabled.", $"keys rotate {revoked.Id}");
        await RefuseAsync(Failed, "The API key stands in the environment and is rotated there: start with the new one in API_KEY and the old one "
            + "in API_KEY_PREVIOUS.", $"keys rotate {environment}");
        await RefuseAsync(NotThere, $"There is no API key {revoked.Id}, or it was revoked before.", $"keys revoke {revoked.Id}");
        Assert.That(service.CountEvents(), Is.EqualTo(events));

        async Task RefuseAsync(int exitCode, string sentence, string line)
        {
            var verb = await RunAsync(exitCode, line);
            Assert.That((verb.Output, verb.Errors), Is.EqualTo(("", sentence + "\n")), line);
        }
    }

    private async Task<Verb> RunAsync(int exitCode, params string[] words)
    {
        var verb = await Verb.RunAsync(
            new() { ["ASPNETCORE_ENVIRONMENT"] = "Development", ["BHIV_DATA"] = DataDirectory }, words is [var line] ? line.Split(' ') : words);
        Assert.That(verb.ExitCode, Is.EqualTo(exitCode), string.Join(' ', words) + ": " + verb.Errors);
        return verb;
    }

    /// <summary>Within a second, and what the machine takes.</summary>
    private static async Task FollowAsync(HttpClient client, string key, string expected)
    {
        var watch = Stopwatch.StartNew();
        while (true)
        {
            var answer = await client.RefreshAsync("x", key);
            if ((answer.Code == "invalid_refresh_token" ? "good" : answer.Code) == expected) return;
            Assert.That(watch.Elapsed, Is.LessThan(TimeSpan.FromSeconds(5)), $"{expected}: {answer.Status}");
        }
    }
}
