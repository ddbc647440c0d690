using Bhiv.Benchmark.Serving;

namespace Bhiv.Benchmark.Driving;

/// <summary>What is measured, alone or beside another.</summary>
/// <param name="Process">Null when the server is not ours.</param>
/// <param name="IsServerMode">Whether the process can be asked.</param>
internal sealed record Side(Target Target, ServerProcess? Process = null, bool IsServerMode = false)
{
    public static async Task<Side> StartedAsync(ServerProcess process, bool isServerMode, CancellationToken cancellationToken)
    {
        await process.AnswersAsync(cancellationToken);
        return new Side(process.Target, process, isServerMode);
    }

    /// <summary>Another server in the same process.</summary>
    public async Task<Side> BesideAsync(string flags, CancellationToken cancellationToken)
    {
        var port = await Process!.AskAsync($"{ServerMode.Beside} {flags}".TrimEnd(), cancellationToken);
        return this with { Target = Target with { Address = new UriBuilder(Target.Address) { Port = (int)port }.Uri } };
    }

    /// <summary>Asked of the server itself it is exact; what the system tells of another process comes in steps of 10 ms.</summary>
    public async Task<TimeSpan?> CpuTimeAsync(CancellationToken cancellationToken) => IsServerMode
        ? TimeSpan.FromMicroseconds(await Process!.AskAsync(ServerMode.CpuTime, cancellationToken))
        : Process?.CpuTime;

    public async Task<double?> AllocatedAsync(CancellationToken cancellationToken) =>
        IsServerMode ? await Process!.AskAsync(ServerMode.Allocated, cancellationToken) : null;
}
