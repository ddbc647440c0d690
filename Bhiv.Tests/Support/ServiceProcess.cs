using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Bhiv.Tests.Support;

/// <summary>The built service as a process of its own, as an operator runs it.</summary>
internal sealed partial class ServiceProcess : IDisposable
{
    private static readonly string[] Ours =
    [
        "JWT_SECRET", "JWT_SECRET_PREVIOUS", "JWT_SECRET_NEXT", "API_KEY", "API_KEY_PREVIOUS", "DEMO_USERNAME", "DEMO_PASSWORD",
        "JWT_SECRET_FILE", "JWT_SECRET_PREVIOUS_FILE", "JWT_SECRET_NEXT_FILE", "API_KEY_FILE", "API_KEY_PREVIOUS_FILE", "DEMO_PASSWORD_FILE",
        "BHIV_DATA", "DATABASE_URL", "SENTRY_DSN", "ASPNETCORE_URLS", "ASPNETCORE_ENVIRONMENT", "DOTNET_ENVIRONMENT",
        "OTEL_EXPORTER_OTLP_ENDPOINT",
    ];

    /// <summary>How the one line begins in which <c>serve --ephemeral</c> tells its secrets.</summary>
    private const string Ephemeral = "{\"url\":";

    private readonly Process process;
    private readonly ConcurrentQueue<string> lines = new();
    private readonly ManualResetEventSlim reading = new(initialState: true);
    private readonly TaskCompletionSource<Uri> listening = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ServiceProcess(Process process) => this.process = process;

    /// <summary>Of the process, now.</summary>
    public long ResidentMebibytes
    {
        get
        {
            process.Refresh();
            return process.WorkingSet64 / (1024 * 1024);
        }
    }

    public string Output => string.Join('\n', lines);

    /// <summary>Whether its log is looked through for secrets at the end.</summary>
    public bool IsInspected { get; set; } = true;

    /// <param name="environment">The only variables of ours that it gets.</param>
    /// <param name="workingDirectory">Where it is started from.</param>
    public static ServiceProcess Start(
        Dictionary<string, string> environment, string[] arguments, string? workingDirectory = null)
    {
        var start = Describe(environment, arguments, workingDirectory);
        // Arguments win.
        foreach (var (name, value) in BhivService.Unlimited) start.Environment.TryAdd(name.Replace(":", "__", StringComparison.Ordinal), value);
        var service = new ServiceProcess(new Process { StartInfo = start });
        service.process.OutputDataReceived += (_, line) => service.Hear(line.Data);
        service.process.ErrorDataReceived += (_, line) => service.Hear(line.Data);
        service.process.Start();
        service.process.BeginOutputReadLine();
        service.process.BeginErrorReadLine();
        return service;
    }

    public static ProcessStartInfo Describe(
        Dictionary<string, string> environment, string[] arguments, string? workingDirectory = null)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Bhiv.Api.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = workingDirectory ?? Path.GetTempPath(),
        };
        UsedSecrets.AddOf(environment);
        foreach (var name in Ours) start.Environment.Remove(name);
        foreach (var (name, value) in environment) start.Environment[name] = value;
        return start;
    }

    /// <summary>A service on a free port with the runbook's values.</summary>
    public static ServiceProcess StartDevelopment(string dataDirectory, params string[] arguments) => Start(
        new() { ["ASPNETCORE_ENVIRONMENT"] = "Development", ["BHIV_DATA"] = dataDirectory },
        ["--urls=http://127.0.0.1:0", .. arguments]);

    /// <summary>Where it listens, once it does.</summary>
    public Task<Uri> AddressAsync() => listening.Task.WaitAsync(TimeSpan.FromSeconds(60));

    /// <summary>Its exit code, once it has ended by itself.</summary>
    public async Task<int> ExitCodeAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await process.WaitForExitAsync(patience.Token);
        return process.ExitCode;
    }

    /// <summary>Whether it ends by itself, read to its last line or not.</summary>
    public bool EndsWithin(TimeSpan patience) => process.WaitForExit(patience);

    /// <summary>From here on nobody takes what it writes.</summary>
    public void StopReading() => reading.Reset();

    public void ReadOn() => reading.Set();

    /// <summary>SIGTERM: it ends by itself.</summary>
    public void Terminate() => Process.Start("/bin/kill", ["-TERM", $"{process.Id}"]).WaitForExit();

    /// <summary>SIGKILL: nothing in it runs any more.</summary>
    public void Kill()
    {
        process.Kill(entireProcessTree: true);
        process.WaitForExit();
    }

    public void Dispose()
    {
        reading.Set();
        if (!process.HasExited) Kill();
        process.Dispose();
        if (IsInspected) UsedSecrets.AssertNoneIn(string.Join('\n', lines.Where(line => !line.StartsWith(Ephemeral, StringComparison.Ordinal))), "the log of a process");
    }

    private void Hear(string? line)
    {
        if (line is null) return;
        reading.Wait();
        lines.Enqueue(line);
        if (line.StartsWith(Ephemeral, StringComparison.Ordinal)) UsedSecrets.AddNamed(line);
        if (Listening().Match(line) is { Success: true } match) listening.TrySetResult(new Uri(match.Groups[1].Value));
    }

    [GeneratedRegex(@"Now listening on: \W*(http://[\w.:]+)")]
    private static partial Regex Listening();
}
