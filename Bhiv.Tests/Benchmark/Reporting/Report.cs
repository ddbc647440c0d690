using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Bhiv.Benchmark.Reporting;

internal static class Report
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        // A report is never HTML.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Table(Machine machine, Options options, IReadOnlyList<Figure> figures)
    {
        var text = new StringBuilder()
            .AppendLine(CultureInfo.InvariantCulture, $"{machine.Cores} cores, {machine.Cpu}; {machine.Runtime}")
            .AppendLine(CultureInfo.InvariantCulture, $"commit {machine.Commit}, {machine.Date}, load average {machine.Load}")
            .AppendLine(CultureInfo.InvariantCulture, $"{Size(options)}; pinning: {machine.Pinning}");
        if (options.Commits is [var before, var after])
            text.AppendLine(CultureInfo.InvariantCulture, $"before is {before}, after is {after}");
        text.AppendLine();
        var width = figures.Max(figure => figure.Name.Length);
        text.AppendLine(CultureInfo.InvariantCulture, $"{"".PadRight(width)} {"median",9} {"95 % in",9} – {"",-9} unit    target");
        foreach (var it in figures)
        {
            var interval = $"{Number(it.Low),9} – {Number(it.High),-9}";
            text.AppendLine($"{it.Name.PadRight(width)} {Number(it.Median),9} {interval} {it.Unit,-7} {Aim(it)}".TrimEnd());
        }
        return text.ToString().TrimEnd();
    }

    public static string Json(Machine machine, Options options, IReadOnlyList<Figure> figures) => JsonSerializer.Serialize(
        new
        {
            machine,
            options.Commits,
            options.Rounds,
            Seconds = options.Round.TotalSeconds,
            WarmupSeconds = options.WarmUp.TotalSeconds,
            Figures = figures.Select(figure => new
            {
                figure.Name,
                figure.Unit,
                figure.Median,
                figure.Low,
                figure.High,
                figure.Values,
                AtMost = figure.Target is { AtMost: true } most ? most.Value : (double?)null,
                AtLeast = figure.Target is { AtMost: false } least ? least.Value : (double?)null,
                Met = figure.Target?.IsMetBy(figure),
            }),
        },
        Options);

    private static string Size(Options options) => string.Create(
        CultureInfo.InvariantCulture,
        $"{options.Rounds} rounds of {options.Round.TotalSeconds} s after {options.WarmUp.TotalSeconds} s of warm-up");

    private static string Aim(Figure figure) => figure.Target is not { } goal ? string.Empty
        : (goal.AtMost ? "<= " : ">= ") + Number(goal.Value) + goal.IsMetBy(figure) switch
        {
            true => ": met",
            false => ": NOT MET",
            null => ": not decided by this run",
        };

    /// <summary>Three digits that mean something.</summary>
    private static string Number(double value) => value.ToString(
        Math.Abs(value) switch { >= 100 => "0", >= 10 => "0.0", _ => "0.00" }, CultureInfo.InvariantCulture);
}
