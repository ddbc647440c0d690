namespace Bhiv.Benchmark.Reporting;

/// <summary>One line of the report: the median of what each round gave, and its spread.</summary>
/// <param name="Target">What is aimed at, in the same unit; reported and never enforced.</param>
internal sealed record Figure(string Name, string Unit, IReadOnlyList<double> Values, Goal? Target = null)
{
    public double Median => Values.Order().ToList() is var sorted && sorted.Count % 2 == 1
        ? sorted[sorted.Count / 2]
        : (sorted[sorted.Count / 2 - 1] + sorted[sorted.Count / 2]) / 2;

    public double Minimum => Values.Min();

    public double Maximum => Values.Max();
}

/// <summary>At most or at least so much.</summary>
internal sealed record Goal(bool AtMost, double Value)
{
    public bool IsMetBy(Figure figure) => AtMost ? figure.Median <= Value : figure.Median >= Value;
}
