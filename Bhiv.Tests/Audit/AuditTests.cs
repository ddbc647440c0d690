using System.Net;
using System.Text.Json;
using Bhiv.Tests.Support;

namespace Bhiv.Tests.Audit;

/// <summary>What an administrator reads of failed logins and of audit events.</summary>
public sealed class AuditTests
{
    private BhivService service = null!;
    private string token = null!;

    private HttpClient Client => service.Client;

    [SetUp]
    public async Task StartAsync()
    {
        service = await BhivService.StartAsync();
        token = (await Client.LoginAsync()).AccessToken;
        // That of the first start.
        service.Execute("DELETE FROM audit_events");
    }

    [TearDown]
    public async Task StopAsync() => await service.DisposeAsync();

    [Test]
    public async Task A_failed_login_is_told_with_all_that_is_known_of_it()
    {
        var refused = await Client.LoginAsync(password: "wrong");

        var row = (await ItemsAsync(Calls.FailedLogins)).Single();

        Assert.That(row.GetProperty("failed_login_id").GetString(), Has.Length.EqualTo(36));
        Assert.That(row.GetProperty("at").GetDateTimeOffset(), Is.EqualTo(service.Clock.GetUtcNow()));
        Assert.That(row.GetProperty("count").GetInt64(), Is.EqualTo(1));
        Assert.That(row.GetProperty("reason").GetString(), Is.EqualTo("wrong_password"));
        Assert.That(row.GetProperty("username").GetString(), Is.EqualTo("admin"));
        Assert.That(row.GetProperty("account_id").GetString(), Is.EqualTo(HandMadeJwt.Payload(token).GetProperty("sub").GetString()));
        Assert.That(row.GetProperty("client_id").GetString(), Is.EqualTo("default"));
        Assert.That(row.GetProperty("address").GetString(), Is.EqualTo("127.0.0.1"));
        Assert.That(row.GetProperty("trace_id").GetString(), Is.EqualTo(refused.Json.GetProperty("trace_id").GetString()));
    }

    [Test]
    public async Task A_reuse_is_told_with_its_evidence()
    {
        var login = await Client.LoginAsync();
        await Client.RefreshAsync(login.RefreshToken);
        service.Clock.Advance(TimeSpan.FromSeconds(30));
        await Client.RefreshAsync(login.RefreshToken);

        var told = (await ItemsAsync(Calls.AuditEvents)).Single();

        Assert.That(told.GetProperty("kind").GetString(), Is.EqualTo("refresh_token_reused"));
        Assert.That(told.GetProperty("session_id").GetString(), Is.EqualTo(HandMadeJwt.Payload(login.AccessToken).GetProperty("sid").GetString()));
        Assert.That(told.GetProperty("evidence").GetProperty("seconds_since_rotation").GetString(), Is.EqualTo("30.000000"));
    }

    [TestCase("username=admin", 3)]
    [TestCase("username=ADMIN", 3, TestName = "A name is found however it is folded")]
    [TestCase("username=Nobody", 2, TestName = "A name that nobody has is found by its hash")]
    [TestCase("username=nothing", 0)]
    [TestCase("reason=wrong_password", 2)]
    [TestCase("reason=unknown_account", 2)]
    [TestCase("reason=invalid_refresh_token", 0)]
    [TestCase("address=127.0.0.1", 6)]
    [TestCase("address=::ffff:127.0.0.1", 6)]
    [TestCase("address=192.0.2.1", 0)]
    [TestCase("client_id=default", 5)]
    [TestCase("client_id=other", 0)]
    [TestCase("from=2026-03-01T12:00:00Z", 6)]
    [TestCase("from=2026-03-01T12:00:01Z", 3)]
    [TestCase("until=2026-03-01T12:00:01Z", 3)]
    [TestCase("from=2026-03-01T13:00:01%2B01:00&until=2026-03-01T13:00:01.000001+01:00", 3)]
    [TestCase("from=2026-03-02", 0)]
    [TestCase("username=admin&reason=revoked_token", 1)]
    [TestCase("limit=2", 2)]
    public async Task Rows_are_those_that_meet_every_filter(string query, int expected)
    {
        var ended = (await Client.LoginAsync()).AccessToken;
        await Client.LogoutAsync(ended);
        await Client.LoginAsync(password: "wrong");
        await Client.LoginAsync("nobody");
        await Client.LoginAsync(apiKey: "another-key");
        service.Clock.Advance(TimeSpan.FromSeconds(1));
        await Client.LoginAsync(password: "wrong");
        await Client.LoginAsync("nobody");
        await Client.GenerateAsync(ended);
        service.Clock.Advance(TimeSpan.FromSeconds(1));
        await Eventually.IsTrueAsync(() => service.Count("failed_logins") == 6);

        Assert.That(await ItemsAsync($"{Calls.FailedLogins}?{query}"), Has.Count.EqualTo(expected));
    }

    [TestCase("username=Admin", 3)]
    [TestCase("username=nobody", 0)]
    [TestCase("kind=session_revoked", 2)]
    [TestCase("kind=account_sessions_revoked", 1)]
    [TestCase("reason=logout", 3)]
    [TestCase("reason=reuse", 0)]
    [TestCase("client_id=default&address=127.0.0.1", 3)]
    [TestCase("until=2026-03-01", 0)]
    [TestCase("limit=1", 1)]
    [TestCase("session_id=01900000-0000-7000-8000-000000000001", 0)]
    [TestCase("session_id=ENDED", 1)]
    [TestCase("from=2026-03-01T12:00:00Z&address=192.0.2.1", 0)]
    [TestCase("from=2026-03-01T12:00:00.0000001Z", 0)]
    [TestCase("until=2026-03-01T12:00:00.0000001Z", 3)]
    public async Task Events_are_those_that_meet_every_filter(string query, int expected)
    {
        var ended = "";
        foreach (var scope in new[] { null, null, "others" })
        {
            var login = (await Client.LoginAsync()).AccessToken;
            if (scope is null) ended = HandMadeJwt.Payload(login).GetProperty("sid").GetString()!;
            await Client.LogoutAsync(login, scope);
        }
        // That ended the first one too.
        token = (await Client.LoginAsync()).AccessToken;

        Assert.That(await ItemsAsync($"{Calls.AuditEvents}?{query.Replace("ENDED", ended, StringComparison.Ordinal)}"), Has.Count.EqualTo(expected));
    }

    [TestCase(Calls.FailedLogins, "")]
    [TestCase(Calls.FailedLogins, "&until=2026-03-02")]
    [TestCase(Calls.AuditEvents, "")]
    [TestCase(Calls.AuditEvents, "&until=2026-03-02")]
    public async Task Pages_show_each_row_once_whatever_comes_in_between(string path, string filter)
    {
        Fill(path, rows: 100);
        var before = (await ItemsAsync($"{path}?limit=1000")).Select(Id).ToList();
        Assert.That(before, Has.Count.EqualTo(100).And.Unique);

        var seen = new List<string>();
        string? cursor = null;
        do
        {
            var page = (await Client.GetAsync($"{path}?limit=7{filter}{(cursor is null ? "" : "&cursor=" + cursor)}", token)).Json;
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(Id));
            cursor = page.GetProperty("next_cursor").GetString();
            Fill(path, rows: 3);
            Assert.That(seen, Has.Count.LessThanOrEqualTo(before.Count), "it comes to an end");
        }
        while (cursor is not null);

        Assert.That(seen, Is.EqualTo(before));

        string Id(JsonElement row) => row.GetProperty(path == Calls.AuditEvents ? "sequence" : "failed_login_id").ToString();
    }

    [TestCase(Calls.FailedLogins)]
    [TestCase(Calls.AuditEvents)]
    public async Task A_stream_has_all_the_rows_of_the_pages_in_their_order(string path)
    {
        Fill(path, rows: 2_500);
        var paged = new List<string>();
        for (var cursor = ""; cursor is not null;)
        {
            var page = (await Client.GetAsync($"{path}?limit=999{cursor}", token)).Json;
            paged.AddRange(page.GetProperty("items").EnumerateArray().Select(row => row.GetRawText()));
            cursor = page.GetProperty("next_cursor").GetString() is { } next ? "&cursor=" + next : null;
        }

        var lines = await Client.GetAsync(path + "?format=ndjson", token);
        var some = await Client.GetAsync(path + "?format=ndjson&limit=1500", token);
        var cells = await Client.GetAsync(path + "?format=csv", token);

        Assert.That(lines.Response.Content.Headers.ContentType!.ToString(), Is.EqualTo("application/x-ndjson"));
        Assert.That(lines.Body.Split('\n', StringSplitOptions.RemoveEmptyEntries), Is.EqualTo(paged));
        Assert.That(some.Body.Split('\n', StringSplitOptions.RemoveEmptyEntries), Is.EqualTo(paged.Take(1500)));
        Assert.That(cells.Response.Content.Headers.ContentType!.ToString(), Is.EqualTo("text/csv"));
        var rows = cells.Body.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.That(rows[0].Split(','), Is.EqualTo(JsonDocument.Parse(paged[0]).RootElement.EnumerateObject().Select(cell => cell.Name)));
        Assert.That(
            rows.Skip(1).Select(row => row.Split(',')[0]),
            Is.EqualTo(paged.Select(row => JsonDocument.Parse(row).RootElement.EnumerateObject().First().Value.ToString())));
    }

    [TestCase("ndjson", "")]
    [TestCase("csv", "failed_login_id,at,count,reason,username,username_hash,account_id,client_id,address,user_agent,trace_id\r\n")]
    [TestCase("json", """{"items":[],"next_cursor":null}""")]
    public async Task Nothing_is_told_in_each_format(string format, string expected)
    {
        var answer = await Client.GetAsync($"{Calls.FailedLogins}?format={format}", token);

        Assert.That((answer.Status, answer.Body), Is.EqualTo((HttpStatusCode.OK, expected)));
    }

    [TestCase("=cmd|' /C calc'!A0")]
    [TestCase("+1+1")]
    [TestCase("-1+1")]
    [TestCase("@SUM(1)")]
    public async Task A_cell_that_a_spreadsheet_would_run_begins_with_an_apostrophe(string agent)
    {
        Fill(Calls.FailedLogins, rows: 1);
        service.Execute($"UPDATE failed_logins SET user_agent = '{agent.Replace("'", "''", StringComparison.Ordinal)}', username = '=1+1\",\r\n\"x'");

        var row = (await Client.GetAsync(Calls.FailedLogins + "?format=csv", token)).Body.Split("\r\n", 2)[1];

        Assert.That(row, Does.Contain($",\"'{agent}\",").And.Contains(",\"'=1+1\"\",\r\n\"\"x\","));
    }

    [TestCase("x;=1+1;y", "x;'=1+1;y")]
    [TestCase("x\t@SUM(1)", "x\t'@SUM(1)")]
    [TestCase("(compatible; +1)", "(compatible;' +1)")]
    [TestCase("x;\"-1", "x;'\"\"-1")]
    [TestCase("(X11; Linux x86_64) a=b", "(X11; Linux x86_64) a=b")]
    public async Task Nor_is_there_one_for_a_spreadsheet_that_splits_at_another_character(string agent, string expected)
    {
        Fill(Calls.FailedLogins, rows: 1);
        service.Execute($"UPDATE failed_logins SET user_agent = '{agent}'");

        Assert.That((await Client.GetAsync(Calls.FailedLogins + "?format=csv", token)).Body, Does.Contain(expected));
    }

    [Test]
    public async Task The_summary_counts_each_hour_and_names_the_worst_of_it()
    {
        var now = service.Clock.GetUtcNow();
        for (var address = 1; address <= 12; address++) Fill(Calls.FailedLogins, rows: address, address: $"192.0.2.{address}");
        service.Clock.Advance(TimeSpan.FromHours(2));
        token = (await Client.LoginAsync()).AccessToken;
        await Client.LoginAsync(password: "wrong");
        await Client.LoginAsync(password: "wrong");
        await Client.LoginAsync("nobody");

        var hours = (await Client.GetAsync(Calls.FailedLoginsByHour + "?from=2026-03-01T12:30:00Z&until=2026-03-01T14:00:01Z", token))
            .Json.EnumerateArray().ToList();

        Assert.That(hours.Select(hour => hour.GetProperty("hour").GetDateTimeOffset()), Is.EqualTo(new[] { now.AddHours(2), now }));
        Assert.That(hours[0].GetProperty("count").GetInt64(), Is.EqualTo(3));
        Assert.That(hours[0].GetProperty("reasons").GetRawText(), Is.EqualTo(
            """[{"reason":"wrong_password","count":2},{"reason":"unknown_account","count":1}]"""));
        Assert.That(hours[0].GetProperty("addresses").GetRawText(), Is.EqualTo("""[{"address":"127.0.0.1","count":3}]"""));
        var account = hours[0].GetProperty("accounts").EnumerateArray().Single();
        Assert.That((account.GetProperty("username").GetString(), account.GetProperty("count").GetInt64()), Is.EqualTo(("admin", 2L)));
        // Each row of the filling counts for two.
        Assert.That(hours[1].GetProperty("count").GetInt64(), Is.EqualTo(156));
        Assert.That(
            hours[1].GetProperty("addresses").EnumerateArray().Select(it => (it.GetProperty("address").GetString(), it.GetProperty("count").GetInt64())),
            Is.EqualTo(Enumerable.Range(0, 10).Select(at => ($"192.0.2.{12 - at}", 2L * (12 - at)))));
        Assert.That(hours[1].GetProperty("accounts").GetArrayLength(), Is.Zero);
    }

    [Test]
    public async Task What_only_a_newer_build_knows_is_listed_as_other()
    {
        Fill(Calls.FailedLogins, rows: 1);
        Fill(Calls.AuditEvents, rows: 1);
        service.Execute("UPDATE failed_logins SET reason = 'of_a_newer_build'");
        service.Execute("UPDATE audit_events SET kind = 'of_a_newer_build', reason = 'of_a_newer_build'");

        var failure = (await ItemsAsync(Calls.FailedLogins)).Single();
        var told = (await ItemsAsync(Calls.AuditEvents)).Single();
        var hours = await Client.GetAsync(Calls.FailedLoginsByHour + "?from=2026-03-01&until=2026-03-02", token);

        Assert.That(failure.GetProperty("reason").GetString(), Is.EqualTo("other"));
        Assert.That(told.GetProperty("kind").GetString(), Is.EqualTo("other"));
        Assert.That(told.GetProperty("reason").GetString(), Is.EqualTo("other"));
        Assert.That(hours.Body, Does.Contain("""[{"reason":"other","count":2}]"""));
    }

    [Test]
    public async Task The_role_counts_as_it_stands_in_the_row_and_a_refusal_is_in_the_log()
    {
        service.Execute("UPDATE accounts SET roles = '[]'");
        var refused = await Client.GetAsync(Calls.FailedLogins, token);
        service.Execute("""UPDATE accounts SET roles = '["admin"]'""");
        var admitted = await Client.GetAsync(Calls.FailedLogins, token);
        service.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.That((refused.Status, refused.Code), Is.EqualTo((HttpStatusCode.Forbidden, "forbidden")));
        Assert.That(refused.Json.GetProperty("refusals")[0].GetProperty("credential").GetString(), Is.EqualTo("access_token"));
        Assert.That(admitted.Status, Is.EqualTo(HttpStatusCode.OK));
        await Eventually.IsTrueAsync(() => service.Count("failed_logins") == 1);
        Assert.That((await ItemsAsync(Calls.FailedLogins + "?username=admin")).Single().GetProperty("reason").GetString(), Is.EqualTo("forbidden"));
    }

    [TestCase("UPDATE accounts SET disabled_at = 1")]
    [TestCase("UPDATE accounts SET epoch = epoch + 1")]
    [TestCase("UPDATE refresh_tokens SET revoked_at = 1, revoked_reason = 'logout'")]
    public async Task A_session_that_another_process_has_just_ended_reads_nothing(string sql)
    {
        service.Execute(sql);

        Assert.That((await Client.GetAsync(Calls.FailedLogins, token)).Code, Is.EqualTo("revoked_token"));
    }

    private async Task<List<JsonElement>> ItemsAsync(string path)
    {
        var answer = await Client.GetAsync(path, token);
        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.OK), answer.Body);
        return [.. answer.Json.GetProperty("items").EnumerateArray()];
    }

    /// <summary>Rows of the present instant, so that nothing but their ids tells them apart.</summary>
    private void Fill(string path, int rows, string address = "192.0.2.1")
    {
        var now = service.Clock.GetUtcNow().ToUnixTimeMilliseconds() * 1000;
        var numbers = $"WITH RECURSIVE number(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < {rows})";
        service.Execute(path == Calls.AuditEvents
            ? $$"""
                {{numbers}} INSERT INTO audit_events (at, kind, session_id, client_id, reason, evidence)
                SELECT {{now}}, 'session_revoked', '01900000-0000-7000-8000-000000000002', 'default', 'logout', '{}' FROM number
                """
            : $"""
                {numbers} INSERT INTO failed_logins (failed_login_id, at, count, client_id, address, reason)
                SELECT printf('%08x-0000-7000-8000-%04x%08x', {service.Count("failed_logins")}, n, abs(random() % 4294967296)), {now}, 2, 'default', '{address}',
                    'invalid_token' FROM number
                """);
    }
}
