namespace Bhiv.Benchmark;

/// <summary>Nothing that was measured can be trusted, or nothing could be measured; the message says why.</summary>
internal sealed class BenchmarkException(string message) : Exception(message);
