namespace Bhiv.Application.Designs.Reading;

/// <summary>Finds what a prompt says it does not want: from a negating word to the end of what that word reaches.</summary>
internal static class Negation
{
    /// <summary>In tokens. Farther than this, people have begun to speak of something else.</summary>
    private const int Reach = 6;

    private static readonly WordSet Negators = new(
        "no", "not", "without", "excluding", "except", "never", "neither", "nor", "sans", "lacking", "remove", "dont", "doesnt",
        "cannot", "avoid", "minus", "non");

    /// <summary>"no more than 3 storeys" and "not only a house" deny nothing.</summary>
    private static readonly WordSet Softeners = new(
        "more", "less", "fewer", "only", "just", "bigger", "smaller", "larger", "too", "exceeding", "afford", "decide");

    private static readonly WordSet Ends = new("but", "with", "and", "plus", "that", "which", "in", "on", "at", "for");

    public static void Mark(Span<Token> tokens)
    {
        for (var i = 0; i < tokens.Length; i++)
        {
            if (IsAnswer(tokens, i)) DenyBefore(tokens, i - 1);
            if (IsFreeOf(tokens, i)) tokens[i] = tokens[i] with { Negated = true };
            if (AfterNegator(tokens, i) is not { } first) continue;
            var end = Math.Min(tokens.Length, first + ReachOf(tokens[i]));
            for (var k = first; k < end && !EndsAt(tokens, i, first, k); k++) tokens[k] = tokens[k] with { Negated = true };
        }
    }

    /// <summary>"A car-free estate" has no cars, but "step-free access" is an access.</summary>
    private static bool IsFreeOf(ReadOnlySpan<Token> tokens, int i) => i + 1 < tokens.Length
        && tokens[i].Kind == TokenKind.Word && tokens[i + 1].Is("free")
        && (i + 2 == tokens.Length || tokens[i + 2].Text is not ("of" or "for" or "access" or "standing"));

    /// <summary>"Non smoking hotel": the prefix reaches no farther than its word.</summary>
    private static int ReachOf(Token negator) => negator.Is("non") ? 1 : Reach;

    private static int? AfterNegator(ReadOnlySpan<Token> tokens, int i)
    {
        var next = i + 1 < tokens.Length ? tokens[i + 1].Text : "";
        if (IsPair(tokens[i].Text, next)) return i + 2;
        return Negators.Contains(tokens[i].Text) && !Softeners.Contains(next) && !IsNumberOf(tokens, i) ? i + 1 : null;
    }

    /// <summary>"Instead of", "rather than", "other than", "free of".</summary>
    private static bool IsPair(ReadOnlySpan<char> first, ReadOnlySpan<char> second) =>
        (first is "instead" or "free" && second is "of") || (first is "rather" or "other" && second is "than");

    /// <summary>"No. of bedrooms" is a number, not a denial.</summary>
    private static bool IsNumberOf(ReadOnlySpan<Token> tokens, int i)
    {
        var next = i + 1 < tokens.Length && tokens[i + 1].EndsClause ? i + 2 : i + 1;
        return tokens[i].Is("no") && next < tokens.Length && tokens[next].Is("of");
    }

    /// <summary>"Basement: no".</summary>
    private static bool IsAnswer(ReadOnlySpan<Token> tokens, int i) => i > 0 && tokens[i].Is("no") && tokens[i - 1].Is(":");

    private static void DenyBefore(Span<Token> tokens, int end)
    {
        var least = Math.Max(0, end - Reach);
        for (var k = end - 1; k >= least && !tokens[k].EndsClause; k--) tokens[k] = tokens[k] with { Negated = true };
    }

    /// <param name="first">What follows the negator at once: "not in the modern style" denies the style.</param>
    private static bool EndsAt(ReadOnlySpan<Token> tokens, int negator, int first, int k)
    {
        if (tokens[k].EndsClause) return true;
        if (k == first) return false;
        // "No garage 3 bedrooms" goes on to something else.
        if (tokens[k].Number > 0) return true;
        // "without a garage and basement" denies both; "no garage and a pool" does not.
        if (tokens[negator].Is("without") && tokens[k].Is("and")) return false;
        return Ends.Contains(tokens[k].Text) && !IsNeedFor(tokens, k);
    }

    /// <summary>"no need for a garage": the word passes the denial on.</summary>
    private static bool IsNeedFor(ReadOnlySpan<Token> tokens, int k) => tokens[k].Is("for") && tokens[k - 1].Is("need");
}
