using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using Bhiv.Api.Http;
using Bhiv.Api.Monitoring;

namespace Bhiv.Api.CommandLine;

/// <summary>
/// Where a verb says what it found and did: for people in tables and sentences, with <c>--json</c> as one document. Answers go to
/// standard output and refusals to standard error, and nothing in them acts on a terminal.
/// </summary>
/// <param name="width">In columns, of a table that has something to wrap.</param>
/// <param name="styled">Whether the output is a terminal that shows more than text.</param>
internal sealed class VerbOutput(TextWriter output, TextWriter errors, bool json, int width, bool styled)
{
    /// <summary>What every terminal has, and what is assumed where there is none.</summary>
    public const int LeastWidth = 80;

    private static readonly JsonSerializerOptions Json = new(BodyReader.Options)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static VerbOutput Of(ParseResult given) => new(
        given.InvocationConfiguration.Output,
        given.InvocationConfiguration.Error,
        given.GetValue(Verb.Json),
        Console.IsOutputRedirected ? LeastWidth : Math.Max(LeastWidth, Console.WindowWidth),
        IsStyled(Console.IsOutputRedirected, Environment.GetEnvironmentVariable));

    /// <summary>Nothing is styled in a file or a pipe, on a terminal that cannot, nor where it is not wanted (no-color.org).</summary>
    internal static bool IsStyled(bool redirected, Func<string, string?> variable) =>
        !redirected && string.IsNullOrEmpty(variable("NO_COLOR")) && variable("TERM") is not (null or "" or "dumb");

    public bool IsJson => json;

    /// <summary>A table of the rows, or the rows as a JSON array.</summary>
    /// <param name="none">The sentence for people where there is no row.</param>
    public void Rows<T>(IReadOnlyList<T> rows, string none, params IReadOnlyList<Column<T>> columns)
    {
        if (json) Document(rows);
        else if (rows.Count == 0) Say(none);
        else VerbTable.Write(output, rows, columns, width, styled);
    }

    /// <summary>The sentence for people, or the document.</summary>
    public void Answer<T>(T document, string sentence)
    {
        if (json) Document(document);
        else Say(sentence);
    }

    /// <summary>One line for <c>$(…)</c>, and on standard error the sentence for people that would be in its way; or the document.</summary>
    public void Answer<T>(T document, string line, string remark)
    {
        if (!json) errors.WriteLine(SafeText.WriteOutLine(CredentialShapes.Mask(remark)));
        Answer(document, line);
    }

    /// <summary>One line of text, whether or not JSON is asked for.</summary>
    public void Say(string line) => output.WriteLine(SafeText.WriteOutLine(line));

    /// <summary>One line of JSON, whether or not it is asked for.</summary>
    public void Document<T>(T document) => output.WriteLine(SafeText.WriteOutLine(JsonSerializer.Serialize(document, Json)));

    /// <summary>The verb ends here: <c>return output.Refuse(ExitCode.NotThere, "There is no …")</c>.</summary>
    public int Refuse(int exitCode, string sentence)
    {
        errors.WriteLine(SafeText.WriteOutLine(CredentialShapes.Mask(sentence)));
        return exitCode;
    }
}
