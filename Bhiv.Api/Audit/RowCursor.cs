using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Bhiv.Api.Audit;

/// <summary>The place of a row as text: its time and its id. Callers send it back as it came.</summary>
internal static class RowCursor
{
    public static string Of(DateTimeOffset at, string id) => string.Create(CultureInfo.InvariantCulture, $"{at.UtcTicks}.{id}");

    public static bool TryParse(string? cursor, out DateTimeOffset at, [NotNullWhen(true)] out string? id)
    {
        (at, id) = (default, null);
        if (cursor?.Split('.') is not [var ticks, var rest]
            || !long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            || number > DateTimeOffset.MaxValue.Ticks)
            return false;
        (at, id) = (new DateTimeOffset(number, TimeSpan.Zero), rest);
        return true;
    }
}
