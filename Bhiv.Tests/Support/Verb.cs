using System.Diagnostics;

namespace Bhiv.Tests.Support;

/// <summary>The built service as a command that ends by itself.</summary>
internal sealed record Verb(int ExitCode, string Output, string Errors)
{
    /// <param name="environment">The only variables of ours that it gets.</param>
    public static Task<Verb> RunAsync(Dictionary<string, string> environment, params string[] arguments) =>
        RunAsync(ServiceProcess.Describe(environment, arguments));

    /// <summary>As somebody whom the modes of files bind, which they do not bind root.</summary>
    public static Task<Verb> RunUnprivilegedAsync(Dictionary<string, string> environment, params string[] arguments) =>
        RunAsync(Unprivileged(ServiceProcess.Describe(environment, arguments)));

    /// <summary>The same, with something to read.</summary>
    public static Task<Verb> ReadUnprivilegedAsync(string input, Dictionary<string, string> environment, params string[] arguments)
    {
        var start = Unprivileged(ServiceProcess.Describe(environment, arguments));
        start.RedirectStandardInput = true;
        return RunAsync(start, input);
    }

    /// <param name="input">What it reads on standard input.</param>
    public static Task<Verb> ReadAsync(string input, Dictionary<string, string> environment, params string[] arguments)
    {
        var start = ServiceProcess.Describe(environment, arguments);
        start.RedirectStandardInput = true;
        return RunAsync(start, input);
    }

    private static ProcessStartInfo Unprivileged(ProcessStartInfo start)
    {
        if (!Environment.IsPrivilegedProcess) return start;
        string[] nobody = ["--reuid=65534", "--regid=65534", "--clear-groups"];
        if (!Programs.CanRun($"setpriv {string.Join(' ', nobody)} dotnet {start.ArgumentList[0]} --version"))
            Assert.Ignore("Who has no privileges cannot run the service here: for want of setpriv (util-linux), or of a mode.");
        foreach (var argument in nobody.Append(start.FileName).Reverse()) start.ArgumentList.Insert(0, argument);
        start.FileName = "setpriv";
        return start;
    }

    private static async Task<Verb> RunAsync(ProcessStartInfo start, string input = "")
    {
        using var process = Process.Start(start)!;
        if (start.RedirectStandardInput)
        {
            await process.StandardInput.WriteAsync(input);
            process.StandardInput.Close();
        }
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
        var verb = new Verb(process.ExitCode, await output, await errors);
        var asked = start.ArgumentList.SkipWhile(argument => !argument.EndsWith("Bhiv.Api.dll", StringComparison.Ordinal)).Skip(1).First();
        // What it is asked to make, and then shows.
        if (asked is "secrets" or "keys" or "accounts")
        {
            // What an account has by such a name is when its password was set.
            if (asked is not "accounts") UsedSecrets.AddNamed(verb.Output);
            UsedSecrets.AddHandedOut(verb.Output);
        }
        else
        {
            UsedSecrets.AssertNoneIn(verb.Output, "the output of " + asked);
        }
        UsedSecrets.AssertNoneIn(verb.Errors, "the log of " + asked);
        return verb;
    }
}
