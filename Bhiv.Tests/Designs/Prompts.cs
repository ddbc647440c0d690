namespace Bhiv.Tests.Designs;

/// <summary>The committed tables of prompts, each with what a reader takes from it.</summary>
internal static class Prompts
{
    private static readonly string[] Tables = ["prompts.tsv", "more-prompts.tsv"];

    public static IReadOnlyList<PromptRow> Rows { get; } = [.. Tables.SelectMany(Read)];

    public static IEnumerable<string> Texts => Rows.Select(row => row.Prompt);

    public static IEnumerable<string> SayingNothing => Rows.Where(row => row.SaysNothing).Select(row => row.Prompt);

    public static IEnumerable<TestCaseData> Cases =>
        Rows.Select(row => new TestCaseData(row).SetArgDisplayNames(row.Prompt));

    /// <summary>Columns are found by the names in the first line. Empty cells at the end of a line may be left out.</summary>
    private static IEnumerable<PromptRow> Read(string table)
    {
        var lines = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Designs", table));
        var columns = lines[0].Split('\t');
        return lines.Skip(1).Select(line =>
        {
            var cells = line.Split('\t');
            if (cells.Length > columns.Length) throw new InvalidDataException($"{table} has a cell too many: {line}");
            return new PromptRow(Cell("prompt"))
            {
                Design = Cell("design"),
                Stories = Cell("stories"),
                Sides = Cell("sides"),
                Area = Cell("area"),
                Rooms = Cell("rooms"),
                Materials = Cell("materials"),
                Features = Cell("features"),
            };

            string Cell(string column) => cells.ElementAtOrDefault(Array.IndexOf(columns, column)) ?? "";
        });
    }
}
