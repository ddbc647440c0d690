using System.Globalization;
using Serilog.Events;
using Serilog.Formatting;

namespace Bhiv.Api.Monitoring;

/// <summary>
/// Writes out what would act on a terminal, and masks credentials. It is the finished line that is looked at, whoever wrote into it.
/// </summary>
internal sealed class SafeFormatter(ITextFormatter formatter) : ITextFormatter
{
    public void Format(LogEvent logEvent, TextWriter output)
    {
        using var line = new StringWriter(CultureInfo.InvariantCulture);
        formatter.Format(logEvent, line);
        var text = SafeText.WriteOut(CredentialShapes.Mask(line.ToString()).TrimEnd('\n'));
        // Further lines are the text of an exception: none of them looks like an entry of its own.
        output.Write(text.Replace("\n", "\n    ", StringComparison.Ordinal));
        output.Write('\n');
    }
}
