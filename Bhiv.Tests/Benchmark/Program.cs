using System.Net.Sockets;
using System.Runtime.InteropServices;
using Bhiv.Benchmark.Measurements;
using Bhiv.Benchmark.Reporting;
using Bhiv.Benchmark.Serving;
using Bhiv.Tests.Support;

namespace Bhiv.Benchmark;

internal static class Program
{
    public static async Task<int> Main(string[] args)
    {
        // The other side of this program: what it starts as a server.
        if (args is [ServerMode.Verb, .. var rest]) return await ServerMode.RunAsync(rest);

        using var stop = new CancellationTokenSource();
        // Cancelled and not killed: servers, worktrees and temporary directories go with us.
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => Stop(signal, stop));
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => Stop(signal, stop));
        try
        {
            var options = Options.Parse(args);
            Machine.PinThisProcess();
            var machine = await Machine.DescribeAsync(stop.Token);
            var figures = await MeasureAsync(options, stop.Token);
            Console.WriteLine(options.Json ? Report.Json(machine, options, figures) : Report.Table(machine, options, figures));
            return 0;
        }
        catch (Exception fault) when (fault is BenchmarkException or SocketException)
        {
            await Console.Error.WriteLineAsync(fault.Message);
            return 1;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync("Stopped.");
            return 1;
        }
    }

    private static async Task<IReadOnlyList<Figure>> MeasureAsync(Options options, CancellationToken cancellationToken)
    {
        if (options.Url is not null) return await OtherServer.MeasureAsync(options, cancellationToken);

        using var directory = new TemporaryDirectory();
        if (options.Commits is [var before, var after])
            return await Comparison.MeasureAsync(before, after, options, directory.Path, cancellationToken);

        var product = await Publication.PublishAsync(Repository.Root, "Bhiv.Api", directory.Path, "api", cancellationToken);
        var both = await Publication.PublishAsync(
            Repository.Root, "Bhiv.Tests/Benchmark", directory.Path, "benchmark", cancellationToken);
        return await Measurement.RunAllAsync(product, both, options, cancellationToken);
    }

    private static void Stop(PosixSignalContext signal, CancellationTokenSource stop)
    {
        signal.Cancel = true;
        stop.Cancel();
    }
}
