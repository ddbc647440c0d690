using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Bhiv.Benchmark.Driving;
using Bhiv.Tests.Support;

namespace Bhiv.Benchmark.Serving;

/// <summary>A published server as a process of its own, in Production, on loopback and pinned to its core.</summary>
internal sealed class ServerProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process process;
    private readonly TemporaryDirectory? ownDirectory;
    private readonly long started;

    private ServerProcess(Process process, Target target, TemporaryDirectory? ownDirectory, long started)
    {
        this.process = process;
        this.ownDirectory = ownDirectory;
        this.started = started;
        Target = target;
    }

    public Target Target { get; }

    /// <summary>Of all its threads, in the kernel too.</summary>
    public TimeSpan CpuTime
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
    }

    public double ResidentMebibytes
    {
        get
        {
            process.Refresh();
            return process.WorkingSet64 / (1024.0 * 1024.0);
        }
    }

    /// <param name="library">What to run: the product, or this program in its server mode.</param>
    /// <param name="data">Where the database is, when it shall outlive the server.</param>
    public static ServerProcess Start(string library, string[] arguments, string? data = null)
    {
        var own = data is null ? new TemporaryDirectory() : null;
        var target = Credentials.At(new Uri($"http://127.0.0.1:{FreePort()}"));
        // The log goes where it costs least: one line for each request is written, and nobody is measured reading it. exec keeps
        // the process id, by which its time is read.
        var start = new ProcessStartInfo(
            "/bin/sh",
            ["-c", Machine.Pins ? "exec taskset -c 0 \"$@\" >/dev/null" : "exec \"$@\" >/dev/null", "sh", "dotnet", library,
                .. arguments, $"--urls={target.Address}"])
        {
            RedirectStandardInput = true,
            RedirectStandardError = true,
        };
        Credentials.Give(start.Environment, data ?? own!.Path);
        // The driver is one address that hurries; an argument wins.
        start.Environment["RateLimits__RequestsPerMinute"] = "1000000";
        // The runtime makes no final code while new methods keep appearing; on a core that a load fills, that can outlast every
        // warm-up. How soon it may begin says nothing of how good it is. The product itself starts and rests as it comes.
        if (arguments is [ServerMode.Verb, ..]) start.Environment["DOTNET_TC_CallCountingDelayMs"] = "0";
        var started = Stopwatch.GetTimestamp();
        return new ServerProcess(Process.Start(start)!, target, own, started);
    }

    /// <summary>
    /// Waits for the first 200, which is a login: every other call needs what it gives. How long that took from the start.
    /// </summary>
    public async Task<TimeSpan> AnswersAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await Target.LogInAsync(cancellationToken);
                return Stopwatch.GetElapsedTime(started);
            }
            catch (SocketException)
            {
                if (process.HasExited || Stopwatch.GetElapsedTime(started) > Patience)
                {
                    Kill();
                    var said = await process.StandardError.ReadToEndAsync(cancellationToken);
                    throw new BenchmarkException($"A server did not start: {said}");
                }
                await Task.Delay(2, cancellationToken);
            }
        }
    }

    /// <summary>What the server mode answers; the product by itself has no ear.</summary>
    public async Task<double> AskAsync(string question, CancellationToken cancellationToken)
    {
        await process.StandardInput.WriteLineAsync(question.AsMemory(), cancellationToken);
        await process.StandardInput.FlushAsync(cancellationToken);
        var answer = await process.StandardError.ReadLineAsync(cancellationToken);
        return double.TryParse(answer, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new BenchmarkException($"The server was asked \"{question}\" and said \"{answer}\".");
    }

    /// <summary>What the server mode makes that many of.</summary>
    public async Task AddAsync(string what, long count, CancellationToken cancellationToken)
    {
        var added = await AskAsync(string.Create(CultureInfo.InvariantCulture, $"{what} {count}"), cancellationToken);
        if (added != count) throw new BenchmarkException($"{what} of {count} made {added}.");
    }

    /// <summary>A rate that the server mode measures by itself.</summary>
    public Task<double> RateAsync(string what, TimeSpan time, CancellationToken cancellationToken) =>
        AskAsync(string.Create(CultureInfo.InvariantCulture, $"{what} {time.TotalSeconds}"), cancellationToken);

    public void Dispose()
    {
        Kill();
        process.Dispose();
        ownDirectory?.Dispose();
    }

    private void Kill()
    {
        if (!process.HasExited) process.Kill();
        process.WaitForExit();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
