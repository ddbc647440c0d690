using System.Net;

namespace Bhiv.Benchmark.Driving;

/// <summary>Connections that guess passwords without end, each under another name, whatever they are answered.</summary>
internal sealed class Flood : IAsyncDisposable
{
    private readonly CancellationTokenSource over;
    private readonly Task flooding;
    private readonly int[] answers = new int[600];
    private int names;

    private Flood(Target target, int connections, Func<int, IPAddress> source, CancellationToken cancellationToken)
    {
        over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        flooding = Task.WhenAll(Enumerable.Range(0, connections).Select(at => Task.Run(() => GuessAsync(target, source(at)))));
    }

    /// <summary>How many passwords were looked at.</summary>
    public int Looks => answers[401];

    /// <summary>All that was answered.</summary>
    public int Answers => answers.Sum();

    public static Flood Begin(Target target, int connections, Func<int, IPAddress> source, CancellationToken cancellationToken) =>
        new(target, connections, source, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await over.CancelAsync();
        await flooding;
        over.Dispose();
    }

    private async Task GuessAsync(Target target, IPAddress source)
    {
        try
        {
            while (true)
            {
                using var connection = await Connection.OpenAsync(target.Address, over.Token, source);
                for (var status = 1; status != 0;)
                {
                    status = await connection.StatusAsync(target.Login($"name {Interlocked.Increment(ref names)}", "a guess at a password"), over.Token);
                    Interlocked.Increment(ref answers[status]);
                }
            }
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
            // The flood is over.
        }
    }
}
