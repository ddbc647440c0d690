using System.Net;
using Bhiv.Domain.Accounts;
using Bhiv.Domain.Audit;
using Bhiv.Domain.SigningKeys;
using Bhiv.Infrastructure.Audit;
using Bhiv.Tests.Support;

namespace Bhiv.Tests.Audit;

public sealed class FailedLoginTests
{
    private BhivService service = null!;

    [SetUp]
    public async Task StartAsync() => service = await BhivService.StartAsync();

    [TearDown]
    public async Task StopAsync() => await service.DisposeAsync();

    [Test]
    public async Task A_refused_password_has_its_row_when_it_is_answered()
    {
        var answer = await service.Client.LoginAsync(password: "wrong");

        Assert.That(answer.Code, Is.EqualTo("invalid_credentials"));
        var row = service.Query(
            """
            SELECT f.username, f.username_hash, f.client_id, f.address, f.reason, f.trace_id, f.at, a.name
            FROM failed_logins f JOIN accounts a USING (account_id)
            """,
            it => (Username: it.GetString(0), HashIsNull: it.IsDBNull(1), Client: it.GetString(2), Address: it.GetString(3),
                Reason: it.GetString(4), Trace: it.GetString(5), At: it.GetInt64(6), Account: it.GetString(7))).Single();
        Assert.That(row, Is.EqualTo((
            "admin", true, "default", "127.0.0.1", "wrong_password", answer.Json.GetProperty("trace_id").GetString(),
            (service.Clock.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / 10, "admin")));
    }

    [Test]
    public async Task A_name_that_nobody_has_is_kept_as_two_characters_and_a_keyed_hash()
    {
        await service.Client.LoginAsync("hunter2-typed-in-the-wrong-field", "x");
        await service.Client.LoginAsync("HUNTER2-typed-in-the-wrong-field", "y");
        await service.Client.LoginAsync("hunter3", "z");

        var rows = service.Query(
            "SELECT username, username_hash, reason, account_id FROM failed_logins ORDER BY rowid",
            it => (Username: it.GetString(0), Hash: it.GetString(1), Reason: it.GetString(2), NoAccount: it.IsDBNull(3)));
        Assert.That(rows.Select(row => row.Username), Is.EqualTo(new[] { "hu…", "HU…", "hu…" }));
        Assert.That(rows.Select(row => row.Reason), Is.All.EqualTo("unknown_account"));
        Assert.That(rows.Select(row => row.NoAccount), Is.All.True);
        Assert.That(rows[1].Hash, Is.EqualTo(rows[0].Hash));
        Assert.That(rows[2].Hash, Is.Not.EqualTo(rows[0].Hash));
    }

    [Test]
    public async Task A_login_that_succeeds_leaves_no_row()
    {
        Assert.That((await service.Client.LoginAsync()).Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(service.Count("failed_logins"), Is.Zero);
    }

    [Test]
    public async Task Unknown_wrong_and_disabled_are_one_answer_but_for_the_trace_id()
    {
        var unknown = await service.Client.LoginAsync("nobody");
        var wrong = await service.Client.LoginAsync(password: "wrong");
        service.Execute("UPDATE accounts SET disabled_at = 1");
        var disabled = await service.Client.LoginAsync();

        Assert.That(new[] { Comparable(wrong), Comparable(disabled) }, Is.All.EqualTo(Comparable(unknown)));
        Assert.That(service.Count("failed_logins"), Is.EqualTo(3));
    }

    [TestCase(-1, 1)]
    [TestCase(0, 0)]
    public async Task A_row_is_kept_for_90_days(int microseconds, int rows)
    {
        await service.Client.LoginAsync(password: "wrong");
        service.Clock.Advance(TimeSpan.FromDays(90) + TimeSpan.FromMicroseconds(microseconds));

        await service.PurgedAsync<FailedLoginPurge>();

        Assert.That(service.Count("failed_logins"), Is.EqualTo(rows));
    }

    [Test]
    public void The_hash_of_an_unknown_name_depends_on_the_key()
    {
        var name = AccountName.Of("nobody");

        Assert.That(
            UnknownName.Of(name, new SigningKey("one")).Hash, Is.Not.EqualTo(UnknownName.Of(name, new SigningKey("two")).Hash));
    }

    private static string Comparable(Answer answer) =>
        answer.Status + answer.Body.Replace(answer.Json.GetProperty("trace_id").GetString()!, "", StringComparison.Ordinal)
        + string.Join('\n', answer.Response.Headers.Where(header => header.Key != "Date")
            .Select(header => header.Key + string.Join(',', header.Value)));
}
