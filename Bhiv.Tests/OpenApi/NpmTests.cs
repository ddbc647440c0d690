using System.Diagnostics;
using System.Text.RegularExpressions;
using Bhiv.Tests.Support;

namespace Bhiv.Tests.OpenApi;

/// <summary>
/// The document in other people's hands: a linter, and a client that is generated from it. Both come by npm at full size; at the small
/// size their sources are read.
/// </summary>
public sealed partial class NpmTests
{
    private static readonly string Project = Path.Combine(Repository.Root, "Bhiv.Tests", "OpenApi", "Client");

    private TemporaryDirectory? directory;
    private ServiceProcess? service;

    [OneTimeSetUp]
    public async Task PrepareAsync()
    {
        if (!Proofs.Full) return;
        if (!Programs.IsInstalled("npm")) Assert.Ignore("npm is not installed; it comes with Node.js.");
        directory = new TemporaryDirectory();
        foreach (var file in Directory.GetFiles(Project)) File.Copy(file, Path.Combine(directory.Path, Path.GetFileName(file)));
        await RunAsync("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund");
        service = ServiceProcess.StartDevelopment(Path.Combine(directory.Path, "data"));
        using var client = new HttpClient { BaseAddress = await service.AddressAsync() };
        await File.WriteAllTextAsync(Path.Combine(directory.Path, "openapi.json"), await client.GetStringAsync("/openapi.json"));
    }

    [OneTimeTearDown]
    public void Remove()
    {
        service?.Dispose();
        directory?.Dispose();
    }

    [Test]
    public async Task The_linter_says_nothing_that_its_ruleset_does_not_answer()
    {
        if (Proofs.Full)
        {
            await RunAsync("npx", "--no-install", "spectral", "lint", "openapi.json", "--ruleset", "spectral.yaml", "--fail-severity", "hint");
            return;
        }

        var lines = await File.ReadAllLinesAsync(Path.Combine(Project, "spectral.yaml"));
        var unanswered = lines.Where((line, at) => line.EndsWith("\"off\"", StringComparison.Ordinal)
            && !lines[..at].Reverse().SkipWhile(before => before.EndsWith("\"off\"", StringComparison.Ordinal)).First().Contains("# "));
        Assert.That(lines, Has.Some.EndsWith("\"off\""));
        Assert.That(unanswered, Is.Empty);
    }

    [Test]
    public async Task A_generated_client_compiles_logs_in_refreshes_and_generates()
    {
        if (Proofs.Full)
        {
            await RunAsync("npx", "--no-install", "openapi-typescript", "openapi.json", "--output", "schema.ts");
            await RunAsync("npx", "--no-install", "tsc", "--project", ".");
            var said = await RunAsync("node", "out/client.js", (await service!.AddressAsync()).ToString(), Calls.ApiKey);
            Assert.That(said.Trim(), Is.EqualTo("rotated office 5 invalid_credentials"));
            return;
        }

        await using var running = await BhivService.StartAsync();
        var paths = (await Answer.OfAsync(running.Client.GetAsync("/openapi.json"))).Json.GetProperty("paths");
        var calls = Call().Matches(await File.ReadAllTextAsync(Path.Combine(Project, "client.ts"))).Select(call => call.Groups[1].Value).ToList();
        Assert.That(calls, Is.Not.Empty.And.All.Matches<string?>(path => paths.TryGetProperty(path!, out _)));
    }

    [Test]
    public async Task What_is_installed_is_pinned_and_names_no_server() => Assert.That(
        await File.ReadAllTextAsync(Path.Combine(Project, "package-lock.json")), Does.Contain("\"integrity\"").And.Not.Contain("\"resolved\""));

    [GeneratedRegex(@"api\.POST\(""([^""]+)""")]
    private static partial Regex Call();

    private async Task<string> RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = directory!.Path,
        };
        using var process = Process.Start(start)!;
        var complaints = process.StandardError.ReadToEndAsync();
        var said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.That(process.ExitCode, Is.Zero, $"{program} {string.Join(' ', arguments)}\n{said}{await complaints}");
        return said;
    }
}
