using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using Bhiv.Api.Configuration;
using Bhiv.Domain.SigningKeys;
using Bhiv.Tests.Support;
using Microsoft.Extensions.Configuration;

namespace Bhiv.Tests.RunbookCommands;

/// <summary>
/// The runbook's commands, read out of its text and run by a shell and the real curl against the service as a process. Nothing in
/// them is changed but the port, and the tokens where the runbook says &lt;access-token&gt; and &lt;refresh-token&gt;.
/// </summary>
public sealed partial class RunbookTests
{
    private static readonly IReadOnlyList<string> Blocks = [.. Fence()
        .Matches(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "RunbookCommands", "runbook.md")))
        .Select(match => match.Groups[1].Value)];

    private TemporaryDirectory directory = null!;
    private ServiceProcess service = null!;
    private Uri address = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        if (!Programs.IsInstalled("curl")) Assert.Ignore("curl is not installed, and the runbook is written for it.");
        directory = new TemporaryDirectory();
        service = ServiceProcess.StartDevelopment(directory.Path);
        address = await service.AddressAsync();
    }

    [OneTimeTearDown]
    public void Stop()
    {
        service?.Dispose();
        directory?.Dispose();
    }

    [Test]
    public void The_runbook_is_the_one_that_these_tests_know() => Assert.That(Blocks, Has.Count.EqualTo(6));

    [Test]
    public void Get_a_token_use_it_and_refresh_it()
    {
        var login = JsonDocument.Parse(Run(Command("/auth/login\" \\"))).RootElement;
        AssertPair(login);

        var design = JsonDocument.Parse(Run(Command("/generate"), ("<access-token>", Text(login, "access_token")))).RootElement;
        Assert.That(design.EnumerateObject().Select(member => member.Name), Is.EqualTo(
            new[] { "spec_id", "spec_json", "preview_url", "created_at", "processing_time", "success" }));
        Assert.That(design.GetProperty("success").GetBoolean(), Is.True);
        Assert.That(design.GetProperty("spec_json").GetProperty("building_type").GetString(), Is.EqualTo("office"));

        var refresh = JsonDocument.Parse(Run(Command("/auth/refresh"), ("<refresh-token>", Text(login, "refresh_token")))).RootElement;
        AssertPair(refresh);
        Assert.That(Text(refresh, "refresh_token"), Is.Not.EqualTo(Text(login, "refresh_token")));
    }

    [Test]
    public void The_debug_command_works_though_it_names_no_content_type()
    {
        var block = Blocks.Single(block => block.Contains("# Test authentication", StringComparison.Ordinal));

        AssertPair(JsonDocument.Parse(Run(block[block.IndexOf("curl -v", StringComparison.Ordinal)..])).RootElement);
    }

    [Test]
    public void The_command_for_a_secret_makes_one_that_is_accepted()
    {
        if (!Programs.IsInstalled("openssl")) Assert.Ignore("openssl is not installed, and the runbook makes its secret with it.");

        var secret = Run(Command("openssl rand")).Trim();

        var environment = new Dictionary<string, string>
        {
            ["JWT_SECRET"] = secret,
            ["API_KEY"] = "5d3a49268f0c1b7e5d3a4926",
            ["DEMO_USERNAME"] = "admin",
            ["DEMO_PASSWORD"] = "the kettle sang twice",
            ["BHIV_DATA"] = directory.Path,
        };
        var production = Settings.Read((IConfigurationRoot)new ConfigurationBuilder().Build(), environment, development: false);
        Assert.That(production.Secrets.SigningKeys.Active.Id, Is.EqualTo(new SigningKey(secret).Id));
    }

    [Test]
    public void Development_runs_on_the_variables_that_the_runbook_lists()
    {
        Assert.That(Command("JWT_SECRET=").Trim().Split('\n'), Is.EqualTo(new[]
        {
            $"JWT_SECRET={Runbook.JwtSecret}",
            $"DEMO_USERNAME={Runbook.DemoUsername}",
            $"DEMO_PASSWORD={Runbook.DemoPassword}",
            $"API_KEY={Runbook.ApiKey}",
        }));
    }

    private static void AssertPair(JsonElement pair)
    {
        Assert.That(
            pair.EnumerateObject().Select(member => member.Name),
            Is.EqualTo(new[] { "access_token", "refresh_token", "token_type", "expires_in" }));
        Assert.That(Text(pair, "token_type"), Is.EqualTo("bearer"));
        Assert.That(pair.GetProperty("expires_in").GetInt32(), Is.EqualTo(900));
        foreach (var token in new[] { Text(pair, "access_token"), Text(pair, "refresh_token") })
        {
            Assert.That(HandMadeJwt.Verifies(token, Calls.JwtSecret), Is.True);
            Assert.That(HandMadeJwt.Header(token).GetProperty("alg").GetString(), Is.EqualTo("HS256"));
        }
    }

    private static string Command(string part) => Blocks.First(block => block.Contains(part, StringComparison.Ordinal));

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString()!;

    private string Run(string command, params (string Placeholder, string Value)[] values)
    {
        command = command.Replace("localhost:8000", address.Authority, StringComparison.Ordinal);
        foreach (var (placeholder, value) in values)
        {
            Assert.That(command, Does.Contain(placeholder));
            command = command.Replace(placeholder, value, StringComparison.Ordinal);
        }
        using var shell = Shell(command);
        // curl -v talks on standard error; the answer is on standard output.
        var errors = shell.StandardError.ReadToEndAsync();
        var output = shell.StandardOutput.ReadToEnd();
        Assert.That(shell.WaitForExit(TimeSpan.FromSeconds(30)), Is.True);
        Assert.That(shell.ExitCode, Is.Zero, errors.Result);
        return output;
    }

    private static Process Shell(string command) => Process.Start(new ProcessStartInfo("sh", ["-c", command])
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;

    [GeneratedRegex(@"^ *```bash\n(.*?)^ *```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();
}
