using System.Globalization;
using Bhiv.Api.Http;

namespace Bhiv.Api.Audit;

/// <summary>A time in a query: RFC 3339, or a day.</summary>
internal static class QueryTime
{
    public const string Problem = "must be a time such as 2026-03-01T12:00:00Z, or a day such as 2026-03-01.";

    public static readonly Bounds Bounds = new() { Formats = ["date-time", "date"] };

    private static readonly string[] Formats = ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd"];

    /// <summary>In whole microseconds, as rows are kept: none lies between two of them, so that the later one says the same.</summary>
    public static DateTimeOffset? Of(string? text) => text is not null && TryParse(text, out var time)
        ? time.AddTicks((TimeSpan.TicksPerMicrosecond - time.UtcTicks % TimeSpan.TicksPerMicrosecond) % TimeSpan.TicksPerMicrosecond)
        : null;

    private static bool TryParse(string text, out DateTimeOffset time) =>
        DateTimeOffset.TryParseExact(
            // A plus that was not encoded arrives as a space.
            text.Replace(' ', '+'), Formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out time)
        // Where no sum with it can leave the calendar.
        && time.UtcDateTime.Year is >= 1970 and < 9999;
}
