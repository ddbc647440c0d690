using System.Diagnostics;

namespace Bhiv.Tests.Support;

/// <summary>What a test needs and a machine may lack.</summary>
internal static class Programs
{
    public static bool IsInstalled(string program) => CanRun($"command -v {program}");

    /// <param name="command">Something harmless that the program does; it succeeds where the program is there.</param>
    public static bool CanRun(string command)
    {
        using var shell = Process.Start(new ProcessStartInfo("sh", ["-c", command])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        shell.StandardOutput.ReadToEnd();
        shell.WaitForExit();
        return shell.ExitCode == 0;
    }
}
