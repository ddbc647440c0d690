using Bhiv.Application.Designs.Reading;
using Bhiv.Application.Designs.Vocabulary;

namespace Bhiv.Application.Designs.Understanding;

/// <summary>A phrase of the vocabulary in the prompt.</summary>
/// <param name="Negated">The prompt says that this is not wanted.</param>
internal readonly record struct Match(Span Span, Meaning[] Meanings, bool Negated)
{
    public T? As<T>() where T : Meaning
    {
        foreach (var meaning in Meanings)
            if (meaning is T one) return one;
        return null;
    }
}

/// <summary>All phrases of the vocabulary in a prompt, without overlaps, from left to right.</summary>
internal sealed class Scan
{
    /// <summary>More than a page of design has. What follows is not read, and the design says so.</summary>
    private const int Most = 72;

    /// <summary>A number before one of these measures the thing: a "3 seater sofa" is one sofa.</summary>
    private static readonly WordSet Measures = new(
        "seater", "tier", "wheel", "wheeled", "door", "legged", "drawer", "speed", "burner", "litre", "liter", "inch", "in", "k", "s",
        "th", "st", "nd", "rd", "to");

    private readonly Prompt prompt;

    /// <param name="measured">Spans that are numbers with their units: the floor of "10-floor" is no flooring.</param>
    public Scan(Prompt prompt, IEnumerable<Span> measured, Notes notes)
    {
        this.prompt = prompt;
        foreach (var span in measured) prompt.Take(span);
        Matches = Find(notes);
        Wanted = Array.Exists(Matches, match => match.Negated) ? [.. Matches.Where(match => !match.Negated)] : Matches;
    }

    public Match[] Matches { get; }

    public Match[] Wanted { get; }

    public Match? StartingAt(int index) => FirstEndingAfter(index) is { } match && match.Span.First == index ? match : null;

    public Match? EndingAt(int index) => FirstEndingAfter(index - 1) is { } match && match.Span.End == index ? match : null;

    /// <summary>The number that counts a match: after a colon, or before it with up to two words between ("4 large bedrooms").</summary>
    public Token? CountOf(Match match, out Span span)
    {
        if (prompt.At(match.Span.End) is { Text: ":" or "=" }
            && prompt.At(match.Span.End + 1) is { Kind: TokenKind.Number, Taken: false } labelled)
        {
            span = match.Span.To(new Span(match.Span.End + 1, 1));
            return labelled;
        }

        for (var i = match.Span.First - 1; i >= Math.Max(0, match.Span.First - 3); i--)
        {
            var token = prompt.Tokens[i];
            span = new Span(i, match.Span.End - i);
            if (token.Kind == TokenKind.Mark || token.Is("and") || EndingAt(i + 1)?.As<Style>() is null && token.Taken) break;
            if (token.Kind == TokenKind.Number) return IsYear(token, match) ? null : token;
            if (Measures.Contains(token)) break;
        }

        span = match.Span;
        return null;
    }

    private Match? FirstEndingAfter(int index)
    {
        var (low, high) = (0, Matches.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (Matches[middle].Span.End > index) high = middle;
            else low = middle + 1;
        }

        return low < Matches.Length ? Matches[low] : null;
    }

    /// <summary>"A 2024 kitchen" is one kitchen.</summary>
    private bool IsYear(Token number, Match match) =>
        number.Number is >= 1900 and <= 2100 && !prompt.Tokens[match.Span.End - 1].IsPlural;

    private Match[] Find(Notes notes)
    {
        var found = new Match[Math.Min(Most, prompt.Tokens.Length)];
        var count = 0;
        for (var i = 0; i < prompt.Tokens.Length; i++)
        {
            if (prompt.Tokens[i].Taken || Words.All.LongestAt(prompt.Tokens, i) is not var (span, meanings)) continue;
            if (IsTakenIn(span)) continue;
            if (count == Most)
            {
                notes.Warn("rest_ignored", span);
                break;
            }

            prompt.Take(span);
            found[count++] = new Match(span, meanings, prompt.IsNegated(span));
            i = span.End - 1;
        }

        return count == found.Length ? found : found[..count];
    }

    private bool IsTakenIn(Span span)
    {
        foreach (var token in prompt.Tokens.Slice(span.First, span.Count))
            if (token.Taken) return true;
        return false;
    }
}
