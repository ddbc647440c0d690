using Bhiv.Application.Designs.Reading;

namespace Bhiv.Application.Designs.Vocabulary;

/// <summary>
/// Phrases and what they mean. Whole words only, in singular or plural, the longest phrase first. A row's phrases are separated
/// by '|'; a phrase that several rows name has all their meanings.
/// </summary>
internal sealed class Lexicon<TMeaning>
{
    private readonly Dictionary<string, List<Entry>> byFirstWord = [];

    public Lexicon(IEnumerable<(string Phrases, TMeaning Meaning)> rows)
    {
        foreach (var (phrases, meaning) in rows)
            foreach (var phrase in phrases.Split('|')) Add(phrase.Split(' '), meaning);
        foreach (var entries in byFirstWord.Values) entries.Sort((a, b) => b.Words.Length.CompareTo(a.Words.Length));
    }

    /// <summary>The longest phrase that begins at this token.</summary>
    public (Span Span, IReadOnlyList<TMeaning> Meanings)? LongestAt(IReadOnlyList<Token> tokens, int at)
    {
        if (at < 0 || at >= tokens.Count) return null;
        var entry = Longest(tokens, at, tokens[at].Text);
        if (tokens[at].IsPlural && Longest(tokens, at, tokens[at].Singular) is { } other
            && other.Words.Length > (entry?.Words.Length ?? 0)) entry = other;
        return entry is null ? null : (new Span(at, entry.Words.Length), entry.Meanings);
    }

    /// <summary>The longest phrase that ends just before this token.</summary>
    public (Span Span, IReadOnlyList<TMeaning> Meanings)? EndingAt(IReadOnlyList<Token> tokens, int end)
    {
        for (var first = Math.Max(0, end - 4); first < end; first++)
            if (LongestAt(tokens, first) is { } found && found.Span.End == end) return found;
        return null;
    }

    private Entry? Longest(IReadOnlyList<Token> tokens, int at, string firstWord) =>
        byFirstWord.GetValueOrDefault(firstWord)?.Find(entry => entry.StandsAt(tokens, at));

    private void Add(string[] words, TMeaning meaning)
    {
        if (!byFirstWord.TryGetValue(words[0], out var entries)) byFirstWord[words[0]] = entries = [];
        if (entries.Find(e => e.Words.AsSpan().SequenceEqual(words)) is { } known) known.Meanings.Add(meaning);
        else entries.Add(new Entry(words, [meaning]));
    }

    private sealed record Entry(string[] Words, List<TMeaning> Meanings)
    {
        public bool StandsAt(IReadOnlyList<Token> tokens, int at)
        {
            if (at + Words.Length > tokens.Count) return false;
            for (var i = 0; i < Words.Length; i++)
                if (!tokens[at + i].Is(Words[i])) return false;
            return true;
        }
    }
}
