using System.Text.Json;
using Bhiv.Tests.Support;
using Microsoft.Data.Sqlite;

namespace Bhiv.Tests.Explaining;

/// <summary>The verb as a process, beside a service as another.</summary>
public sealed class ExplainVerbTests : DataDirectoryFixture
{
    private Dictionary<string, string> Development => new() { ["ASPNETCORE_ENVIRONMENT"] = "Development", ["BHIV_DATA"] = DataDirectory };

    [Test]
    public async Task It_reads_standard_input_and_leaves_the_database_as_it_is()
    {
        var login = await LoginAsync(service => service.Terminate());
        var before = Snapshot();
        foreach (var (text, verdict) in new[]
        {
            (login.AccessToken, "An access token: ok, nothing is wrong with it."),
            (login.RefreshToken, "A refresh token: ok, nothing is wrong with it."),
            (login.AccessToken[..^4] + "AAAA", "An access token: invalid_token."),
            (Calls.ApiKey, "An API key: ok, nothing is wrong with it."),
            ("4bf92f3577b34da6a3ce929d0e0e4736", "A trace id: nothing was kept of it."),
        })
        {
            var verb = await Verb.ReadAsync("\uFEFF" + text + "\r\n", Development, "explain", "-");

            Assert.That((verb.ExitCode, verb.Errors), Is.EqualTo((0, "")));
            Assert.That(verb.Output, Does.StartWith(verdict));
            Asking.AssertKeepsToken(verb.Output, text);
            Assert.That(Snapshot(), Is.EqualTo(before), verdict);
        }
    }

    [Test]
    public async Task It_leaves_every_row_as_it_is_where_the_log_of_a_server_that_was_killed_is_taken_in()
    {
        var login = await LoginAsync(service => service.Kill());
        var before = Rows();

        var verb = await Verb.ReadAsync(login.RefreshToken, Development, "explain", "-", "--json");

        Assert.That((verb.ExitCode, verb.Errors), Is.EqualTo((0, "")));
        Assert.That(JsonDocument.Parse(verb.Output).RootElement.GetProperty("checks").GetArrayLength(), Is.GreaterThan(10));
        Assert.That((before.Count, Rows()), Is.EqualTo((before.Count, before)));
        Assert.That(before, Has.Count.GreaterThan(3));
    }

    [TestCase("", 66, "Standard input is empty")]
    [TestCase(" \n", 66, "Standard input is empty")]
    [TestCase("a b", 64, "Standard input holds more than one thing")]
    [TestCase("\u0001\u0002", 64, "Standard input is no text")]
    [TestCase("{\"code\":", 64, "Standard input begins like JSON and is none")]
    [TestCase("expired_token", 0, "")]
    [TestCase("x.y.z", 78, "there is no database")]
    public async Task What_it_cannot_explain_it_says(string text, int exitCode, string error)
    {
        var verb = await Verb.ReadAsync(text, Development, "explain", "-");

        Assert.That(verb.ExitCode, Is.EqualTo(exitCode), verb.Errors);
        Assert.That(verb.Errors, Does.Contain(error).And.Not.Contain("   at "));
        Assert.That(Directory.GetFileSystemEntries(DataDirectory), Is.Empty);
    }

    [Test]
    public async Task It_takes_no_credential_as_an_argument()
    {
        var verb = await Verb.RunAsync(Development, "explain", "eyJhbGciOiJIUzI1NiJ9.e30.x");

        Assert.That((verb.ExitCode, verb.Output), Is.EqualTo((64, "")));
        Assert.That(verb.Errors, Does.Contain("reads standard input").And.Not.Contain("eyJ"));
    }

    [Test]
    public async Task What_is_longer_than_anything_is_refused_unread()
    {
        var verb = await Verb.ReadAsync(new string('x', 70_000), Development, "explain", "-");

        Assert.That((verb.ExitCode, verb.Output), Is.EqualTo((64, "")));
    }

    private async Task<Answer> LoginAsync(Action<ServiceProcess> end)
    {
        using var service = ServiceProcess.StartDevelopment(DataDirectory);
        using var client = new HttpClient { BaseAddress = await service.AddressAsync() };
        var login = await client.LoginAsync();
        end(service);
        await service.ExitCodeAsync();
        return login;
    }

    /// <summary>Every file but the two that SQLite makes anew whenever somebody reads.</summary>
    private Dictionary<string, string> Snapshot() => Directory.GetFiles(DataDirectory)
        .Where(file => !file.EndsWith("-shm", StringComparison.Ordinal) && !file.EndsWith("-wal", StringComparison.Ordinal))
        .ToDictionary(file => file, file => Convert.ToBase64String(File.ReadAllBytes(file)));

    /// <summary>Of a copy: who opens a database takes in what its log holds.</summary>
    private List<string> Rows()
    {
        using var copy = new TemporaryDirectory();
        foreach (var file in Directory.GetFiles(DataDirectory)) File.Copy(file, Path.Combine(copy.Path, Path.GetFileName(file)));
        using var connection = new SqliteConnection($"Data Source={Path.Combine(copy.Path, "bhiv.db")};Pooling=False");
        connection.Open();
        var tables = Read(connection, "SELECT name FROM sqlite_master WHERE type = 'table'");
        return [.. tables.SelectMany(table => Read(connection, $"SELECT * FROM \"{table}\"").Select(row => $"{table}: {row}"))];
    }

    private static List<string> Read(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
            rows.Add(string.Join(", ", Enumerable.Range(0, reader.FieldCount).Select(at => reader[at] is byte[] bytes ? Convert.ToHexString(bytes) : $"{reader[at]}")));
        return rows;
    }
}
