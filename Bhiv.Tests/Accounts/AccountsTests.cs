using System.Net;
using System.Text.Json;
using Bhiv.Tests.ApiKeys;
using Bhiv.Tests.Support;

namespace Bhiv.Tests.Accounts;

/// <summary>People are let in, shown and listed.</summary>
public sealed class AccountsTests : AccountsFixture
{
    [Test]
    public async Task A_new_account_is_a_member_with_a_one_time_password_that_is_shown_once()
    {
        var made = await Client.MakeAccountAsync(Token, "Alice");

        Assert.That(made.Status, Is.EqualTo(HttpStatusCode.Created));
        Assert.That(made.OneTimePassword(), Does.Match("^([0-9a-hjkmnp-tv-z]{5}-){3}[0-9a-hjkmnp-tv-z]{5}$"));
        Assert.That(made.Response.Headers.CacheControl!.NoStore, Is.True);
        Assert.That(made.ETag(), Is.EqualTo("\"0\""));
        var shown = await Client.GetAsync(Calls.Account.At(made.AccountId()), Token);
        Assert.That(shown.Body, Is.EqualTo(made.Json.GetProperty("account").GetRawText()));
        Assert.That(shown.ETag(), Is.EqualTo(made.ETag()));
        Assert.That((shown.Json.Text("username"), shown.Json.GetProperty("roles").GetRawText()), Is.EqualTo(("Alice", "[\"member\"]")));
        Assert.That(shown.Json.GetProperty("one_time_password_until").GetDateTimeOffset(), Is.EqualTo(Service.Clock.GetUtcNow().AddDays(1)));
        Assert.That(await EventsAsync("account_created"), Is.EqualTo(new[] { (made.AccountId(), "admin", "Alice", "member") }));
        Assert.That(
            Service.Query("SELECT address, client_id, trace_id IS NOT NULL, evidence FROM audit_events WHERE kind = 'account_created'",
                row => (row.GetString(0), row.GetString(1), row.GetBoolean(2), row.GetString(3).Contains(Administrator(), StringComparison.Ordinal))),
            Is.EqualTo(new[] { ("127.0.0.1", "default", true, true) }), "from where, and by whom");
    }

    [TestCase("ALICE")]
    [TestCase("Ａlice", false)]
    [TestCase("alice")]
    public async Task A_name_is_taken_however_it_is_written(string again, bool isTaken = true)
    {
        await Client.MakeAccountAsync(Token, "Alice");

        var second = await Client.MakeAccountAsync(Token, again);

        Assert.That(second.Status, Is.EqualTo(isTaken ? HttpStatusCode.Conflict : HttpStatusCode.Created));
    }

    [Test]
    public async Task One_name_in_two_normal_forms_is_one_and_is_kept_composed()
    {
        var made = await Client.MakeAccountAsync(Token, "Zoe\u0308");

        Assert.That(made.Json.GetProperty("account").Text("username"), Is.EqualTo("Zo\u00eb"));
        Assert.That((await Client.MakeAccountAsync(Token, "ZO\u00cb")).Code, Is.EqualTo("conflict"));
    }

    [TestCase("a\0b")]
    [TestCase("a\u202eb", Description = "turns what follows")]
    [TestCase("a\u2066b")]
    [TestCase("a\u200eb")]
    [TestCase("a\u200bb", Description = "is not to be seen")]
    [TestCase("a\ufeffb")]
    [TestCase("admin\u200d")]
    [TestCase("\u200cadmin")]
    [TestCase("ad\u034fmin")]
    [TestCase("admin\ufe0f")]
    [TestCase("admin\U000E0101")]
    [TestCase("admin\u17b4")]
    [TestCase("a\u00a0b", Description = "another space")]
    [TestCase("\u3164")]
    [TestCase("\u115f")]
    [TestCase("\u2800")]
    [TestCase("a\u2028b")]
    [TestCase("   ")]
    [TestCase("\u3000")]
    [TestCase(" alice")]
    [TestCase("alice\u00a0")]
    [TestCase("")]
    [TestCase(null)]
    public async Task What_is_no_name_makes_no_account(string? name)
    {
        var refused = await Client.PostAsync(Calls.Accounts, new { username = name }, accessToken: Token);

        Assert.That((refused.Status, refused.Code), Is.EqualTo((HttpStatusCode.BadRequest, "validation_failed")));
        Assert.That(refused.Json.GetProperty("errors").EnumerateObject().Single().Name, Is.EqualTo("username"));
        Assert.That(Service.Count("accounts"), Is.EqualTo(1));
    }

    [Test]
    public async Task Ten_thousand_characters_are_no_name_and_sixty_four_are()
    {
        Assert.That((await Client.MakeAccountAsync(Token, new string('x', 10_000))).Code, Is.EqualTo("validation_failed"));
        Assert.That((await Client.MakeAccountAsync(Token, string.Concat(Enumerable.Repeat("😀", 65)))).Code, Is.EqualTo("validation_failed"));
        Assert.That((await Client.MakeAccountAsync(Token, string.Concat(Enumerable.Repeat("😀", 64)))).Status, Is.EqualTo(HttpStatusCode.Created));
        Assert.That((await Client.MakeAccountAsync(Token, string.Concat(Enumerable.Repeat("\u0958", 33)))).Code, Is.EqualTo("validation_failed"), "66 in normal form");
        var composed = await Client.MakeAccountAsync(Token, string.Concat(Enumerable.Repeat("e\u0301", 64)));
        Assert.That(composed.Json.GetProperty("account").Text("username"), Is.EqualTo(new string('é', 64)), "128 before it");
    }

    [TestCase("[\"root\"]")]
    [TestCase("[]")]
    [TestCase("[null]")]
    [TestCase("[\"admin\",\"admin\",\"admin\"]")]
    public async Task A_role_that_does_not_exist_is_given_to_nobody(string roles)
    {
        var made = await Client.MakeAccountAsync(Token, "alice");
        var wanted = JsonSerializer.Deserialize<string[]>(roles)!;

        foreach (var refused in new[]
        {
            await Client.MakeAccountAsync(Token, "bob", wanted is [] ? ["root"] : wanted),
            await Client.SetRolesAsync(Token, made.AccountId(), wanted),
        })
            Assert.That((refused.Status, refused.Code), Is.EqualTo((HttpStatusCode.BadRequest, "validation_failed")));
        Assert.That((await ShowAsync(made)).GetProperty("roles").GetRawText(), Is.EqualTo("[\"member\"]"));
    }

    [Test]
    public async Task The_list_is_by_name_in_pages_and_by_what_names_begin_with()
    {
        foreach (var name in new[] { "bob", "Alice", "al", "ALBERT", "al%", "éa", "zed", "mary ann", "m\ufffd" }) await Client.MakeAccountAsync(Token, name);

        Assert.That(await ListAsync(""), Is.EqualTo(new[] { "admin", "al", "al%", "ALBERT", "Alice", "bob", "mary ann", "m\ufffd", "zed", "éa" }));
        Assert.That(await ListAsync("?search=mary%20"), Is.EqualTo(new[] { "mary ann" }));
        Assert.That(await PagesAsync("?limit=1"), Has.Count.EqualTo(10));
        Assert.That(await ListAsync("?search=AL"), Is.EqualTo(new[] { "al", "al%", "ALBERT", "Alice" }));
        Assert.That(await ListAsync("?search=al%25"), Is.EqualTo(new[] { "al%" }));
        Assert.That(await ListAsync("?search=E%CC%81"), Is.EqualTo(new[] { "éa" }), "in another normal form");
        Assert.That(await ListAsync("?search=nobody"), Is.Empty);
        for (var limit = 1; limit <= 4; limit++) Assert.That(await PagesAsync($"?search=al&limit={limit}"), Is.EqualTo(new[] { "al", "al%", "ALBERT", "Alice" }));
    }

    [Test]
    public async Task A_cursor_of_another_search_leads_out_of_none()
    {
        foreach (var name in new[] { "alice", "bob", "mia" }) await Client.MakeAccountAsync(Token, name);
        var cursor = (await Client.GetAsync(Calls.Accounts + "?search=al&limit=1", Token)).Json.Text("next_cursor");

        Assert.That(await ListAsync("?search=m&cursor=" + cursor), Is.EqualTo(new[] { "mia" }));
    }

    [TestCase("?limit=0", "limit")]
    [TestCase("?limit=1001", "limit")]
    [TestCase("?cursor=%25", "cursor")]
    [TestCase("?cursor=gA", "cursor")]
    [TestCase("?searhc=a", "searhc")]
    [TestCase("?search=%00", "search")]
    public async Task A_list_that_cannot_be_is_refused_by_name(string query, string field)
    {
        var refused = await Client.GetAsync(Calls.Accounts + query, Token);

        Assert.That((refused.Status, refused.Code), Is.EqualTo((HttpStatusCode.BadRequest, "validation_failed")));
        Assert.That(refused.Json.GetProperty("errors").EnumerateObject().Single().Name, Is.EqualTo(field));
    }

    [TestCase("nobody")]
    [TestCase("{id}")]
    [TestCase("ID", Description = "in capitals")]
    [TestCase("id ")]
    [TestCase("01993f1c-7d2a-7c31-9b0e-3f6a52c8d417")]
    public async Task An_account_that_there_is_not_is_not_found(string id)
    {
        var other = (await MakeAsync("alice")).Id;
        id = Uri.EscapeDataString(id.Replace("id", other, StringComparison.Ordinal).Replace("ID", other.ToUpperInvariant(), StringComparison.Ordinal));
        foreach (var answer in new[]
        {
            await Client.GetAsync(Calls.Account.At(id), Token), await Client.DisableAccountAsync(Token, id), await Client.EnableAccountAsync(Token, id),
            await Client.SetRolesAsync(Token, id, ["member"]), await Client.ResetPasswordAsync(Token, id), await Client.DeleteAccountAsync(Token, id),
            await Client.GetAsync(Calls.AccountSessions.At(id), Token),
        })
            Assert.That((answer.Status, answer.Code), Is.EqualTo((HttpStatusCode.NotFound, "not_found")));
    }

    [Test]
    public async Task Who_is_no_administrator_may_none_of_it_and_that_he_tried_is_remembered()
    {
        var (id, password) = await MakeAsync("alice");
        var alice = (await Client.LoginAsync("alice", password)).AccessToken;

        for (var time = 0; time < 3; time++)
        {
            foreach (var refused in new[] { await Client.GetAsync(Calls.Accounts, alice), await Client.DeleteAccountAsync(alice, id) })
                Assert.That((refused.Status, refused.Code), Is.EqualTo((HttpStatusCode.Forbidden, "forbidden")));
        }

        var events = (await Client.GetAsync(Calls.AuditEvents + "?kind=access_forbidden", Token)).Json.GetProperty("items").EnumerateArray().ToList();
        Assert.That(events.Select(it => it.GetProperty("evidence").Text("call")), Is.EqualTo(new[] { "DELETE /api/v1/accounts/{id}", "GET /api/v1/accounts" }));
        Assert.That(events.Select(it => (it.Text("account_id"), it.Text("address"))), Is.All.EqualTo((id, "127.0.0.1")));
        var (bob, other) = await MakeAsync("bob");
        await Client.GetAsync(Calls.Accounts, (await Client.LoginAsync("bob", other)).AccessToken);
        Assert.That(Forbidden(bob), Is.EqualTo(1), "another account's is another");
        Service.Clock.Advance(TimeSpan.FromHours(1));
        await Client.GetAsync(Calls.Accounts, (await Client.LoginAsync("alice", password)).AccessToken);
        Assert.That(Forbidden(id), Is.EqualTo(3), "an hour later anew");

        long Forbidden(string account) => Service.Query(
            $"SELECT count(*) FROM audit_events WHERE kind = 'access_forbidden' AND account_id = '{account}'", row => row.GetInt64(0)).Single();
    }

    [Test]
    public async Task What_was_recorded_of_an_account_is_found_by_its_id_when_it_is_gone()
    {
        var (id, password) = await MakeAsync("alice");
        await Client.LoginAsync("alice", "wrong " + password);
        await Client.DeleteAccountAsync(Token, id);

        var kinds = (await Client.GetAsync($"{Calls.AuditEvents}?account_id={id}", Token)).Json.GetProperty("items").EnumerateArray().Select(it => it.Text("kind")).ToList();

        Assert.That(kinds, Is.EqualTo(new[] { "account_deleted", "account_sessions_revoked", "password_changed", "account_created" }));
        Assert.That((await Client.GetAsync($"{Calls.FailedLogins}?account_id={id}", Token)).Json.GetProperty("items").GetArrayLength(), Is.EqualTo(1));
        Assert.That((await Client.GetAsync($"{Calls.FailedLogins}?account_id=x", Token)).Code, Is.EqualTo("validation_failed"));
    }

    private async Task<JsonElement> ShowAsync(Answer answer) => (await Client.GetAsync(Calls.Account.At(answer.AccountId()), Token)).Json;

    private async Task<List<string?>> ListAsync(string query) =>
        [.. (await Client.GetAsync(Calls.Accounts + query, Token)).Json.GetProperty("items").EnumerateArray().Select(account => account.Text("username"))];

    private async Task<List<string?>> PagesAsync(string query)
    {
        var names = new List<string?>();
        for (string? cursor = ""; cursor is not null;)
        {
            var page = (await Client.GetAsync(Calls.Accounts + query + (cursor.Length > 0 ? "&cursor=" + cursor : ""), Token)).Json;
            names.AddRange(page.GetProperty("items").EnumerateArray().Select(account => account.Text("username")));
            cursor = page.Text("next_cursor");
        }
        return names;
    }
}
