using Bhiv.Application.Designs.Reading;
using Bhiv.Application.Designs.Vocabulary;

namespace Bhiv.Application.Designs.Understanding;

/// <summary>Reads style, features, furniture, places, counts and what is not wanted.</summary>
internal sealed class DetailReader(Prompt prompt, Scan scan, Notes notes)
{
    private const int LongestStyle = 100;

    /// <summary>The caller's own style wins; one that the vocabulary does not know is taken at its word.</summary>
    public string? Style(string? asked)
    {
        if (!string.IsNullOrWhiteSpace(asked)) return AskedStyle(SafeText.Clean(asked).Trim());
        foreach (var match in scan.Wanted)
        {
            if (match.As<Style>() is not { } style) continue;
            notes.Read("style", style.Name, match.Span);
            return style.Name;
        }

        return null;
    }

    /// <summary>
    /// Features, and every style that did not become the style of the whole. A garage has no garage, but a smart home is smart.
    /// </summary>
    public IReadOnlyList<string> Features(string? style, Match? head)
    {
        var features = new List<string>();
        foreach (var match in scan.Wanted)
        {
            foreach (var meaning in match.Meanings)
            {
                if (FeatureOf(meaning) is not { } name || name == style || features.Contains(name)) continue;
                if (match == head && IsNameOf(match, name)) continue;
                features.Add(name);
                notes.Read("features", name, match.Span);
            }
        }

        return features;
    }

    public IReadOnlyList<string> Furnishings(Match? head)
    {
        var furnishings = new List<string>();
        foreach (var match in scan.Wanted.Where(match => match != head))
        {
            var subject = match.As<Subject>();
            if (subject?.DesignType is not (DesignTypes.Furniture or DesignTypes.Appliance)) continue;
            if (subject.Subtype is not { } name || furnishings.Contains(name)) continue;
            furnishings.Add(name);
            notes.Read("components", name, match.Span);
        }

        return furnishings;
    }

    public IReadOnlyList<string> Excluded(Match? head)
    {
        var excluded = new List<string>();
        foreach (var match in scan.Matches)
        {
            if (!match.Negated || match == head) continue;
            var known = excluded.Count;
            foreach (var meaning in match.Meanings)
                if (NameOf(meaning) is { } name && !excluded.Contains(name)) excluded.Add(name);
            if (excluded.Count > known) notes.Read("excluded", excluded[known], match.Span);
        }

        return excluded;
    }

    /// <summary>Facts that stand in the requirements only: where it is, and how many of what it serves.</summary>
    public void NoteFacts(Match? head)
    {
        foreach (var match in scan.Wanted)
        {
            if (match.As<Place>() is { } place) notes.Read("location", place.Name, match.Span);
            if (match != head && match.As<Tally>() is { } tally && scan.CountOf(match, out var span) is { Number: > 0 } number)
                notes.Read($"count.{tally.Name}", SafeText.Number(number.Number), span);
        }
    }

    private string AskedStyle(string asked)
    {
        var name = KnownStyle(asked) ?? (asked.Length > LongestStyle ? SafeText.Clean(asked[..LongestStyle]) : asked);
        notes.Read("style", name, asked);
        return name;
    }

    private static string? KnownStyle(string asked)
    {
        using var prompt = Prompt.Read(asked);
        for (var i = 0; i < prompt.Tokens.Length; i++)
            foreach (var meaning in Words.All.LongestAt(prompt.Tokens, i)?.Meanings ?? [])
                if (meaning is Style style && !prompt.Tokens[i].Negated) return style.Name;
        return null;
    }

    private bool IsNameOf(Match head, string name) =>
        head.As<Subject>()?.Subtype == name || (head.Span.Count == 1 && prompt.Tokens[head.Span.First].Is(name));

    private static string? FeatureOf(Meaning meaning) => (meaning as Feature)?.Name ?? (meaning as Style)?.Name;

    private static string? NameOf(Meaning meaning) => meaning switch
    {
        Feature feature => feature.Name,
        Room room => room.Type,
        Part part => part.Role,
        Material material => material.Type,
        Subject { Subtype: not null } subject => subject.Subtype,
        _ => null,
    };
}
