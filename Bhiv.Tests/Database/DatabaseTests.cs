using System.Diagnostics;
using System.Net;
using System.Runtime.Versioning;
using Bhiv.Domain;
using Bhiv.Infrastructure.Database;
using Bhiv.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Bhiv.Tests.Database;

public sealed class DatabaseTests : DataDirectoryFixture
{
    /// <summary>Every column and every index as SQLite has them, whatever the statement was that made them.</summary>
    private const string Schema =
        """
        SELECT concat_ws(' ', t.name, c.name, c.type, c."notnull", c.dflt_value, c.pk) AS line
        FROM pragma_table_list t JOIN pragma_table_info(t.name) c WHERE t.name NOT LIKE 'sqlite%' AND t.name NOT LIKE '\_\_%' ESCAPE '\'
        UNION ALL
        SELECT concat_ws(' ', t.name, i.name, i."unique", c.seqno, c.name)
        FROM pragma_table_list t JOIN pragma_index_list(t.name) i JOIN pragma_index_info(i.name) c WHERE t.name NOT LIKE '\_\_%' ESCAPE '\'
        ORDER BY line
        """;

    [Test]
    public async Task The_migrations_make_the_model()
    {
        await using var service = await BhivService.StartAsync();
        await using var context = await service.Services
            .GetRequiredService<IDbContextFactory<SqliteBhivDbContext>>().CreateDbContextAsync();

        Assert.That(context.Database.HasPendingModelChanges(), Is.False, "run: dotnet ef migrations add");
        Assert.That(await context.Database.GetPendingMigrationsAsync(), Is.Empty);
        // What the migrations say that they make is not what they make where one is written by hand.
        using var model = new SqliteConnection("Data Source=:memory:");
        model.Open();
        Execute(model, context.Database.GenerateCreateScript());
        var expected = Execute(model, Schema);
        Assert.That(expected, Has.Count.GreaterThan(40));
        Assert.That(service.Query(Schema, row => row.GetString(0)), Is.EqualTo(expected));
    }

    [Test]
    public async Task A_migration_keeps_what_was_there_up_and_down_and_up_again()
    {
        await using (var service = await BhivService.StartAsync(directory: DataDirectory))
        {
            await service.Client.LoginAsync();
            await service.Client.LoginAsync(password: "wrong");
            await service.Client.LoginAsync("nobody");
            await using var context = await service.Services
                .GetRequiredService<IDbContextFactory<SqliteBhivDbContext>>().CreateDbContextAsync();
            foreach (var migration in context.Database.GetMigrations().Skip(1).Reverse().ToList())
            {
                var former = context.Database.GetMigrations().TakeWhile(it => it != migration).Last();
                await context.Database.MigrateAsync(former);
            }
        }

        await using var again = await BhivService.StartAsync(directory: DataDirectory);

        Assert.That(again.Query("SELECT username, count FROM failed_logins ORDER BY at", row => (row.GetString(0), row.GetInt64(1))),
            Is.EquivalentTo(new[] { ("admin", 1), ("no…", 1) }));
        Assert.That(again.Count("refresh_tokens"), Is.EqualTo(1));
        Assert.That(
            again.Query("SELECT password_changed_at - created_at, one_time_password_until, version FROM accounts", row => (row.GetInt64(0), row.IsDBNull(1), row.GetInt64(2))),
            Is.EqualTo(new[] { (0L, true, 0L) }), "a password is as old as its account, where nothing else is known");
        Assert.That((await again.Client.LoginAsync()).Status, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task A_commit_is_on_the_disk_before_it_is_answered()
    {
        await using var service = await BhivService.StartAsync();
        await using var context = await service.Services
            .GetRequiredService<IDbContextFactory<SqliteBhivDbContext>>().CreateDbContextAsync();

        Assert.That(await context.Database.SqlQuery<string>($"SELECT journal_mode AS Value FROM pragma_journal_mode").SingleAsync(), Is.EqualTo("wal"));
        Assert.That(await context.Database.SqlQuery<int>($"SELECT synchronous AS Value FROM pragma_synchronous").SingleAsync(), Is.EqualTo(2));
        Assert.That(await context.Database.SqlQuery<int>($"SELECT foreign_keys AS Value FROM pragma_foreign_keys").SingleAsync(), Is.EqualTo(1));
    }

    [Test, Platform(Exclude = "Win"), UnsupportedOSPlatform("windows")]
    public async Task Only_the_owner_can_read_the_files_and_a_directory_made_for_them()
    {
        var made = Path.Combine(DataDirectory, "made");
        await using var service = await BhivService.StartAsync(directory: made);
        await service.Client.LoginAsync();

        Assert.That(File.GetUnixFileMode(made), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute));
        Assert.That(Directory.GetFiles(made).Select(Path.GetFileName), Is.EquivalentTo(new[] { "bhiv.db", "bhiv.db-wal", "bhiv.db-shm", "bhiv.db-migration" }));
        foreach (var file in Directory.GetFiles(made))
            Assert.That(File.GetUnixFileMode(file), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite), file);
    }

    [Test, Platform(Exclude = "Win"), UnsupportedOSPlatform("windows")]
    public async Task A_directory_that_was_there_keeps_its_mode_and_a_file_in_it_is_taken_back()
    {
        var file = Path.Combine(DataDirectory, "bhiv.db");
        await (await BhivService.StartAsync(directory: DataDirectory)).DisposeAsync();
        File.SetUnixFileMode(DataDirectory, (UnixFileMode)Convert.ToInt32("755", 8));
        File.SetUnixFileMode(file, (UnixFileMode)Convert.ToInt32("644", 8));

        await using var service = await BhivService.StartAsync(directory: DataDirectory);

        Assert.That(File.GetUnixFileMode(DataDirectory), Is.EqualTo((UnixFileMode)Convert.ToInt32("755", 8)));
        Assert.That(File.GetUnixFileMode(file), Is.EqualTo((UnixFileMode)Convert.ToInt32("600", 8)));
    }

    [Test, Platform(Exclude = "Win"), UnsupportedOSPlatform("windows")]
    public async Task What_a_kill_left_beside_the_file_is_taken_back_too()
    {
        using (var killed = ServiceProcess.StartDevelopment(DataDirectory))
        {
            await killed.AddressAsync();
            killed.Kill();
        }
        var files = Directory.GetFiles(DataDirectory, "bhiv.db*").Where(file => !file.EndsWith("-migration", StringComparison.Ordinal)).ToList();
        Assert.That(files, Has.Count.EqualTo(3));
        foreach (var file in files) File.SetUnixFileMode(file, (UnixFileMode)Convert.ToInt32("666", 8));

        await using var service = await BhivService.StartAsync(directory: DataDirectory);

        foreach (var file in files) Assert.That(File.GetUnixFileMode(file), Is.EqualTo((UnixFileMode)Convert.ToInt32("600", 8)), file);
    }

    [Test, Platform(Exclude = "Win"), UnsupportedOSPlatform("windows")]
    public async Task A_link_to_somewhere_else_is_refused_and_what_it_points_to_is_left_alone()
    {
        var target = Path.Combine(DataDirectory, "somebody-elses");
        await File.WriteAllTextAsync(target, "");
        var mode = File.GetUnixFileMode(target);
        File.CreateSymbolicLink(Path.Combine(DataDirectory, "bhiv.db"), target);

        Assert.That(
            async () => await BhivService.StartAsync(directory: DataDirectory),
            Throws.TypeOf<StartRefusedException>().With.Message.Contains("is a symbolic link"));
        Assert.That(File.GetUnixFileMode(target), Is.EqualTo(mode));
    }

    [Test]
    public async Task A_start_that_was_killed_while_it_migrated_blocks_no_later_one()
    {
        // What a killed process leaves behind: EF's lock row, which EF itself waits for without end.
        Execute("""CREATE TABLE "__EFMigrationsLock" ("Id" INTEGER PRIMARY KEY, "Timestamp" TEXT NOT NULL); INSERT INTO "__EFMigrationsLock" VALUES (1, '2026-01-01')""");
        var watch = Stopwatch.StartNew();

        await using var service = await BhivService.StartAsync(directory: DataDirectory).WaitAsync(TimeSpan.FromSeconds(20));

        Assert.That((await service.Client.LoginAsync()).Status, Is.EqualTo(HttpStatusCode.OK), $"after {watch.Elapsed}");
    }

    [Test]
    public async Task Several_processes_may_start_on_one_new_file_at_once()
    {
        var starts = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => BhivService.StartAsync(directory: DataDirectory))));

        Assert.That(starts[0].Count("accounts"), Is.EqualTo(1));
        foreach (var service in starts) Assert.That((await service.Client.LoginAsync()).Status, Is.EqualTo(HttpStatusCode.OK));
        foreach (var service in starts) await service.DisposeAsync();
    }

    [Test]
    public async Task A_file_of_a_newer_build_is_left_alone()
    {
        await (await BhivService.StartAsync(directory: DataDirectory)).DisposeAsync();
        Execute("INSERT INTO __EFMigrationsHistory VALUES ('99990101000000_Later', '99.0.0')");

        Assert.That(
            async () => await BhivService.StartAsync(directory: DataDirectory),
            Throws.TypeOf<StartRefusedException>().With.Message.Contains("written by a newer build (99990101000000_Later)"));
    }

    [Test]
    public async Task A_file_that_is_no_database_is_said_by_name_and_left_alone()
    {
        var file = Path.Combine(DataDirectory, "bhiv.db");
        await File.WriteAllTextAsync(file, new string('x', 5000));

        Assert.That(
            async () => await BhivService.StartAsync(directory: DataDirectory),
            Throws.TypeOf<StartRefusedException>().With.Message.Contains(file));
        Assert.That(await File.ReadAllTextAsync(file), Is.EqualTo(new string('x', 5000)));
    }

    [Test]
    public async Task A_file_that_is_gone_is_not_made_anew_by_whoever_opens_it_next()
    {
        await using var service = await BhivService.StartAsync(directory: DataDirectory);
        SqliteConnection.ClearAllPools();
        foreach (var file in Directory.GetFiles(DataDirectory, "bhiv.db*")) File.Delete(file);
        SqliteConnection.ClearAllPools();

        var login = await service.Client.LoginAsync();

        Assert.That(login.Code, Is.EqualTo("unavailable"));
        Assert.That(Directory.GetFiles(DataDirectory), Is.Empty);
    }

    [Test]
    public async Task Ids_and_times_are_stored_as_they_are_read()
    {
        await using var service = await BhivService.StartAsync();
        var login = await service.Client.LoginAsync();
        var sid = HandMadeJwt.Payload(login.AccessToken).GetProperty("sid").GetString();

        var row = service.Query("SELECT session_id, created_at FROM refresh_tokens", it => (it.GetString(0), it.GetInt64(1))).Single();

        Assert.That(row, Is.EqualTo((sid, service.Clock.GetUtcNow().ToUnixTimeMilliseconds() * 1000)));
    }

    [Test]
    public async Task While_another_process_holds_the_file_calls_that_write_are_told_to_come_back()
    {
        await using var service = await BhivService.StartAsync(directory: DataDirectory);
        var token = (await service.Client.LoginAsync()).AccessToken;
        using (var other = new SqliteConnection($"Data Source={service.DatabasePath};Pooling=False"))
        {
            other.Open();
            using var held = other.BeginTransaction();

            var answers = await Task.WhenAll(
                service.Client.LoginAsync(), service.Client.LoginAsync(password: "wrong"), service.Client.LoginAsync());

            Assert.That(answers.Select(answer => answer.Code), Is.All.EqualTo("unavailable"));
            Assert.That(answers.Select(answer => answer.Response.Headers.RetryAfter), Is.All.Not.Null);
            Assert.That((await service.Client.GenerateAsync(token)).Status, Is.EqualTo(HttpStatusCode.OK), "it needs no database");
        }

        Assert.That((await service.Client.LoginAsync()).Status, Is.EqualTo(HttpStatusCode.OK));
    }

    private void Execute(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(DataDirectory, "bhiv.db")};Pooling=False");
        connection.Open();
        Execute(connection, sql);
    }

    /// <summary>The first column of what it gives.</summary>
    private static List<string> Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read()) rows.Add(reader.GetString(0));
        return rows;
    }
}
