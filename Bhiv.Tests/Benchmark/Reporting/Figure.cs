namespace Bhiv.Benchmark.Reporting;

/// <summary>One line of the report: the median of what each round gave, and how far it can be trusted.</summary>
/// <param name="Target">What is aimed at, in the same unit; reported and never enforced.</param>
internal sealed record Figure(string Name, string Unit, IReadOnlyList<double> Values, Goal? Target = null)
{
    private readonly double[] sorted = [.. Values.Order()];

    public double Median => (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;

    public double Low => sorted[Outside];

    public double High => sorted[^(Outside + 1)];

    /// <summary>
    /// How many values lie outside of the interval at each end. By their ranks, whatever their distribution, the median is between
    /// the rest with 95 %; of seven rounds or fewer, that takes all.
    /// </summary>
    private int Outside => Math.Max(0, (int)((sorted.Length - 1.96 * Math.Sqrt(sorted.Length)) / 2) - 1);
}

/// <summary>At most or at least so much.</summary>
internal sealed record Goal(bool AtMost, double Value)
{
    /// <summary>Null when the interval has it inside: the run does not decide.</summary>
    public bool? IsMetBy(Figure figure)
    {
        var (good, bad) = AtMost ? (figure.High <= Value, figure.Low > Value) : (figure.Low >= Value, figure.High < Value);
        return good ? true : bad ? false : null;
    }
}
