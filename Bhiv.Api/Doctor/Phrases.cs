using System.Globalization;
using Bhiv.Domain;

namespace Bhiv.Api.Doctor;

/// <summary>How the findings say what they measured.</summary>
internal static class Phrases
{
    public static string Count(long number, string one) =>
        string.Create(CultureInfo.InvariantCulture, $"{number} {one}{(number == 1 ? "" : "s")}");

    /// <summary>In the largest unit of which there are two.</summary>
    public static string Of(TimeSpan duration) => duration switch
    {
        { TotalDays: >= 2 } => Count((long)duration.TotalDays, "day"),
        { TotalHours: >= 2 } => Count((long)duration.TotalHours, "hour"),
        { TotalMinutes: >= 2 } => Count((long)duration.TotalMinutes, "minute"),
        _ => Count((long)duration.TotalSeconds, "second"),
    };

    public static string Of(DateTimeOffset time) => time.ToText();

    /// <summary>As <c>chmod</c> takes it.</summary>
    public static string Of(UnixFileMode mode) => Convert.ToString((int)mode, 8).PadLeft(4, '0');

    public static string OfBytes(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes >> 20} MiB");

    /// <summary>Whether somebody else has any of the rights that <paramref name="rights"/> gives group and others.</summary>
    public static bool Gives(this UnixFileMode mode, UnixFileMode rights) => (mode & rights) != 0;
}
