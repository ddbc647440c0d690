using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.Globalization;

namespace Bhiv.Api.CommandLine;

/// <summary>The library's help, as wide as a terminal is at least, and behind it what the library has no place for.</summary>
internal sealed class VerbHelp : SynchronousCommandLineAction
{
    private readonly HelpAction standard = new() { MaxWidth = VerbOutput.LeastWidth };

    /// <summary>Who asks for help gets it, whatever else is wrong with the line.</summary>
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        var configuration = parseResult.InvocationConfiguration;
        var output = configuration.Output;
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        configuration.Output = text;
        standard.Invoke(parseResult);
        configuration.Output = output;
        // Where it wraps it leaves the space.
        foreach (var line in text.ToString().TrimEnd().Split(Environment.NewLine)) output.WriteLine(line.TrimEnd());
        switch (parseResult.CommandResult.Command)
        {
            case RootCommand:
                Write(output, "Exit codes:", ExitCode.Meanings.Select(it => $"{it.Code,-2}  {it.Meaning}"));
                break;
            case Verb verb:
                Write(output, "Examples:", verb.Examples);
                break;
        }
        return ExitCode.Done;
    }

    private static void Write(TextWriter output, string title, IEnumerable<string> lines)
    {
        output.WriteLine();
        output.WriteLine(title);
        foreach (var line in lines) output.WriteLine("  " + line);
    }
}
