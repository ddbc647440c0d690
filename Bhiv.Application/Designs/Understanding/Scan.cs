using Bhiv.Application.Designs.Reading;
using Bhiv.Application.Designs.Vocabulary;

namespace Bhiv.Application.Designs.Understanding;

/// <summary>A phrase of the vocabulary in the prompt.</summary>
/// <param name="Negated">The prompt says that this is not wanted.</param>
internal sealed record Match(Span Span, IReadOnlyList<Meaning> Meanings, bool Negated)
{
    public T? As<T>() where T : Meaning => Meanings.OfType<T>().FirstOrDefault();
}

/// <summary>All phrases of the vocabulary in a prompt, without overlaps, from left to right.</summary>
internal sealed class Scan
{
    private readonly Prompt prompt;
    private readonly bool[] taken;

    /// <param name="measured">Spans that are numbers with their units: the floor of "10-floor" is no flooring.</param>
    public Scan(Prompt prompt, IEnumerable<Span> measured)
    {
        this.prompt = prompt;
        taken = new bool[prompt.Tokens.Count];
        foreach (var span in measured) Array.Fill(taken, true, span.First, span.Count);
        Matches = [.. Find()];
    }

    public IReadOnlyList<Match> Matches { get; }

    public IEnumerable<Match> Wanted => Matches.Where(match => !match.Negated);

    /// <summary>The token belongs to a phrase of the vocabulary or to a measurement.</summary>
    public bool IsTaken(int index) => taken[index];

    public Match? StartingAt(int index) => Matches.FirstOrDefault(match => match.Span.First == index);

    public Match? EndingAt(int index) => Matches.FirstOrDefault(match => match.Span.End == index);

    /// <summary>The number that counts a match: before it, with up to two words between ("4 large bedrooms").</summary>
    public Token? CountOf(Match match, out Span span)
    {
        for (var i = match.Span.First - 1; i >= Math.Max(0, match.Span.First - 3); i--)
        {
            var token = prompt.Tokens[i];
            span = new Span(i, match.Span.End - i);
            if (token.Kind == TokenKind.Mark || token.Is("and") || EndingAt(i + 1)?.As<Style>() is null && taken[i]) break;
            if (token.Kind == TokenKind.Number) return token;
        }

        span = match.Span;
        return null;
    }

    private IEnumerable<Match> Find()
    {
        for (var i = 0; i < prompt.Tokens.Count; i++)
        {
            if (taken[i] || Words.All.LongestAt(prompt.Tokens, i) is not { } found) continue;
            if (Array.IndexOf(taken, true, i, found.Span.Count) >= 0) continue;
            Array.Fill(taken, true, i, found.Span.Count);
            yield return new Match(found.Span, found.Meanings, prompt.Negated[i]);
            i = found.Span.End - 1;
        }
    }
}
