using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Bhiv.Benchmark.Serving;
using Bhiv.Tests.Support;

namespace Bhiv.Benchmark;

/// <summary>Where the figures were measured: without it they mean nothing.</summary>
internal sealed record Machine(int Cores, string Cpu, string Runtime, string Commit, string Date, string Load, string Pinning)
{
    /// <summary>The server has the first core to itself and the driver the second, where there are two to give.</summary>
    public static bool Pins { get; } = Environment.ProcessorCount > 1 && File.Exists("/usr/bin/taskset");

    public static void PinThisProcess()
    {
        if (!Pins) return;
        // All of its threads (-a): the runtime has some already.
        using var taskset = Process.Start(new ProcessStartInfo(
            "/usr/bin/taskset", ["-acp", "1", Environment.ProcessId.ToString(CultureInfo.InvariantCulture)])
        {
            RedirectStandardOutput = true,
        })!;
        taskset.StandardOutput.ReadToEnd();
        taskset.WaitForExit();
    }

    public static async Task<Machine> DescribeAsync(CancellationToken cancellationToken)
    {
        var commit = await Tool.RunAsync("git", ["-C", Repository.Root, "rev-parse", "--short", "HEAD"], cancellationToken);
        var changes = await Tool.RunAsync("git", ["-C", Repository.Root, "status", "--porcelain"], cancellationToken);
        return new Machine(
            Environment.ProcessorCount,
            Read("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?
                .Split(':')[1].Trim() ?? RuntimeInformation.ProcessArchitecture.ToString(),
            RuntimeInformation.FrameworkDescription,
            commit.Trim() + (string.IsNullOrWhiteSpace(changes) ? "" : " with changes"),
            TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture),
            string.Join(' ', Read("/proc/loadavg").FirstOrDefault()?.Split(' ')[..3] ?? []),
            Pins ? "server on core 0, driver on core 1" : "none: server and driver share the cores");
    }

    private static string[] Read(string path) => File.Exists(path) ? File.ReadAllLines(path) : [];
}
