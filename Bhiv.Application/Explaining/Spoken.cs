using System.Globalization;
using Bhiv.Domain;

namespace Bhiv.Application.Explaining;

/// <summary>Times as an operator says them.</summary>
internal static class Spoken
{
    public static string Of(DateTimeOffset time) => time.ToText();

    /// <summary><c>3 min 12 s ago (2026-…)</c>, or <c>in 3 min 12 s (2026-…)</c>.</summary>
    public static string Of(DateTimeOffset time, DateTimeOffset now) => time <= now ? $"{Of(now - time)} ago ({Of(time)})" : $"in {Of(time - now)} ({Of(time)})";

    /// <summary>The same as a sentence, of a token that may say none.</summary>
    public static string Maybe(DateTimeOffset? time, DateTimeOffset now) => time is null ? "It says none." : Of(time.Value, now) + ".";

    /// <summary>The two largest units: <c>3 min 12 s</c>, <c>2 d 4 h</c>.</summary>
    public static string Of(TimeSpan span)
    {
        (int Count, string Unit)[] parts =
            [((int)span.TotalDays, "d"), (span.Hours, "h"), (span.Minutes, "min"), (span.Seconds, "s")];
        var said = parts.SkipWhile(part => part.Count == 0).Take(2).Where(part => part.Count > 0)
            .Select(part => string.Create(CultureInfo.InvariantCulture, $"{part.Count} {part.Unit}")).ToList();
        return said.Count > 0 ? string.Join(' ', said) : string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds:0.###} s");
    }
}
