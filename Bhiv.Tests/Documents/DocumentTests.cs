using Bhiv.Tests.Support;

namespace Bhiv.Tests.Documents;

/// <summary>The commands of the pages, run as they stand. What is another here than at a reader's is said below, and nothing else is.</summary>
public sealed class DocumentTests
{
    /// <summary>What the pages' commands need beside .NET.</summary>
    private static readonly string[] Needed = ["curl --version", "openssl version", "sqlite3 --version", "/usr/bin/python3 -c 'import jwt'", "setsid --version"];

    private TemporaryDirectory directory = null!;
    private string address = null!;
    private DocumentRun run = null!;

    [SetUp]
    public void StandInAClone()
    {
        foreach (var program in Needed)
        {
            if (!Programs.CanRun(program)) Assert.Ignore($"The pages need what `{program}` asks for, and it is not installed.");
        }
        directory = new TemporaryDirectory();
        address = $"localhost:{Ports.Free()}";
        Directory.CreateDirectory(Path.Combine(directory.Path, "Bhiv.Api"));
        File.CreateSymbolicLink(Path.Combine(directory.Path, "Bhiv.Api", "Scripts"), Path.Combine(Repository.Root, "Bhiv.Api", "Scripts"));
        // The published build is the one that is tested.
        File.CreateSymbolicLink(Path.Combine(directory.Path, "out"), AppContext.BaseDirectory.TrimEnd('/'));
        run = new DocumentRun(directory.Path, new()
        {
            ["ASPNETCORE_URLS"] = $"http://{address}",
            ["BHIV_URL"] = $"http://{address}",
            ["BHIV_CACHE"] = Path.Combine(directory.Path, "cache"),
            // The distribution's python3, which has the distribution's jwt.
            ["PATH"] = "/usr/bin:" + Environment.GetEnvironmentVariable("PATH"),
        });
    }

    [TearDown]
    public void Leave()
    {
        run?.Dispose();
        directory?.Dispose();
    }

    [Test]
    public Task Every_command_of_the_runbook_runs_in_order_and_prints_what_it_says() =>
        run.RunAsync(Path.Combine(Repository.Root, "Bhiv.Api", "RUNBOOK.md"), Here);

    [Test]
    public Task Every_command_of_the_README_runs_in_order() => run.RunAsync(Path.Combine(Repository.Root, "README.md"), command => Here(command) switch
    {
        // They run this very test, or for a quarter of an hour.
        var tests when tests.Contains("dotnet test", StringComparison.Ordinal) || tests.Contains("Bhiv.Tests/Benchmark", StringComparison.Ordinal) => null,
        // The build that is tested, in place of another.
        var start when start.StartsWith("dotnet run --project Bhiv.Api", StringComparison.Ordinal) => Background("dotnet out/Bhiv.Api.dll --environment Development"),
        var publish when publish.StartsWith("dotnet publish", StringComparison.Ordinal) => publish[(publish.IndexOf('\n') + 1)..],
        // One port, and so one service after the other.
        var operate when operate.StartsWith("(set -a && . ./bhiv.env && exec", StringComparison.Ordinal) => $"kill $!; wait $! || true\n{Background(operate.Trim().TrimEnd('&'))}",
        var python when python.Contains("python3", StringComparison.Ordinal) => python.Replace("'JWT_SECRET'", $"'{Calls.JwtSecret}'", StringComparison.Ordinal),
        var any => any,
    });

    private string Background(string service) =>
        $"{service.Trim()} > service.log 2>&1 &\ncurl -fsS --retry 50 --retry-delay 1 --retry-connrefused http://{address}/health/ready";

    /// <summary>Another port and another directory than the reader's.</summary>
    private string Here(string command) => command
        .Replace("localhost:8000", address, StringComparison.Ordinal)
        .Replace("/var/lib/bhiv", Path.Combine(directory.Path, "data"), StringComparison.Ordinal);
}
