namespace Bhiv.Application.Designs.Reading;

/// <summary>Finds what a prompt says it does not want: from a negating word to the end of what that word reaches.</summary>
internal static class Negation
{
    /// <summary>In tokens. Farther than this, people have begun to speak of something else.</summary>
    private const int Reach = 6;

    private static readonly HashSet<string> Negators =
        ["no", "not", "without", "excluding", "except", "never", "dont", "doesnt", "cannot", "avoid", "minus", "non"];

    /// <summary>Two-word negators, by their first word.</summary>
    private static readonly Dictionary<string, string> PairedNegators =
        new() { ["instead"] = "of", ["rather"] = "than", ["other"] = "than", ["free"] = "of" };

    /// <summary>"no more than 3 storeys" and "not only a house" deny nothing.</summary>
    private static readonly HashSet<string> Softeners = ["more", "less", "fewer", "only", "just", "bigger", "smaller", "larger"];

    private static readonly HashSet<string> Ends = ["but", "with", "and", "plus", "that", "which", "in", "on", "at", "for"];

    public static bool[] Mark(IReadOnlyList<Token> tokens)
    {
        var negated = new bool[tokens.Count];
        for (var i = 0; i < tokens.Count; i++)
        {
            var start = AfterNegator(tokens, i);
            if (start is not { } first) continue;
            var end = Math.Min(tokens.Count, first + ReachOf(tokens[i]));
            for (var k = first; k < end && !EndsAt(tokens, i, k); k++) negated[k] = true;
        }

        return negated;
    }

    /// <summary>"Non smoking hotel": the prefix reaches no farther than its word.</summary>
    private static int ReachOf(Token negator) => negator.Is("non") ? 1 : Reach;

    private static int? AfterNegator(IReadOnlyList<Token> tokens, int i)
    {
        var next = i + 1 < tokens.Count ? tokens[i + 1].Text : "";
        if (PairedNegators.TryGetValue(tokens[i].Text, out var second) && second == next) return i + 2;
        return Negators.Contains(tokens[i].Text) && !Softeners.Contains(next) ? i + 1 : null;
    }

    private static bool EndsAt(IReadOnlyList<Token> tokens, int negator, int k)
    {
        // "without a garage and basement" denies both; "no garage and a pool" does not.
        if (tokens[negator].Is("without") && tokens[k].Is("and")) return false;
        return tokens[k].EndsClause || (Ends.Contains(tokens[k].Text) && !NeedOf(tokens, k));
    }

    /// <summary>"no need for a garage": the word passes the denial on.</summary>
    private static bool NeedOf(IReadOnlyList<Token> tokens, int k) => tokens[k].Is("for") && tokens[k - 1].Is("need");
}
