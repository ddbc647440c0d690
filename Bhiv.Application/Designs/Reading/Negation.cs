namespace Bhiv.Application.Designs.Reading;

/// <summary>Finds what a prompt says it does not want: from a negating word to the end of what that word reaches.</summary>
internal static class Negation
{
    /// <summary>In tokens. Farther than this, people have begun to speak of something else.</summary>
    private const int Reach = 6;

    private static readonly WordSet Negators =
        new("no", "not", "without", "excluding", "except", "never", "neither", "nor", "dont", "doesnt", "cannot", "avoid", "minus", "non");

    /// <summary>"no more than 3 storeys" and "not only a house" deny nothing.</summary>
    private static readonly WordSet Softeners = new("more", "less", "fewer", "only", "just", "bigger", "smaller", "larger");

    private static readonly WordSet Ends = new("but", "with", "and", "plus", "that", "which", "in", "on", "at", "for");

    public static void Mark(Span<Token> tokens)
    {
        for (var i = 0; i < tokens.Length; i++)
        {
            if (IsFreeOf(tokens, i)) tokens[i] = tokens[i] with { Negated = true };
            if (AfterNegator(tokens, i) is not { } first) continue;
            var end = Math.Min(tokens.Length, first + ReachOf(tokens[i]));
            // "Not in the modern style": what follows the negator at once ends nothing.
            for (var k = first; k < end && (k == first || !EndsAt(tokens, i, k)); k++) tokens[k] = tokens[k] with { Negated = true };
        }
    }

    /// <summary>"A car-free estate" has no cars, but "step-free access" is an access.</summary>
    private static bool IsFreeOf(ReadOnlySpan<Token> tokens, int i) => i + 2 < tokens.Length
        && tokens[i].Kind == TokenKind.Word && tokens[i + 1].Is("free") && !tokens[i + 2].Is("of") && !tokens[i + 2].Is("access");

    /// <summary>"Non smoking hotel": the prefix reaches no farther than its word.</summary>
    private static int ReachOf(Token negator) => negator.Is("non") ? 1 : Reach;

    private static int? AfterNegator(ReadOnlySpan<Token> tokens, int i)
    {
        var next = i + 1 < tokens.Length ? tokens[i + 1].Text : "";
        if (IsPair(tokens[i].Text, next)) return i + 2;
        return Negators.Contains(tokens[i].Text) && !Softeners.Contains(next) ? i + 1 : null;
    }

    /// <summary>"Instead of", "rather than", "other than", "free of".</summary>
    private static bool IsPair(ReadOnlySpan<char> first, ReadOnlySpan<char> second) =>
        (first is "instead" or "free" && second is "of") || (first is "rather" or "other" && second is "than");

    private static bool EndsAt(ReadOnlySpan<Token> tokens, int negator, int k)
    {
        // "without a garage and basement" denies both; "no garage and a pool" does not.
        if (tokens[negator].Is("without") && tokens[k].Is("and")) return false;
        return tokens[k].EndsClause || (Ends.Contains(tokens[k].Text) && !IsNeedFor(tokens, k));
    }

    /// <summary>"no need for a garage": the word passes the denial on.</summary>
    private static bool IsNeedFor(ReadOnlySpan<Token> tokens, int k) => tokens[k].Is("for") && tokens[k - 1].Is("need");
}
