using System.Runtime.Versioning;
using Bhiv.Infrastructure.Database;
using Bhiv.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Bhiv.Tests.CommandLine;

/// <summary>What a verb does with a database that it may not work on: it says so, and leaves it as it is.</summary>
[TestFixture("sessions revoke --all")]
[TestFixture("migrate")]
public sealed class VerbDatabaseTests(string verb) : DataDirectoryFixture
{
    private const int Refused = 78;
    private const int TryAgain = 75;

    private string Database => Path.Combine(DataDirectory, "bhiv.db");

    [Test]
    public async Task Where_there_is_none_none_is_made()
    {
        await AssertEndsAsync(Refused, $"there is no database {Database}.");
        await AssertEndsAsync(Refused, "there is no database /proc/nowhere/bhiv.db.", "/proc/nowhere");
        await File.WriteAllTextAsync(Path.Combine(DataDirectory, "file"), "");
        await AssertEndsAsync(Refused, "there is no database", Path.Combine(DataDirectory, "file"));
        Assert.That(Directory.GetFiles(DataDirectory).Select(Path.GetFileName), Is.EqualTo(new[] { "file" }));
    }

    [TestCase("")]
    [TestCase("CREATE TABLE notes (text TEXT); INSERT INTO notes VALUES ('mine')")]
    public async Task One_of_another_program_is_left_alone(string sql)
    {
        Execute(sql);
        if (sql.Length == 0) await File.WriteAllBytesAsync(Database, []);

        await AssertEndsAsync(Refused, $"{Database} is no database of this service.");
    }

    [Test]
    public async Task A_file_that_is_no_database_is_left_alone()
    {
        await File.WriteAllTextAsync(Database, new string('x', 5000));

        await AssertEndsAsync(Refused, $"{Database} cannot be used");
    }

    [Test]
    public async Task One_of_a_newer_build_is_left_alone()
    {
        await MakeAsync();
        Execute("INSERT INTO __EFMigrationsHistory VALUES ('99990101000000_Later', '99.0.0')");

        await AssertEndsAsync(Refused, "was written by a newer build (99990101000000_Later). Run that build, or restore a backup.");
    }

    [Test]
    public async Task A_link_or_a_directory_in_its_place_is_left_alone()
    {
        File.CreateSymbolicLink(Database, "/etc/hostname");
        await AssertEndsAsync(Refused, "is a symbolic link");
        File.Delete(Database);
        Directory.CreateDirectory(Database);
        await AssertEndsAsync(Refused, "cannot be written");
    }

    [Test, Platform(Exclude = "Win"), UnsupportedOSPlatform("windows")]
    public async Task One_that_may_not_be_written_is_refused_and_so_is_a_directory_that_may_not([Values] bool file)
    {
        await MakeAsync();
        File.SetUnixFileMode(Database, (UnixFileMode)Convert.ToInt32(file ? "444" : "666", 8));
        File.SetUnixFileMode(DataDirectory, (UnixFileMode)Convert.ToInt32("555", 8));
        try
        {
            await AssertEndsAsync(Refused, file ? $"{Database} cannot be written" : $"{Database} cannot be used", unprivileged: true);
        }
        finally
        {
            File.SetUnixFileMode(DataDirectory, (UnixFileMode)Convert.ToInt32("755", 8));
        }
    }

    [TestCase("BEGIN IMMEDIATE")]
    [TestCase("PRAGMA locking_mode = exclusive; BEGIN EXCLUSIVE")]
    public async Task While_another_process_holds_it_the_caller_is_told_to_try_again(string hold)
    {
        await MakeAsync(latest: verb != "migrate");
        var before = Files();
        using (var other = new SqliteConnection($"Data Source={Database};Pooling=False"))
        {
            other.Open();
            Execute(other, hold);

            // Nobody in this process may read the file meanwhile: closing it would drop the locks.
            AssertEnded(await RunAsync(), TryAgain, "Try again. (SQLite Error 5: 'database is locked'");
        }
        Assert.That(Files(), Is.EqualTo(before));
        Assert.That((await RunAsync()).ExitCode, Is.Zero);
    }

    /// <param name="latest">False for what the build before the last migration left.</param>
    private async Task MakeAsync(bool latest = true)
    {
        await using var service = await BhivService.StartAsync(directory: DataDirectory);
        await service.Client.LoginAsync();
        if (latest) return;
        await using var context = await service.Services
            .GetRequiredService<IDbContextFactory<SqliteBhivDbContext>>().CreateDbContextAsync();
        await context.Database.MigrateAsync(context.Database.GetMigrations().SkipLast(1).Last());
    }

    private async Task AssertEndsAsync(int exitCode, string sentence, string? directory = null, bool unprivileged = false)
    {
        var before = Files();

        var run = await RunAsync(directory, unprivileged);

        AssertEnded(run, exitCode, sentence);
        Assert.That(Files(), Is.EqualTo(before));
    }

    private static void AssertEnded(Verb run, int exitCode, string sentence)
    {
        Assert.That((run.ExitCode, run.Output), Is.EqualTo((exitCode, "")), run.Errors);
        Assert.That(run.Errors, Does.Contain(sentence).And.Not.Contain("   at "));
    }

    private Task<Verb> RunAsync(string? directory = null, bool unprivileged = false)
    {
        var environment = new Dictionary<string, string>
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Development",
            ["BHIV_DATA"] = directory ?? DataDirectory,
        };
        return unprivileged ? Verb.RunUnprivilegedAsync(environment, verb.Split(' ')) : Verb.RunAsync(environment, verb.Split(' '));
    }

    /// <summary>Names and contents; what SQLite shares among those who have it open holds nothing of its own.</summary>
    private List<(string Name, string Content)> Files() =>
    [
        .. Directory.GetFiles(DataDirectory).Order().Where(file => !file.EndsWith("-shm", StringComparison.Ordinal))
            .Select(file => (file, Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(file))))),
    ];

    private void Execute(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Database};Pooling=False");
        connection.Open();
        Execute(connection, sql);
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
