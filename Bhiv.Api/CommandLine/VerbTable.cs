using System.Globalization;
using Bhiv.Api.Monitoring;
using Bhiv.Domain;
using Spectre.Console;

namespace Bhiv.Api.CommandLine;

/// <summary>One thing that is told of each row.</summary>
/// <param name="Value">Times are written as RFC 3339 has them, nothing as nothing, several values with commas.</param>
/// <param name="Wraps">A long text, which gives way where the table is too wide. Anything else stays in one piece, to be copied.</param>
internal sealed record Column<T>(string Title, Func<T, object?> Value, bool Wraps = false);

/// <summary>Rows for people.</summary>
internal static class VerbTable
{
    private const int Gap = 2;

    /// <summary>A column that wraps is no narrower: less is one word a line.</summary>
    private const int LeastWrapped = 16;

    /// <param name="width">It is exceeded where what stays in one piece needs more: an id that was cut would name nothing.</param>
    public static void Write<T>(TextWriter output, IReadOnlyList<T> rows, IReadOnlyList<Column<T>> columns, int width, bool styled)
    {
        var cells = rows.Select(row => columns.Select(column => Cell(column.Value(row))).ToList()).ToList();
        var needed = columns.Select((column, at) => LeastWidth(column, [.. cells.Select(row => row[at])]) + Gap).Sum() - Gap;
        using var text = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(text),
            Ansi = styled ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = styled ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            // It would find reasons of its own, such as a build server, for escape sequences.
            Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
        });
        console.Profile.Width = Math.Max(width, needed);
        console.Write(Table(columns, cells));
        foreach (var line in text.ToString().TrimEnd('\n').Split('\n')) output.WriteLine(line.TrimEnd());
    }

    private static Table Table<T>(IReadOnlyList<Column<T>> columns, List<List<string>> cells)
    {
        var table = new Table { Border = TableBorder.None };
        foreach (var column in columns)
        {
            var last = column == columns[^1];
            table.AddColumn(new TableColumn(new Text(column.Title, new Style(decoration: Decoration.Bold)))
            {
                NoWrap = !column.Wraps,
                Padding = new Padding(0, 0, last ? 0 : Gap, 0),
            });
        }
        // Text and not markup: a bracket in it is a bracket.
        foreach (var row in cells) table.AddRow(row.Select(cell => new Text(cell)));
        return table;
    }

    private static int LeastWidth<T>(Column<T> column, List<string> cells)
    {
        var widest = cells.Append(column.Title).Max(cell => cell.GetCellWidth());
        return column.Wraps ? Math.Min(widest, LeastWrapped) : widest;
    }

    private static string Cell(object? value) => SafeText.WriteOutLine(value switch
    {
        null => "",
        string text => text,
        bool truth => truth ? "yes" : "no",
        DateTimeOffset time => time.ToText(),
        IEnumerable<string> several => string.Join(", ", several),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    });
}
