using System.Globalization;
using Bhiv.Domain.ApiKeys;

namespace Bhiv.Api.Configuration;

/// <summary>
/// Reads one section strictly. What is wrong is added to the failures under its path, and the default stands in, so that one
/// start lists everything that is wrong.
/// </summary>
internal sealed class SectionReader(IConfiguration configuration, string name, ICollection<string> failures)
{
    // Never TimeSpan's own parser: it reads "10" as ten days and "24:00:00" as 24 days.
    private static readonly string[] DurationFormats =
        [@"hh\:mm\:ss", @"d\.hh\:mm\:ss", @"hh\:mm\:ss\.FFFFFF", @"d\.hh\:mm\:ss\.FFFFFF"];

    private readonly IConfigurationSection section = configuration.GetSection(name);
    private readonly HashSet<string> known = new(StringComparer.OrdinalIgnoreCase);

    public string Name => name;

    /// <summary>The keys that were asked for.</summary>
    public IReadOnlySet<string> Known => known;

    public TimeSpan Duration(string key, TimeSpan fallback, TimeSpan minimum, TimeSpan maximum) =>
        Read(key, fallback, minimum, maximum, "a duration [d.]hh:mm:ss, hours below 24,", text =>
            TimeSpan.TryParseExact(text, DurationFormats, CultureInfo.InvariantCulture, out var duration) ? duration : null);

    public int Number(string key, int fallback, int minimum, int maximum) =>
        Read(key, fallback, minimum, maximum, "a whole number", text =>
            int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null);

    public bool Switch(string key, bool fallback) =>
        Read(key, fallback, false, true, "a boolean", text => bool.TryParse(text, out var value) ? value : null);

    public Scopes Scopes(string key, Scopes fallback)
    {
        if (Value(key) is not { } text) return fallback;
        if (ScopesText.TryParse(text, out var scopes)) return scopes;
        failures.Add($"{name}:{key} must be one or more of these, with spaces between them: {Domain.ApiKeys.Scopes.All.ToText()}.");
        return fallback;
    }

    public string? Text(string key, string? fallback, int maximumLength)
    {
        if (Value(key) is not { } text) return fallback;
        if (!string.IsNullOrWhiteSpace(text) && text.Length <= maximumLength && text.All(it => it is >= ' ' and <= '~'))
            return text;
        failures.Add($"{name}:{key} must be 1 to {maximumLength} printable ASCII characters.");
        return fallback;
    }

    /// <summary>One text, with spaces or commas between its parts; none where it is not set.</summary>
    /// <param name="kind">What each part must be: the end of a sentence.</param>
    public IReadOnlyList<string> List(string key, string kind, Func<string, bool> isGood)
    {
        var text = Value(key);
        // Numbered keys, as a list in JSON has them, would be passed over in silence.
        var isNumbered = section.GetSection(key).GetChildren().Any();
        if (text is null && !isNumbered) return [];
        string[] parts = isNumbered ? [] : text!.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length > 0 && parts.All(isGood)) return parts;
        failures.Add($"{name}:{key} must be one text of {kind}, with spaces or commas between them"
            + (parts.FirstOrDefault(part => !isGood(part)) is { } bad ? $"; \"{bad}\" is none." : "."));
        return [];
    }

    /// <summary>Due after everything was read: a key that nobody asked for is a misspelling.</summary>
    public void RefuseUnknown()
    {
        if (section.Value is not null) failures.Add($"{name} is a section and takes no value of its own.");
        foreach (var child in section.GetChildren().Where(child => !known.Contains(child.Key)))
            failures.Add($"{name}:{child.Key} is not a setting. {name} has: {string.Join(", ", known.Order())}.");
    }

    private string? Value(string key)
    {
        known.Add(key);
        return section[key];
    }

    private T Read<T>(string key, T fallback, T minimum, T maximum, string kind, Func<string, T?> parse)
        where T : struct, IComparable<T>
    {
        if (Value(key) is not { } text) return fallback;
        if (parse(text) is { } value && value.CompareTo(minimum) >= 0 && value.CompareTo(maximum) <= 0) return value;
        failures.Add(string.Create(
            CultureInfo.InvariantCulture, $"{name}:{key} must be {kind} from {minimum} to {maximum}; it is \"{text}\"."));
        return fallback;
    }
}
