using System.Runtime.Versioning;
using System.Text.Json;
using Bhiv.Tests.Support;
using Microsoft.Data.Sqlite;

namespace Bhiv.Tests.Doctor;

/// <summary><c>doctor</c> as a process, as a deployment asks it.</summary>
[Platform(Exclude = "Win"), UnsupportedOSPlatform("windows")]
public sealed class DoctorTests
{
    private const int Warned = 2;
    private const int Alarmed = 3;

    private Scene scene = null!;

    [SetUp]
    public void Prepare() => scene = new Scene(TimeProvider.System.GetUtcNow());

    [TearDown]
    public void CleanUp() => scene.Dispose();

    [Test]
    public async Task Where_all_is_well_it_ends_with_zero_and_notes_are_nothing_worse()
    {
        await scene.ServeAsync();

        var doctor = await RunAsync(0);

        Assert.That(doctor.Output, Does.Contain("\nnote ").And.Contain("\nok ").And.Not.Contain("\nwarning ").And.Not.Contain("\nerror "));
        Assert.That(doctor.Errors, Is.Empty);
    }

    [Test]
    public async Task A_warning_is_two()
    {
        await scene.ServeAsync();
        await Scenes.PutInFileAsync(scene, "API_KEY", (UnixFileMode)Convert.ToInt32("644", 8));

        Assert.That((await RunAsync(Warned)).Output, Does.Contain("warning   secret_file_open"));
    }

    [Test]
    public async Task A_secret_that_is_overdue_is_three()
    {
        var now = scene.Clock.GetUtcNow();
        scene.Clock.AdjustTime(now - TimeSpan.FromDays(31));
        await scene.ServeAsync();

        Assert.That((await RunAsync(Alarmed)).Output, Does.StartWith("SEVERITY ").And.Contain("error     secret_overdue").And.Not.Contain("secret_due"));
    }

    [Test]
    public async Task Where_no_server_starts_each_reason_is_an_error_and_the_rest_is_judged()
    {
        await Scenes.RotateSigningKeyAsync(scene);
        scene.Environment.Remove("API_KEY");
        scene.Environment["SENTRY_DSN"] = "nonsense";
        scene.Environment["SigningKeys__RotateAfter"] = "90";

        var findings = await FindAsync(Alarmed);

        Assert.That(findings.Where(it => it.Id == "configuration_refused").Select(it => it.Found), Is.EqualTo(new[]
        {
            "SigningKeys:RotateAfter must be a duration [d.]hh:mm:ss, hours below 24, from 1.00:00:00 to 365.00:00:00; it is \"90\".",
            "API_KEY is not set. Make one: API_KEY=$(openssl rand -hex 24)",
            "SENTRY_DSN is set but is no DSN (https://KEY@HOST/PROJECT). Copy it from the project's settings in Sentry, or unset it.",
        }));
        Assert.That(
            findings.Select(it => it.Id),
            Is.SupersetOf(new[] { "database_good", "clock_behind", "signing_key_signs", "previous_signing_key_needed", "secret_good", "settings_given" }));
    }

    [Test]
    public async Task With_nothing_configured_it_says_what_is_missing()
    {
        scene.Environment.Clear();

        Assert.That((await FindAsync(Alarmed)).Where(it => it.Severity == "error").Select(it => it.Found.Split(' ')[0]), Is.EqualTo(
            new[] { "JWT_SECRET", "API_KEY", "DEMO_USERNAME", "DEMO_PASSWORD", "BHIV_DATA" }));
    }

    [Test]
    public async Task A_malformed_file_of_settings_is_an_error_with_its_line()
    {
        scene.Environment["ASPNETCORE_ENVIRONMENT"] = "Malformed";
        var file = Path.Combine(AppContext.BaseDirectory, "appsettings.Malformed.json");
        await File.WriteAllTextAsync(file, "{\n  \"Tokens\": {,\n}");
        try
        {
            var finding = (await FindAsync(Alarmed)).Single();

            Assert.That(finding.Id, Is.EqualTo("configuration_refused"));
            Assert.That(finding.Found, Does.Contain(file).And.Contain("LineNumber: 1"));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Test]
    public async Task The_worst_comes_first_and_everything_fits_a_terminal()
    {
        scene.Environment["Http__AllowPlain"] = "true";
        scene.Environment["API_KEY"] = Scene.ApiKey[..20];
        scene.Environment["JWT_SECRET_NEXT"] = Scene.OtherSecret;
        await Scenes.PutInFileAsync(scene, "JWT_SECRET", (UnixFileMode)Convert.ToInt32("644", 8));

        var doctor = await RunAsync(Alarmed, "--urls=http://*:8000");

        var lines = doctor.Output.TrimEnd().Split('\n');
        Assert.That(lines, Is.All.Length.LessThanOrEqualTo(80));
        var severities = lines.Skip(1).Select(line => line.Split(' ')[0]).Where(word => word.Length > 0).ToList();
        Assert.That(severities.Distinct(), Is.EqualTo(new[] { "error", "warning", "note", "ok" }));
        Assert.That(severities, Is.EqualTo(severities.OrderBy(it => Array.IndexOf(["error", "warning", "note", "ok"], it))));
    }

    [TestCase("now")]
    [TestCase("--jsno")]
    [TestCase("--urls http://localhost:8001")]
    public async Task What_is_no_setting_is_refused(string line)
    {
        var doctor = await RunAsync(64, line.Split(' '));

        Assert.That(doctor.Output, Is.Empty);
        Assert.That(doctor.Errors, Does.Contain("is no setting").And.Not.Contain("   at "));
    }

    [Test]
    public async Task Where_each_setting_comes_from_is_said_and_what_it_is_is_not()
    {
        scene.Environment["Tokens__Issuer"] = "an-issuer-of-ours";
        scene.Environment["ASPNETCORE_URLS"] = "http://localhost:8001";

        var doctor = await RunAsync(Warned, "--Health:DrainDelay=00:00:07", "--json");

        Assert.That(doctor.Output, Does.Contain("From the environment: Tokens:Issuer, urls."));
        Assert.That(doctor.Output, Does.Contain("From the command line: Health:DrainDelay."));
        Assert.That(doctor.Output, Does.Not.Contain("an-issuer-of-ours").And.Not.Contain("00:00:07"));
    }

    [Test]
    public async Task A_secret_where_the_name_of_its_file_belongs_is_not_shown()
    {
        scene.Environment.Remove("JWT_SECRET");
        scene.Environment["JWT_SECRET_FILE"] = Scene.Secret;

        var doctor = await RunAsync(Alarmed, "--json");

        Assert.That(doctor.Output, Does.Contain("JWT_SECRET_FILE: what it names cannot be used.").And.Not.Contain(Scene.Secret));
    }

    [TestCase("BEGIN IMMEDIATE", 0, "is whole")]
    [TestCase("PRAGMA locking_mode = exclusive; BEGIN EXCLUSIVE", Warned, "There is a -wal beside it and no -shm.")]
    [TestCase("PRAGMA journal_mode = delete; BEGIN EXCLUSIVE", Warned, "SQLite Error 5: 'database is locked'")]
    public async Task Beside_one_who_writes_it_reads_and_one_who_holds_the_database_is_a_warning(string hold, int exitCode, string sentence)
    {
        await scene.ServeAsync();
        using var other = new SqliteConnection($"Data Source={scene.Database};Pooling=False");
        other.Open();
        using var command = other.CreateCommand();
        command.CommandText = hold;
        command.ExecuteNonQuery();

        // Nor is the file read here meanwhile: to close it would let go of the lock.
        var doctor = await Verb.RunAsync(scene.Environment, "doctor", "--json");

        Assert.That(doctor.ExitCode, Is.EqualTo(exitCode), doctor.Output + doctor.Errors);
        Assert.That(Parse(doctor.Output).Single(it => it.Id is "database_good" or "database_busy").Found, Does.Contain(sentence));
    }

    [TestCase("444", "database_good", "directory_read_only")]
    [TestCase("600", "database_unreadable", "directory_read_only")]
    public async Task In_a_directory_where_it_may_not_write_it_reads_what_it_may(string mode, params string[] ids)
    {
        await scene.ServeAsync();
        foreach (var file in Directory.GetFiles(scene.DataDirectory)) Scenes.SetMode(file, mode);
        Scenes.SetMode(scene.DataDirectory, "555");
        Scenes.SetMode(scene.Root, "755");
        var before = scene.Entries();

        var doctor = await Verb.RunUnprivilegedAsync(scene.Environment, "doctor", "--json");

        Assert.That(doctor.ExitCode, Is.EqualTo(Alarmed), doctor.Output + doctor.Errors);
        Assert.That(Parse(doctor.Output).Select(it => it.Id), Is.SupersetOf(ids));
        Assert.That(scene.Entries(), Is.EqualTo(before));
    }

    [Test]
    public async Task A_directory_that_it_may_not_enter_is_not_taken_for_an_empty_one()
    {
        await scene.ServeAsync();
        Scenes.SetMode(scene.Root, "755");

        var doctor = await Verb.RunUnprivilegedAsync(scene.Environment, "doctor", "--json");

        Assert.That(Parse(doctor.Output).Select(it => it.Id), Has.Member("database_unreadable").And.No.Member("database_missing"));
    }

    [Test]
    public async Task Neither_a_running_server_nor_what_a_killed_one_left_is_touched()
    {
        scene.Environment["ASPNETCORE_URLS"] = "http://127.0.0.1:0";
        using var server = ServiceProcess.Start(scene.Environment, []);
        using var client = new HttpClient { BaseAddress = await server.AddressAsync() };
        await client.LoginAsync(password: "the kettle sang twice", apiKey: Scene.ApiKey);
        // The use of the key is written a few seconds behind, and then nothing is.
        await Eventually.IsTrueAsync(() => scene.Ask("SELECT count(last_used_at) FROM api_keys") is 1L);
        var log = await File.ReadAllBytesAsync(scene.Database + "-wal");

        Assert.That((await FindAsync(0)).Select(it => it.Id), Has.Member("database_good"));
        Assert.That(await File.ReadAllBytesAsync(scene.Database + "-wal"), Is.EqualTo(log));
        await client.LoginAsync(password: "the kettle sang twice", apiKey: Scene.ApiKey);
        server.Kill();
        var before = scene.Entries();

        Assert.That((await FindAsync(0)).Select(it => it.Id), Has.Member("database_good").And.Member("signing_key_signs"));
        Assert.That(scene.Entries(), Is.EqualTo(before));
        Assert.That(before, Has.Some.Contains("bhiv.db-shm"));
    }

    [Test]
    public async Task A_directory_may_have_any_name()
    {
        scene.Environment["BHIV_DATA"] = Path.Combine(scene.Root, "a b%20?c#d;e='f'&ü");
        using (var server = ServiceProcess.Start(scene.Environment, ["--urls=http://127.0.0.1:0"]))
        {
            await server.AddressAsync();
            server.Terminate();
            await server.ExitCodeAsync();
        }

        Assert.That((await FindAsync(0)).Select(it => it.Id), Has.Member("database_good"));
    }

    private async Task<Verb> RunAsync(int exitCode, params string[] arguments)
    {
        var before = scene.Entries().Where(entry => !entry.Contains("bhiv.db-", StringComparison.Ordinal)).ToList();

        var doctor = await Verb.RunAsync(scene.Environment, ["doctor", .. arguments]);

        Assert.That(doctor.ExitCode, Is.EqualTo(exitCode), doctor.Output + doctor.Errors);
        Assert.That(scene.Entries().Where(entry => !entry.Contains("bhiv.db-", StringComparison.Ordinal)), Is.EqualTo(before));
        scene.AssertHasNoSecret(doctor.Output + doctor.Errors);
        return doctor;
    }

    private async Task<List<Row>> FindAsync(int exitCode) => Parse((await RunAsync(exitCode, "--json")).Output);

    private static List<Row> Parse(string output) => JsonSerializer.Deserialize<List<Row>>(output, JsonSerializerOptions.Web)!;

    private sealed record Row(string Id, string Severity, string Found, string? Mend);
}
