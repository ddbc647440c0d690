using System.Diagnostics;
using System.Net;
using Bhiv.Api.Configuration;
using Bhiv.Application.SigningKeys;
using Bhiv.Domain.Audit;
using Bhiv.Domain.SigningKeys;
using Bhiv.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Bhiv.Tests.Configuration;

/// <summary>What becomes of files of secrets while the service runs: each look is the test's, and the clock's timer never fires.</summary>
public sealed class SecretFilesWatchTests : DataDirectoryFixture
{
    private const string First = "8f0c1b7e5d3a49268f0c1b7e5d3a4926";
    private const string Second = "second-5d3a49268f0c1b7e5d3a4926-second";
    private const string FirstKey = "first-1b7e5d3a49268f0c1b7e5d3a";
    private const string SecondKey = "second-1b7e5d3a49268f0c1b7e5d3a";

    private RecordedLog<SecretFilesWatch> log = null!;
    private BhivService service = null!;

    private SigningKeyRing Ring => service.Services.GetRequiredService<SigningKeyRing>();

    [SetUp]
    public Task StartAsync()
    {
        Write("JWT_SECRET", First);
        foreach (var none in new[] { "JWT_SECRET_PREVIOUS", "JWT_SECRET_NEXT", "API_KEY_PREVIOUS" }) Write(none, "");
        Write("API_KEY", FirstKey);
        Write("DEMO_PASSWORD", "bhiv2024");
        return StartServiceAsync();
    }

    [TearDown]
    public async Task StopAsync() => await service.DisposeAsync();

    [Test]
    public async Task A_change_counts_at_the_second_look_that_finds_it()
    {
        Write("API_KEY", SecondKey);

        await LookAsync(1);
        Assert.That((await service.Client.LoginAsync(apiKey: FirstKey)).Status, Is.EqualTo(HttpStatusCode.OK));
        await LookAsync(1);

        Assert.That((await service.Client.LoginAsync(apiKey: FirstKey)).Code, Is.EqualTo("invalid_api_key"));
        Assert.That((await service.Client.LoginAsync(apiKey: SecondKey)).Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(log.Lines, Has.Count.EqualTo(1).And.One.StartsWith($"SecretsReplaced: Secrets were replaced: signing keys {new SigningKey(First).Id}, API keys "));
    }

    [Test]
    public async Task What_is_half_written_is_neither_taken_nor_told()
    {
        foreach (var half in new[] { "", Second[..12], Second[..^1], Second })
        {
            Write("JWT_SECRET", half);
            await LookAsync(1);
        }
        Assert.That(Ring.Active.Id, Is.EqualTo(new SigningKey(First).Id));
        Assert.That(log.Lines, Is.Empty);

        await LookAsync(1);

        Assert.That(Ring.Active.Id, Is.EqualTo(new SigningKey(Second).Id));
        Assert.That(log.Lines, Has.Count.EqualTo(1).And.One.StartsWith("SecretsReplaced"));
    }

    [TestCase("\n")]
    [TestCase("\r\n")]
    [TestCase("")]
    public async Task One_end_of_line_is_none_of_the_secret(string end)
    {
        Write("JWT_SECRET", Second + end);

        await LookAsync(2);

        Assert.That(Ring.Active.Id, Is.EqualTo(new SigningKey(Second).Id));
    }

    [TestCase("is empty", "is empty.")]
    [TestCase("is blank", "is empty.")]
    [TestCase("ends twice", "holds more than one line.")]
    [TestCase("ends twice on Windows", "holds more than one line.")]
    [TestCase("has two lines", "holds more than one line.")]
    [TestCase("is no UTF-8", "must be UTF-8.")]
    [TestCase("is UTF-16", "must be UTF-8.")]
    [TestCase("is too long", "is longer than 4096 bytes.")]
    [TestCase("vanishes", "cannot be read (Could not find file")]
    [TestCase("is a directory", "cannot be read (Access to the path")]
    [TestCase("leads nowhere", "cannot be read (Could not find file")]
    [TestCase("leads to itself", "cannot be read (Too many levels of symbolic links")]
    [TestCase("may not be read", "cannot be read (")]
    [TestCase("begins with a space", "API_KEY must not hold a control character, nor begin or end with a space")]
    public async Task What_cannot_be_used_changes_nothing_and_is_told_once_and_once_that_it_is_mended(string what, string problem)
    {
        var path = PathOf("API_KEY");
        File.Delete(path);
        switch (what)
        {
            case "is empty": Write("API_KEY", ""); break;
            case "is blank": Write("API_KEY", " \n"); break;
            case "ends twice": Write("API_KEY", SecondKey + "\n\n"); break;
            case "ends twice on Windows": Write("API_KEY", SecondKey + "\r\n\r\n"); break;
            case "has two lines": Write("API_KEY", SecondKey + "\n" + FirstKey); break;
            case "is no UTF-8": File.WriteAllBytes(path, [.. "second-1b7e5d3a49268f0c1b7e5d3a"u8, 0xff]); break;
            case "is UTF-16": File.WriteAllText(path, SecondKey, System.Text.Encoding.Unicode); break;
            case "is too long": Write("API_KEY", new string('a', 4097)); break;
            case "is a directory": Directory.CreateDirectory(path); break;
            case "leads nowhere": File.CreateSymbolicLink(path, path + ".none"); break;
            case "leads to itself": File.CreateSymbolicLink(path, path); break;
            case "may not be read":
                // Nobody can, not even root.
                File.CreateSymbolicLink(path, "/proc/self/mem");
                break;
            case "begins with a space": Write("API_KEY", " " + SecondKey); break;
        }

        await LookAsync(5);

        Assert.That((await service.Client.LoginAsync(apiKey: FirstKey)).Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(log.Lines, Has.Count.EqualTo(1));
        Assert.That(log.Lines[0], Does.StartWith("SecretFilesRefused: ").And.Contain("API_KEY").And.Contain(problem).And.Not.Contain("1b7e5d3a"));

        if (Directory.Exists(path)) Directory.Delete(path);
        File.Delete(path);
        Write("API_KEY", SecondKey);
        await LookAsync(5);

        Assert.That((await service.Client.LoginAsync(apiKey: SecondKey)).Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(log.Lines.Skip(1).Select(line => line.Split(':')[0]), Is.EqualTo(new[] { "SecretsReplaced", "SecretFilesGood" }));
    }

    [Test]
    public async Task One_thing_that_is_wrong_after_another_is_never_told_to_be_good_in_between()
    {
        Write("JWT_SECRET", "two\nlines");
        await LookAsync(3);
        Write("JWT_SECRET", new string('a', 4097));
        await LookAsync(3);
        Write("API_KEY", "\t");
        await LookAsync(3);
        Write("API_KEY", " " + FirstKey);
        Write("JWT_SECRET", First);
        await LookAsync(3);
        Write("API_KEY", " " + SecondKey);
        await LookAsync(3);

        Assert.That(log.Lines, Has.Count.EqualTo(4).And.All.StartsWith("SecretFilesRefused"));
    }

    [Test]
    public async Task A_file_that_is_gone_for_one_look_is_no_news()
    {
        File.Delete(PathOf("JWT_SECRET"));
        await LookAsync(1);
        Write("JWT_SECRET", First);
        await LookAsync(3);

        Assert.That(log.Lines, Is.Empty);
    }

    [Test]
    public async Task What_is_wrong_with_one_file_keeps_no_other_from_counting()
    {
        File.Delete(PathOf("JWT_SECRET"));
        Write("API_KEY", SecondKey);

        await LookAsync(2);

        Assert.That(Ring.Active.Id, Is.EqualTo(new SigningKey(First).Id));
        Assert.That((await service.Client.LoginAsync(apiKey: SecondKey)).Status, Is.EqualTo(HttpStatusCode.OK));
    }

    /// <summary>As Kubernetes updates a mounted secret: the files lead through <c>..data</c>, which is led elsewhere by a rename.</summary>
    [Test]
    public async Task All_files_of_a_mount_change_at_once()
    {
        var mount = Path.Combine(DataDirectory, "mount");
        foreach (var (version, jwt, key) in new[] { ("..1", First, FirstKey), ("..2", Second, SecondKey) })
        {
            Directory.CreateDirectory(Path.Combine(mount, version));
            await File.WriteAllTextAsync(Path.Combine(mount, version, "JWT_SECRET"), jwt);
            await File.WriteAllTextAsync(Path.Combine(mount, version, "API_KEY"), key);
        }
        Lead("..1");
        foreach (var name in new[] { "JWT_SECRET", "API_KEY" })
        {
            File.Delete(PathOf(name));
            File.CreateSymbolicLink(PathOf(name), Path.Combine(mount, "..data", name));
        }
        await LookAsync(2);
        Assert.That(log.Lines, Is.Empty);

        Lead("..2");
        Directory.Delete(Path.Combine(mount, "..1"), recursive: true);
        await LookAsync(2);

        var login = await service.Client.LoginAsync(apiKey: SecondKey);
        Assert.That(HandMadeJwt.Verifies(login.AccessToken, Second), Is.True);
        Assert.That(log.Lines, Has.Count.EqualTo(1));

        void Lead(string version)
        {
            File.CreateSymbolicLink(Path.Combine(mount, "..data_tmp"), version);
            using var move = Process.Start("mv", ["-T", Path.Combine(mount, "..data_tmp"), Path.Combine(mount, "..data")]);
            move.WaitForExit();
        }
    }

    [TestCase("JWT_SECRET_NEXT", First, "JWT_SECRET and JWT_SECRET_NEXT")]
    [TestCase("JWT_SECRET_PREVIOUS", First, "JWT_SECRET and JWT_SECRET_PREVIOUS")]
    [TestCase("API_KEY_PREVIOUS", FirstKey, "API_KEY and API_KEY_PREVIOUS")]
    public async Task One_secret_in_two_files_counts_once_and_is_told(string name, string secret, string names)
    {
        var login = await service.Client.LoginAsync(apiKey: FirstKey);
        Write(name, secret);

        await LookAsync(3);

        Assert.That(Ring.Keys.Select(key => key.Id), Is.EqualTo(new[] { new SigningKey(First).Id }));
        Assert.That((await service.Client.GenerateAsync(login.AccessToken, apiKey: FirstKey)).Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await service.Client.LoginAsync(apiKey: FirstKey)).Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(log.Lines.Select(line => line.Split(':')[0]), Is.EqualTo(new[] { "SecretsDoubled", "SecretsReplaced" }));
        Assert.That(log.Lines[0], Does.Contain($"{names} have the same value.").And.Contain("the next start is refused"));
    }

    [Test]
    public async Task The_optional_files_come_and_go()
    {
        Write("JWT_SECRET_NEXT", Second);
        Write("API_KEY_PREVIOUS", SecondKey);
        await LookAsync(2);
        Assert.That(Ring.Keys.Select(key => key.Id), Is.EqualTo(new[] { new SigningKey(First).Id, new SigningKey(Second).Id }));
        Assert.That((await service.Client.LoginAsync(apiKey: SecondKey)).Status, Is.EqualTo(HttpStatusCode.OK));

        Write("JWT_SECRET_NEXT", "\n");
        Write("API_KEY_PREVIOUS", "");
        await LookAsync(2);

        Assert.That(Ring.Keys, Has.Count.EqualTo(1));
        Assert.That((await service.Client.LoginAsync(apiKey: SecondKey)).Code, Is.EqualTo("invalid_api_key"));
        Assert.That(log.Lines, Has.None.StartsWith("SecretFilesRefused"));
    }

    [Test]
    public async Task A_compromised_key_that_comes_back_is_refused_and_the_present_one_signs_on()
    {
        await service.Services.GetRequiredService<SigningKeyAdministration>().MarkCompromisedAsync(new SigningKey(Second).Id, new Author("test"));
        Write("JWT_SECRET", Second);

        await LookAsync(3);

        Assert.That((await service.Client.LoginAsync(apiKey: FirstKey)).Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(log.Lines, Has.Count.EqualTo(1).And.One.Contains("JWT_SECRET was marked as compromised"));
    }

    [Test]
    public async Task A_changed_password_is_applied_at_the_next_start_and_not_before()
    {
        var login = await service.Client.LoginAsync(apiKey: FirstKey);
        Write("DEMO_PASSWORD", "the kettle sang twice");
        await LookAsync(5);

        Assert.That((await service.Client.LoginAsync(apiKey: FirstKey)).Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await service.Client.LoginAsync(password: "the kettle sang twice", apiKey: FirstKey)).Code, Is.EqualTo("invalid_credentials"));
        Assert.That((await service.Client.GenerateAsync(login.AccessToken, apiKey: FirstKey)).Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(log.Lines, Is.Empty);

        await service.DisposeAsync();
        await StartServiceAsync();

        Assert.That((await service.Client.LoginAsync(password: "the kettle sang twice", apiKey: FirstKey)).Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await service.Client.LoginAsync(apiKey: FirstKey)).Code, Is.EqualTo("invalid_credentials"));
    }

    [Test]
    public async Task Files_beside_the_published_password_of_Development_are_followed()
    {
        await service.DisposeAsync();
        await StartServiceAsync("DEMO_PASSWORD");
        Write("JWT_SECRET", Second);

        await LookAsync(2);

        Assert.That(Ring.Active.Id, Is.EqualTo(new SigningKey(Second).Id));
    }

    [Test]
    public async Task It_looks_by_itself_each_second()
    {
        Write("JWT_SECRET", Second);

        await Eventually.IsTrueAsync(() =>
        {
            service.Clock.Advance(TimeSpan.FromSeconds(1));
            return log.Lines.Count > 0;
        });

        Assert.That(Ring.Active.Id, Is.EqualTo(new SigningKey(Second).Id));
    }

    private async Task StartServiceAsync(params string[] without)
    {
        log = new RecordedLog<SecretFilesWatch>();
        service = await BhivService.StartAsync(
            new[] { "JWT_SECRET", "JWT_SECRET_PREVIOUS", "JWT_SECRET_NEXT", "API_KEY", "API_KEY_PREVIOUS", "DEMO_PASSWORD" }.Except(without)
                .ToDictionary(name => name + "_FILE", PathOf),
            replace: services => services.AddSingleton<ILogger<SecretFilesWatch>>(log),
            directory: DataDirectory);
    }

    private async Task LookAsync(int looks)
    {
        var watch = service.Services.GetServices<IHostedService>().OfType<SecretFilesWatch>().Single();
        for (var look = 0; look < looks; look++) await watch.LookAsync(CancellationToken.None);
    }

    private string PathOf(string name) => Path.Combine(DataDirectory, name + ".txt");

    private void Write(string name, string text) => File.WriteAllText(PathOf(name), text);
}
