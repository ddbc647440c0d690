using System.Diagnostics;
using Bhiv.Tests.Support;

namespace Bhiv.Tests.OpenApi;

/// <summary>The document in other people's hands: a linter, and a client that is generated from it.</summary>
[Category("Npm")]
public sealed class NpmTests
{
    private static readonly string Project = Path.Combine(Repository.Root, "Bhiv.Tests", "OpenApi", "Client");

    private TemporaryDirectory? directory;
    private ServiceProcess? service;

    [OneTimeSetUp]
    public async Task PrepareAsync()
    {
        if (!Proofs.Full) Assert.Ignore("It installs a linter and a compiler by npm: BHIV_TESTS=full runs it.");
        if (!IsInstalled("npm")) Assert.Ignore("npm is not installed; it comes with Node.js.");
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
    public async Task The_linter_says_nothing_that_its_ruleset_does_not_answer() =>
        await RunAsync("npx", "--no-install", "spectral", "lint", "openapi.json", "--ruleset", "spectral.yaml", "--fail-severity", "hint");

    [Test]
    public async Task A_generated_client_compiles_logs_in_refreshes_and_generates()
    {
        await RunAsync("npx", "--no-install", "openapi-typescript", "openapi.json", "--output", "schema.ts");
        await RunAsync("npx", "--no-install", "tsc", "--project", ".");
        var said = await RunAsync("node", "out/client.js", (await service!.AddressAsync()).ToString(), Calls.ApiKey);

        Assert.That(said.Trim(), Is.EqualTo("rotated office 5 invalid_credentials"));
    }

    private static bool IsInstalled(string program) => Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator)
        .Any(path => File.Exists(Path.Combine(path, program)));

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
