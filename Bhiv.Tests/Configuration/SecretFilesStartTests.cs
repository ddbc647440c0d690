using Bhiv.Api.Configuration;
using Bhiv.Domain;
using Bhiv.Tests.Support;
using Microsoft.Extensions.Configuration;

namespace Bhiv.Tests.Configuration;

/// <summary>What a start refuses of files of secrets, all of it at once and each by the name of its variable.</summary>
public sealed class SecretFilesStartTests : DataDirectoryFixture
{
    private const string JwtSecret = "8f0c1b7e5d3a49268f0c1b7e5d3a4926";
    private const string ApiKey = "5d3a49268f0c1b7e5d3a4926";

    [Test]
    public async Task The_process_ends_with_78_and_a_sentence_for_each_file()
    {
        File.CreateSymbolicLink(PathOf("JWT_SECRET_PREVIOUS"), PathOf("JWT_SECRET_PREVIOUS"));
        var environment = new Dictionary<string, string>
        {
            ["JWT_SECRET_FILE"] = Write("JWT_SECRET", ""),
            ["JWT_SECRET_PREVIOUS_FILE"] = PathOf("JWT_SECRET_PREVIOUS"),
            ["JWT_SECRET_NEXT_FILE"] = Write("JWT_SECRET_NEXT", JwtSecret + "\n\n"),
            ["API_KEY_FILE"] = Directory.CreateDirectory(PathOf("API_KEY")).FullName,
            ["API_KEY_PREVIOUS_FILE"] = PathOf("API_KEY_PREVIOUS"),
            ["DEMO_PASSWORD_FILE"] = Write("DEMO_PASSWORD", new string('a', 5000)),
            ["DEMO_USERNAME"] = "admin",
            ["BHIV_DATA"] = Path.Combine(DataDirectory, "data"),
        };

        using var service = ServiceProcess.Start(environment, ["--urls=http://127.0.0.1:0"]);

        Assert.That(await service.ExitCodeAsync(), Is.EqualTo(78));
        foreach (var (name, problem) in new[]
        {
            ("JWT_SECRET", "is empty."),
            ("JWT_SECRET_PREVIOUS", "cannot be read (Too many levels of symbolic links"),
            ("JWT_SECRET_NEXT", "holds more than one line."),
            ("API_KEY", "cannot be read (Access to the path"),
            ("API_KEY_PREVIOUS", "cannot be read (Could not find file"),
            ("DEMO_PASSWORD", "is longer than 4096 bytes."),
        })
            Assert.That(service.Output.Split('\n'), Has.Exactly(1).StartsWith($"{name}_FILE: {PathOf(name)} {problem}"), service.Output);
        Assert.That(service.Output, Does.Not.Contain(JwtSecret).And.Not.Contain("   at ").And.Not.Contain("is not set"));
        Assert.That(Directory.Exists(environment["BHIV_DATA"]), Is.False);
    }

    [TestCase("")]
    [TestCase("\n")]
    [TestCase("\r\n")]
    public void One_end_of_line_is_none_of_the_secret(string end)
    {
        var settings = Read(new() { ["JWT_SECRET_FILE"] = Write("JWT_SECRET", JwtSecret + end), ["API_KEY_FILE"] = Write("API_KEY", ApiKey + end) });

        Assert.That(settings.Secrets.SigningKeys.Active.Id, Is.EqualTo(new Domain.SigningKeys.SigningKey(JwtSecret).Id));
        Assert.That(settings.Secrets.ApiKeys.Current.Size, Is.EqualTo(ApiKey.Length));
    }

    [TestCase("JWT_SECRET_PREVIOUS")]
    [TestCase("JWT_SECRET_NEXT")]
    [TestCase("API_KEY_PREVIOUS")]
    public void An_empty_file_of_what_need_not_be_says_that_there_is_none(string name)
    {
        var settings = Read(new() { [name + "_FILE"] = Write(name, "\n") });

        Assert.That(settings.Secrets.SigningKeys.All, Has.Count.EqualTo(1));
        Assert.That(settings.Secrets.ApiKeys.All, Has.Count.EqualTo(1));
    }

    [TestCase("JWT_SECRET")]
    [TestCase("JWT_SECRET_NEXT")]
    [TestCase("API_KEY_PREVIOUS")]
    [TestCase("DEMO_PASSWORD")]
    public void A_variable_and_its_file_are_not_both_set(string name)
    {
        var file = Write(name, "in-a-file-5d3a49268f0c1b7e5d3a4926");

        Assert.That(
            Failures(new() { [name] = "in-a-variable-5d3a49268f0c1b7e5d3a4926", [name + "_FILE"] = file }),
            Is.EqualTo(new[] { $"{name} and {name}_FILE are both set. Unset one of them." }));
    }

    [Test]
    public void A_variable_that_names_no_file_is_an_error([Values("", " ")] string path) =>
        Assert.That(
            Failures(new() { ["API_KEY_PREVIOUS_FILE"] = path }),
            Is.EqualTo(new[] { "API_KEY_PREVIOUS_FILE is set but blank. Name the file that holds API_KEY_PREVIOUS, or unset it." }));

    [TestCase("JWT_SECRET_NEXT", JwtSecret, "JWT_SECRET and JWT_SECRET_NEXT have the same value. Take JWT_SECRET_NEXT away, or give it its own.")]
    [TestCase("JWT_SECRET_PREVIOUS", JwtSecret, "JWT_SECRET and JWT_SECRET_PREVIOUS have the same value. Take JWT_SECRET_PREVIOUS away, or give it its own.")]
    [TestCase("API_KEY_PREVIOUS", ApiKey, "API_KEY and API_KEY_PREVIOUS have the same value. Take API_KEY_PREVIOUS away, or give it its own.")]
    public void One_secret_twice_is_refused_everywhere(string name, string secret, string problem)
    {
        foreach (var development in new[] { true, false })
        {
            Assert.That(Failures(new() { [name] = secret }, development), Is.EqualTo(new[] { problem }));
            Assert.That(Failures(new() { [name + "_FILE"] = Write(name, secret + "\n") }, development), Is.EqualTo(new[] { problem }));
        }
    }

    private Settings Read(Dictionary<string, string> changes, bool development = false)
    {
        var environment = new Dictionary<string, string>
        {
            ["JWT_SECRET"] = JwtSecret,
            ["API_KEY"] = ApiKey,
            ["DEMO_USERNAME"] = "admin",
            ["DEMO_PASSWORD"] = "the kettle sang twice",
            ["BHIV_DATA"] = DataDirectory,
        };
        // What stands in a file stands nowhere else, unless the test says so.
        foreach (var (name, _) in changes.Where(change => change.Key.EndsWith("_FILE", StringComparison.Ordinal))) environment.Remove(name[..^5]);
        foreach (var (name, value) in changes) environment[name] = value;
        return Settings.Read((IConfigurationRoot)new ConfigurationBuilder().Build(), environment, development);
    }

    private string[] Failures(Dictionary<string, string> changes, bool development = false)
    {
        try
        {
            Read(changes, development);
            return [];
        }
        catch (StartRefusedException refusal)
        {
            return refusal.Message.Split(Environment.NewLine);
        }
    }

    private string PathOf(string name) => Path.Combine(DataDirectory, name);

    private string Write(string name, string text)
    {
        File.WriteAllText(PathOf(name), text);
        return PathOf(name);
    }
}
