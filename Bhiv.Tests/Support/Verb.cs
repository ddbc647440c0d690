using System.Diagnostics;

namespace Bhiv.Tests.Support;

/// <summary>The built service as a command that ends by itself.</summary>
internal sealed record Verb(int ExitCode, string Output, string Errors)
{
    /// <param name="environment">The only variables of ours that it gets.</param>
    public static async Task<Verb> RunAsync(Dictionary<string, string> environment, params string[] arguments)
    {
        using var process = Process.Start(ServiceProcess.Describe(environment, arguments))!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
        return new Verb(process.ExitCode, await output, await errors);
    }
}
