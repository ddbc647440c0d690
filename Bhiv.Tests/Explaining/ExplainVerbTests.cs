using Bhiv.Tests.Support;

namespace Bhiv.Tests.Explaining;

/// <summary>The verb as a process, beside a service as another.</summary>
public sealed class ExplainVerbTests : DataDirectoryFixture
{
    private Dictionary<string, string> Development => new() { ["ASPNETCORE_ENVIRONMENT"] = "Development", ["BHIV_DATA"] = DataDirectory };

    [Test]
    public async Task It_reads_standard_input_and_leaves_the_database_as_it_is()
    {
        Answer login;
        using (var service = ServiceProcess.StartDevelopment(DataDirectory))
        {
            using var client = new HttpClient { BaseAddress = await service.AddressAsync() };
            login = await client.LoginAsync();
            service.Terminate();
            await service.ExitCodeAsync();
        }
        var before = Snapshot();

        var verb = await Verb.ReadAsync(login.AccessToken + "\n", Development, "explain", "-");

        Assert.That((verb.ExitCode, verb.Errors.Contains("Failed", StringComparison.Ordinal)), Is.EqualTo((0, false)), verb.Errors);
        Assert.That(verb.Output, Does.StartWith("An access token: nothing is wrong with it.").And.Contain("JWT_SECRET"));
        Assert.That(verb.Output.Split('\n'), Is.All.Length.AtMost(80));
        Assert.That(verb.Output + verb.Errors, Does.Not.Contain(login.AccessToken.Split('.')[2]));
        Assert.That(Snapshot(), Is.EqualTo(before));
    }

    [TestCase("", 64, "Standard input holds nothing")]
    [TestCase("a b", 64, "Standard input holds nothing")]
    [TestCase("expired_token", 0, "")]
    [TestCase("x.y.z", 78, "there is no database")]
    public async Task What_it_cannot_explain_it_says(string text, int exitCode, string error)
    {
        var verb = await Verb.ReadAsync(text, Development, "explain", "-");

        Assert.That((verb.ExitCode, verb.Errors), Is.EqualTo((exitCode, verb.Errors)));
        Assert.That(verb.Errors, Does.Contain(error).And.Not.Contain("   at "));
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

    /// <summary>Every file but the two that SQLite makes anew whenever somebody reads.</summary>
    private Dictionary<string, string> Snapshot() => Directory.GetFiles(DataDirectory)
        .Where(file => !file.EndsWith("-shm", StringComparison.Ordinal) && !file.EndsWith("-wal", StringComparison.Ordinal))
        .ToDictionary(file => file, file => Convert.ToBase64String(File.ReadAllBytes(file)));
}
