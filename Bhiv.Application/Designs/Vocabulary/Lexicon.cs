using Bhiv.Application.Designs.Reading;

namespace Bhiv.Application.Designs.Vocabulary;

/// <summary>
/// Phrases and what they mean. Whole words only, in singular or plural, the longest phrase first. A row's phrases are separated
/// by '|'; a phrase that several rows name has all their meanings.
/// </summary>
internal sealed class Lexicon<TMeaning>
{
    private readonly Dictionary<string, Entry[]>.AlternateLookup<ReadOnlySpan<char>> byFirstWord;

    public Lexicon(IEnumerable<(string Phrases, TMeaning Meaning)> rows)
    {
        var phrases = rows.SelectMany(row => row.Phrases.Split('|'), (row, phrase) => (phrase, row.Meaning));
        byFirstWord = phrases.GroupBy(row => row.phrase, row => row.Meaning)
            .Select(row => new Entry(row.Key.Split(' '), [.. row]))
            .GroupBy(entry => entry.Words[0])
            .ToDictionary(entries => entries.Key, entries => entries.OrderByDescending(entry => entry.Words.Length).ToArray())
            .GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>The longest phrase that begins at this token.</summary>
    public (Span Span, TMeaning[] Meanings)? LongestAt(ReadOnlySpan<Token> tokens, int at)
    {
        if (at < 0 || at >= tokens.Length) return null;
        var entry = Longest(tokens, at, tokens[at].Text);
        if (tokens[at].IsPlural && Longest(tokens, at, tokens[at].Singular) is { } other
            && other.Words.Length > (entry?.Words.Length ?? 0)) entry = other;
        return entry is null ? null : (new Span(at, entry.Words.Length), entry.Meanings);
    }

    /// <summary>The longest phrase that ends just before this token.</summary>
    public (Span Span, TMeaning[] Meanings)? EndingAt(ReadOnlySpan<Token> tokens, int end)
    {
        for (var first = Math.Max(0, end - 4); first < end; first++)
            if (LongestAt(tokens, first) is { } found && found.Span.End == end) return found;
        return null;
    }

    private Entry? Longest(ReadOnlySpan<Token> tokens, int at, ReadOnlySpan<char> firstWord)
    {
        if (!byFirstWord.TryGetValue(firstWord, out var entries)) return null;
        foreach (var entry in entries)
            if (entry.StandsAt(tokens, at)) return entry;
        return null;
    }

    private sealed record Entry(string[] Words, TMeaning[] Meanings)
    {
        public bool StandsAt(ReadOnlySpan<Token> tokens, int at)
        {
            if (at + Words.Length > tokens.Length) return false;
            for (var i = 0; i < Words.Length; i++)
                if (!tokens[at + i].Is(Words[i])) return false;
            return true;
        }
    }
}
