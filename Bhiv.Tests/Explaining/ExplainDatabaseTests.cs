using System.Runtime.Versioning;
using Bhiv.Tests.Doctor;
using Bhiv.Tests.Support;

namespace Bhiv.Tests.Explaining;

/// <summary>What <c>explain</c> does to the database that it reads: nothing, whatever state it is in.</summary>
[Platform(Exclude = "Win"), UnsupportedOSPlatform("windows")]
public sealed class ExplainDatabaseTests
{
    private const string Password = "the kettle sang twice";

    private Scene scene = null!;
    private string token = null!;

    [SetUp]
    public void Prepare() => scene = new Scene(TimeProvider.System.GetUtcNow());

    [TearDown]
    public void CleanUp() => scene.Dispose();

    [Test]
    public async Task Neither_a_running_server_nor_what_a_killed_one_left_is_touched()
    {
        scene.Environment["ASPNETCORE_URLS"] = "http://127.0.0.1:0";
        using var server = ServiceProcess.Start(scene.Environment, []);
        using var client = new HttpClient { BaseAddress = await server.AddressAsync() };
        token = (await client.LoginAsync(password: Password, apiKey: Scene.ApiKey)).AccessToken;
        // The use of the key is written a few seconds behind, and then nothing is.
        await Eventually.IsTrueAsync(() => scene.Ask("SELECT count(last_used_at) FROM api_keys") is 1L);
        // What is in it is shared by those who have the database open, and says who reads.
        var before = scene.Entries().Where(entry => !entry.Contains("-shm", StringComparison.Ordinal)).ToList();

        AssertIsGood(await Verb.ReadAsync(token, scene.Environment, "explain", "-"));
        Assert.That(scene.Entries().Where(entry => !entry.Contains("-shm", StringComparison.Ordinal)), Is.EqualTo(before));
        server.Kill();
        before = [.. scene.Entries()];

        AssertIsGood(await Verb.ReadAsync(token, scene.Environment, "explain", "-"));
        Assert.That(scene.Entries(), Is.EqualTo(before));
        Assert.That(before, Has.Some.Contains("bhiv.db-wal").And.Some.Contains("bhiv.db-shm"));
    }

    [Test]
    public async Task It_needs_no_right_to_write()
    {
        await LogInAsync();
        foreach (var file in Directory.GetFiles(scene.DataDirectory)) Scenes.SetMode(file, "444");
        Scenes.SetMode(scene.DataDirectory, "555");
        Scenes.SetMode(scene.Root, "755");
        var before = scene.Entries();

        AssertIsGood(await Verb.ReadUnprivilegedAsync(token, scene.Environment, "explain", "-"));

        Assert.That(scene.Entries(), Is.EqualTo(before));
    }

    [TestCase("600", 78, "bhiv.db cannot be read")]
    [TestCase("444", 75, "cannot be read now. Try again. (There is a -wal beside it and no -shm.)")]
    public async Task What_it_may_not_read_or_cannot_without_writing_it_says(string mode, int exitCode, string error)
    {
        await LogInAsync();
        await File.WriteAllTextAsync(scene.Database + "-wal", "");
        foreach (var file in Directory.GetFiles(scene.DataDirectory)) Scenes.SetMode(file, mode);
        Scenes.SetMode(scene.DataDirectory, "555");
        Scenes.SetMode(scene.Root, "755");
        var before = scene.Entries();

        var verb = await Verb.ReadUnprivilegedAsync(token, scene.Environment, "explain", "-");

        Assert.That((verb.ExitCode, verb.Output), Is.EqualTo((exitCode, "")), verb.Errors);
        Assert.That(verb.Errors, Does.Contain(error).And.Not.Contain("   at "));
        Assert.That(scene.Entries(), Is.EqualTo(before));
    }

    [Test]
    public async Task Where_there_is_none_none_is_made()
    {
        var before = scene.Entries();

        var verb = await Verb.ReadAsync("4bf92f3577b34da6a3ce929d0e0e4736", scene.Environment, "explain", "-");

        Assert.That((verb.ExitCode, verb.Output), Is.EqualTo((78, "")), verb.Errors);
        Assert.That(verb.Errors, Does.Contain($"there is no database {scene.Database}."));
        Assert.That(scene.Entries(), Is.EqualTo(before));
    }

    private async Task LogInAsync() => await scene.ServeAsync(async service =>
        token = (await service.Client.LoginAsync(password: Password, apiKey: Scene.ApiKey)).AccessToken);

    private void AssertIsGood(Verb verb)
    {
        Assert.That((verb.ExitCode, verb.Errors), Is.EqualTo((0, "")), verb.Output);
        Assert.That(verb.Output, Does.StartWith("An access token: ok, nothing is wrong with it.").And.Contain("JWT_SECRET").And.Contain("admin"));
        scene.AssertHasNoSecret(verb.Output);
    }
}
