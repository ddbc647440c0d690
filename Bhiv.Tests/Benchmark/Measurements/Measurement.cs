using Bhiv.Benchmark.Reporting;

namespace Bhiv.Benchmark.Measurements;

/// <summary>All of them, or the one that was asked for.</summary>
internal static class Measurement
{
    /// <param name="product">The published product.</param>
    /// <param name="serverMode">The published benchmark, whose server mode can also serve the bare action and be asked.</param>
    public static async Task<IReadOnlyList<Figure>> RunAllAsync(
        string product, string serverMode, Options options, CancellationToken cancellationToken)
    {
        var figures = new List<Figure>();
        if (options.Wants("generate")) figures.AddRange(await Generate.MeasureAsync(serverMode, options, cancellationToken));
        if (options.Wants("monitoring")) figures.AddRange(await Monitoring.MeasureAsync(serverMode, options, cancellationToken));
        if (options.Wants("revoked")) figures.AddRange(await Revoked.MeasureAsync(serverMode, options, cancellationToken));
        if (options.Wants("refresh")) figures.AddRange(await Refresh.MeasureAsync(serverMode, options, cancellationToken));
        if (options.Wants("growth")) figures.AddRange(await Growth.MeasureAsync(serverMode, options, cancellationToken));
        if (options.Wants("login")) figures.AddRange(await Login.MeasureAsync(serverMode, options, cancellationToken));
        if (options.Wants("names")) figures.AddRange(await Names.MeasureAsync(serverMode, options, cancellationToken));
        if (options.Wants("flood")) figures.AddRange(await Flood.MeasureAsync(serverMode, options, cancellationToken));
        if (options.Wants("start")) figures.AddRange(await Start.MeasureAsync(product, options, cancellationToken));
        if (options.Wants("memory")) figures.AddRange(await Memory.MeasureAsync(product, options, cancellationToken));
        return figures;
    }
}
