using System.Net;
using System.Text.Json;
using Bhiv.Tests.Support;

namespace Bhiv.Tests.ApiKeys;

/// <summary>A key from its making to its end, by calls alone.</summary>
public sealed class ApiKeyLifeTests
{
    private BhivService service = null!;

    private HttpClient Client => service.Client;

    [SetUp]
    public async Task StartAsync()
    {
        service = await BhivService.StartAsync();
        await Client.MakeClientAsync("mobile");
    }

    [TearDown]
    public async Task StopAsync() => await service.DisposeAsync();

    [Test]
    public async Task A_new_key_is_shown_once_kept_in_no_cache_and_good_at_once()
    {
        var made = await Client.MakeKeyAsync("mobile");

        Assert.That(made.Status, Is.EqualTo(HttpStatusCode.Created));
        Assert.That(made.Response.Headers.CacheControl!.NoStore, Is.True);
        Assert.That(made.Key(), Does.StartWith($"bhiv_{made.KeyId()}_"));
        Assert.That(made.Json.GetProperty("scopes").EnumerateArray().Select(scope => scope.GetString()), Is.EqualTo(new[] { "auth", "generate" }));
        Assert.That(made.Json.GetProperty("expires_at").GetDateTimeOffset(), Is.EqualTo(service.Clock.GetUtcNow().AddDays(30)));
        var login = await Client.LoginAsync(apiKey: made.Key());
        Assert.That((await Client.GenerateAsync(login.AccessToken, apiKey: made.Key())).Status, Is.EqualTo(HttpStatusCode.OK));
        var listed = (await Client.GetAsync(Calls.ApiKeys, (await Client.LoginAsync()).AccessToken)).Body;
        Assert.That(listed, Does.Contain(made.KeyId()).And.Not.Contain(made.Key()).And.Not.Contain(made.Key().Split('_')[2]));
    }

    [Test]
    public async Task The_list_tells_of_a_key_in_use_when_it_was_used_and_how_many_would_miss_it()
    {
        var made = await Client.MakeKeyAsync("mobile");
        var unused = await Client.KeyAsync(made.KeyId());
        Client.DefaultRequestHeaders.UserAgent.ParseAdd("phone/1.0");
        await Client.LoginAsync(apiKey: made.Key());
        await Client.LoginAsync(apiKey: made.Key());
        Client.DefaultRequestHeaders.UserAgent.Clear();
        var used = service.Clock.GetUtcNow();

        await WriteUsesAsync(made.KeyId());

        var key = await Client.KeyAsync(made.KeyId());
        Assert.That((unused.Text("state"), unused.GetProperty("live_sessions").GetInt32()), Is.EqualTo(("good", 0)));
        Assert.That(unused.GetProperty("last_used_at").ValueKind, Is.EqualTo(JsonValueKind.Null));
        Assert.That(unused.GetProperty("safe_to_remove_at").GetDateTimeOffset(), Is.EqualTo(used));
        Assert.That((key.Text("last_used_address"), key.Text("last_used_user_agent")), Is.EqualTo(("127.0.0.1", "phone/1.0")));
        Assert.That(key.GetProperty("last_used_at").GetDateTimeOffset(), Is.EqualTo(used));
        Assert.That(key.GetProperty("live_sessions").GetInt32(), Is.EqualTo(2));
        Assert.That(key.GetProperty("safe_to_remove_at").GetDateTimeOffset(), Is.EqualTo(used.AddDays(7)));
        Assert.That((key.GetProperty("environment").GetBoolean(), key.Text("client_id")), Is.EqualTo((false, "mobile")));
    }

    [Test]
    public async Task The_list_has_the_keys_of_one_client_or_of_all_and_that_of_the_environment()
    {
        var made = await Client.MakeKeyAsync("mobile");
        var token = (await Client.LoginAsync()).AccessToken;

        var all = (await Client.GetAsync(Calls.ApiKeys, token)).Json.EnumerateArray().ToList();
        var mobile = (await Client.GetAsync(Calls.ApiKeys + "?client_id=mobile", token)).Json.EnumerateArray().ToList();

        Assert.That(mobile.Select(key => key.Text("key_id")), Is.EqualTo(new[] { made.KeyId() }));
        Assert.That(all, Has.Count.EqualTo(2));
        var environment = all.Single(key => key.GetProperty("environment").GetBoolean());
        Assert.That((environment.Text("client_id"), environment.Text("state")), Is.EqualTo(("default", "good")));
        Assert.That(environment.GetProperty("expires_at").ValueKind, Is.EqualTo(JsonValueKind.Null));
        Assert.That((await Client.GetAsync(Calls.ApiKeys + "?client_id=nobody", token)).Body, Is.EqualTo("[]"));
    }

    [Test]
    public async Task A_rotated_key_is_good_beside_its_successor_to_the_end_of_the_overlap_and_not_a_microsecond_longer()
    {
        var old = await Client.MakeKeyAsync("mobile", days: 90);
        var session = await Client.LoginAsync(apiKey: old.Key());

        var next = await Client.RotateKeyAsync(old.KeyId(), overlap: 2);

        var ends = service.Clock.GetUtcNow().AddDays(2);
        Assert.That((next.Status, next.Json.Text("replaces"), next.Json.Text("client_id")), Is.EqualTo((HttpStatusCode.Created, old.KeyId(), "mobile")));
        Assert.That(next.Json.GetProperty("old_expires_at").GetDateTimeOffset(), Is.EqualTo(ends));
        Assert.That((await Client.KeyAsync(old.KeyId())).Text("replaced_by"), Is.EqualTo(next.KeyId()));
        await AssertLogsInAsync(next.Key(), rotateBy: null);
        await AssertLogsInAsync(old.Key(), rotateBy: ends);
        // A session goes on with either.
        Assert.That((await Client.RefreshAsync(session.RefreshToken, next.Key())).Status, Is.EqualTo(HttpStatusCode.OK));

        service.Clock.Advance(TimeSpan.FromDays(2) - TimeSpan.FromMicroseconds(1));
        await AssertLogsInAsync(old.Key(), rotateBy: ends);
        service.Clock.Advance(TimeSpan.FromMicroseconds(1));

        Assert.That((await Client.LoginAsync(apiKey: old.Key())).Code, Is.EqualTo("expired_api_key"));
        Assert.That((await Client.KeyAsync(old.KeyId())).Text("state"), Is.EqualTo("expired"));
        await AssertLogsInAsync(next.Key(), rotateBy: null);
    }

    [Test]
    public async Task An_overlap_lengthens_no_keys_life()
    {
        var old = await Client.MakeKeyAsync("mobile", days: 1);

        var next = await Client.RotateKeyAsync(old.KeyId(), overlap: 365);

        var ends = old.Json.GetProperty("expires_at").GetDateTimeOffset();
        Assert.That(next.Json.GetProperty("old_expires_at").GetDateTimeOffset(), Is.EqualTo(ends));
        Assert.That((await Client.KeyAsync(old.KeyId())).GetProperty("expires_at").GetDateTimeOffset(), Is.EqualTo(ends));
        Assert.That(next.Json.GetProperty("expires_at").GetDateTimeOffset(), Is.EqualTo(service.Clock.GetUtcNow().AddDays(30)));
    }

    [Test]
    public async Task What_is_not_live_or_stands_in_the_environment_is_not_rotated()
    {
        var token = (await Client.LoginAsync()).AccessToken;
        var environment = (await Client.GetAsync(Calls.ApiKeys + "?client_id=default", token)).Json[0].Text("key_id")!;
        var rotated = await Client.MakeKeyAsync("mobile");
        await Client.RotateKeyAsync(rotated.KeyId());
        var (expired, revoked) = (await service.MakeExpiredKeyAsync(), await service.MakeRevokedKeyAsync());

        foreach (var id in new[] { rotated.KeyId(), expired.Id, revoked.Id })
        {
            var refused = await Client.RotateKeyAsync(id);
            Assert.That((refused.Status, refused.Code), Is.EqualTo((HttpStatusCode.Conflict, "conflict")));
            Assert.That(refused.Json.Text("detail"), Does.StartWith("The API key has expired, was revoked or was rotated before"));
        }
        var ofEnvironment = await Client.RotateKeyAsync(environment);
        Assert.That(ofEnvironment.Code, Is.EqualTo("conflict"));
        Assert.That(ofEnvironment.Json.Text("detail"), Does.Contain("API_KEY_PREVIOUS"));
        Assert.That((await Client.RotateKeyAsync("nobody")).Code, Is.EqualTo("not_found"));
    }

    [Test]
    public async Task A_revoked_key_is_refused_at_once_and_what_hangs_on_it_ends_with_it_and_nothing_else()
    {
        var (first, second) = (await Client.MakeKeyAsync("mobile"), await Client.MakeKeyAsync("mobile"));
        var ended = await Client.LoginAsync(apiKey: first.Key());
        var goesOn = await Client.RefreshAsync((await Client.LoginAsync(apiKey: first.Key())).RefreshToken, second.Key());
        var ofSecond = await Client.LoginAsync(apiKey: second.Key());
        Assert.That((await Client.IntrospectAsync(ended.AccessToken)).Json.GetProperty("active").GetBoolean(), Is.True);

        var revoked = await Client.RevokeKeyAsync(first.KeyId());

        Assert.That((revoked.Status, revoked.Body), Is.EqualTo((HttpStatusCode.OK, "{\"sessions_ended\":1}")));
        Assert.That((await Client.LoginAsync(apiKey: first.Key())).Code, Is.EqualTo("revoked_api_key"));
        Assert.That((await Client.GenerateAsync(ended.AccessToken, apiKey: second.Key())).Code, Is.EqualTo("revoked_token"));
        Assert.That((await Client.RefreshAsync(ended.RefreshToken, second.Key())).Code, Is.EqualTo("revoked_refresh_token"));
        foreach (var token in new[] { ended.AccessToken, ended.RefreshToken })
            Assert.That((await Client.IntrospectAsync(token)).Body, Is.EqualTo("{\"active\":false}"));
        foreach (var session in new[] { goesOn, ofSecond })
        {
            Assert.That((await Client.GenerateAsync(session.AccessToken, apiKey: second.Key())).Status, Is.EqualTo(HttpStatusCode.OK));
            Assert.That((await Client.RefreshAsync(session.RefreshToken, second.Key())).Status, Is.EqualTo(HttpStatusCode.OK));
        }
        Assert.That((await Client.RevokeKeyAsync(first.KeyId())).Code, Is.EqualTo("not_found"));
        var key = await Client.KeyAsync(first.KeyId());
        Assert.That((key.Text("state"), key.GetProperty("live_sessions").GetInt32()), Is.EqualTo(("revoked", 0)));
    }

    [Test]
    public async Task Who_did_what_with_a_key_is_in_the_audit_log_and_the_key_itself_is_not()
    {
        var old = await Client.MakeKeyAsync("mobile");
        var next = await Client.RotateKeyAsync(old.KeyId());
        await Client.RevokeKeyAsync(old.KeyId());
        await Client.DisableClientAsync("mobile");
        await Client.EnableClientAsync("mobile");

        var events = await Client.GetAsync(Calls.AuditEvents, (await Client.LoginAsync()).AccessToken);

        var rows = events.Json.GetProperty("items").EnumerateArray().Reverse().Skip(1).ToList();
        Assert.That(rows.Select(row => row.Text("kind")), Is.EqualTo(new[]
        {
            "client_created", "api_key_created", "api_key_rotated", "api_key_revoked", "client_disabled", "client_enabled",
        }));
        Assert.That(rows.Select(row => row.GetProperty("evidence").Text("by")), Is.All.EqualTo("admin"));
        Assert.That(rows.Select(row => row.GetProperty("evidence").Text("client_id")), Is.All.EqualTo("mobile"));
        Assert.That(rows.Select(row => row.Text("client_id")), Is.All.EqualTo("default"), "the client that called");
        Assert.That(rows[1..4].Select(row => row.GetProperty("evidence").Text("key_id")), Is.All.EqualTo(old.KeyId()));
        Assert.That(events.Body, Does.Not.Contain(old.Key()).And.Not.Contain(next.Key()));
    }

    [Test]
    public async Task A_key_that_was_revoked_or_has_expired_is_so_after_a_restart_too()
    {
        var (good, revoked, expired) = (await service.MakeKeyAsync(), await service.MakeRevokedKeyAsync(), await service.MakeExpiredKeyAsync());
        await using var again = await BhivService.StartAsync(directory: Path.GetDirectoryName(service.DatabasePath), clock: service.Clock);

        Assert.That((await again.Client.LoginAsync(apiKey: good.Text)).Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await again.Client.LoginAsync(apiKey: revoked.Text)).Code, Is.EqualTo("revoked_api_key"));
        Assert.That((await again.Client.LoginAsync(apiKey: expired.Text)).Code, Is.EqualTo("expired_api_key"));
    }

    [Test]
    public async Task A_key_of_the_environment_can_be_revoked_and_stays_so()
    {
        var token = (await Client.LoginAsync()).AccessToken;
        var environment = (await Client.GetAsync(Calls.ApiKeys + "?client_id=default", token)).Json[0].Text("key_id")!;

        Assert.That((await Client.RevokeKeyAsync(environment)).Status, Is.EqualTo(HttpStatusCode.OK));

        Assert.That((await Client.LoginAsync()).Code, Is.EqualTo("revoked_api_key"));
        await using var again = await BhivService.StartAsync(directory: Path.GetDirectoryName(service.DatabasePath), clock: service.Clock);
        Assert.That((await again.Client.LoginAsync()).Code, Is.EqualTo("revoked_api_key"));
    }

    [Test]
    public async Task No_file_of_the_database_has_the_text_of_a_key_or_of_its_secret()
    {
        var made = await Client.MakeKeyAsync("mobile");
        var next = await Client.RotateKeyAsync(made.KeyId());
        await Client.LoginAsync(apiKey: next.Key());
        await Client.LoginAsync(apiKey: made.Key() + "x");
        await WriteUsesAsync(next.KeyId());
        await Client.RevokeKeyAsync(next.KeyId());

        var files = new[] { service.DatabasePath, service.DatabasePath + "-wal" }.ToDictionary(path => path, Read);

        Assert.That(FilesWith(made.KeyId()), Is.Not.Empty, "it is there that one looks");
        foreach (var secret in new[] { made, next }.Select(key => key.Key().Split('_')[2])) Assert.That(FilesWith(secret[..10]), Is.Empty);

        IEnumerable<string> FilesWith(string text) =>
            files.Where(file => file.Value.Contains(text, StringComparison.OrdinalIgnoreCase)).Select(file => file.Key);

        static string Read(string path)
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(file, System.Text.Encoding.Latin1);
            return reader.ReadToEnd();
        }
    }

    private async Task AssertLogsInAsync(string key, DateTimeOffset? rotateBy)
    {
        var login = await Client.LoginAsync(apiKey: key);
        Assert.That(login.Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(
            login.Response.Headers.TryGetValues("API-Key-Rotate-By", out var said) ? said.Single() : null,
            Is.EqualTo(rotateBy?.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture)));
    }

    /// <summary>They are written each ten seconds.</summary>
    private async Task WriteUsesAsync(string key)
    {
        service.Clock.Advance(TimeSpan.FromSeconds(10));
        await Eventually.IsTrueAsync(() =>
            service.Query($"SELECT last_used_at FROM api_keys WHERE key_id = '{key}'", row => !row.IsDBNull(0)).Single());
    }
}
