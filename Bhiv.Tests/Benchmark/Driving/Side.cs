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

    public async Task<double?> AllocatedAsync(CancellationToken cancellationToken) =>
        IsServerMode ? await Process!.AskAsync(ServerMode.Allocated, cancellationToken) : null;
}
