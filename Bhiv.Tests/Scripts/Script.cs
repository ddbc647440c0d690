using System.Diagnostics;
using System.Text;

namespace Bhiv.Tests.Scripts;

/// <summary>A script that runs, in a session of its own: it finds no terminal to ask on, whoever runs the tests from one.</summary>
internal sealed class Script
{
    private readonly Process process;
    private readonly Task<string> output;
    private readonly Task<string> messages;

    private Script(Process process)
    {
        this.process = process;
        output = process.StandardOutput.ReadToEndAsync();
        messages = process.StandardError.ReadToEndAsync();
    }

    public static Script Start(string[] command, Dictionary<string, string?> environment, string input = "")
    {
        var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        var start = new ProcessStartInfo("setsid", ["--wait", .. command])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = utf8,
            StandardOutputEncoding = utf8,
            StandardErrorEncoding = utf8,
        };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        var script = new Script(Process.Start(start)!);
        try
        {
            script.process.StandardInput.Write(input);
            script.process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended without having read its input.
        }
        return script;
    }

    /// <summary>Ctrl+C: SIGINT to the script and to all that it started.</summary>
    public void Interrupt() => Process.Start("/bin/kill", ["-INT", "--", $"-{process.Id}"]).WaitForExit();

    /// <summary>What came of it.</summary>
    public async Task<ScriptResult> ResultAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        try
        {
            await process.WaitForExitAsync(patience.Token);
            return new ScriptResult(process.ExitCode, await output, await messages);
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
            process.Dispose();
        }
    }
}

/// <param name="Output">Standard output.</param>
/// <param name="Messages">Standard error.</param>
internal sealed record ScriptResult(int ExitCode, string Output, string Messages);
