using System.Buffers;
using System.Globalization;
using System.Text;
using Serilog.Core;
using Serilog.Events;

namespace Bhiv.Api.Monitoring;

/// <summary>
/// Writes out what would act on a terminal or a reader instead of being seen: control characters, ANSI escapes, line separators and
/// what turns the direction of text around. What callers send is in names and paths.
/// </summary>
internal sealed class SafeCharacters : ILogEventEnricher
{
    private static readonly SearchValues<char> Unsafe = SearchValues.Create(
        new string([.. Enumerable.Range(0, 0x10000).Select(code => (char)code).Where(it =>
            char.IsControl(it) || char.GetUnicodeCategory(it)
                is UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)]));

    public void Enrich(LogEvent logEvent, ILogEventPropertyFactory propertyFactory)
    {
        List<LogEventProperty>? replaced = null;
        foreach (var (name, value) in logEvent.Properties)
        {
            if (value is ScalarValue { Value: string text } && text.AsSpan().ContainsAny(Unsafe))
                (replaced ??= []).Add(new LogEventProperty(name, new ScalarValue(WrittenOut(text))));
        }
        if (replaced is null) return;
        foreach (var property in replaced) logEvent.AddOrUpdateProperty(property);
    }

    private static string WrittenOut(string text)
    {
        var written = new StringBuilder(text.Length + 16);
        foreach (var character in text)
        {
            if (Unsafe.Contains(character)) written.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}");
            else written.Append(character);
        }
        return written.ToString();
    }
}
