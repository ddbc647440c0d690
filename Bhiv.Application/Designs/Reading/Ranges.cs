namespace Bhiv.Application.Designs.Reading;

/// <summary>
/// Turns "3-4", "3 to 4", "3 or 4" and "between 3 and 4" into one number, the upper: who has room for four has it for three.
/// </summary>
internal static class Ranges
{
    /// <summary>In place.</summary>
    /// <returns>How many tokens are left.</returns>
    public static int Fold(string text, Token[] tokens, int count)
    {
        var folded = 0;
        for (var i = 0; i < count; folded++)
        {
            var upper = UpperOf(text, tokens.AsSpan(0, count), i);
            tokens[folded] = upper is { } last ? Range(tokens[i], tokens[last]) : tokens[i];
            i = (upper ?? i) + 1;
        }

        return folded;
    }

    private static Token Range(Token lower, Token upper) =>
        upper with { Start = lower.Start, Glued = lower.Glued, Lower = lower.Number };

    /// <summary>The index of the number that ends the range that begins here, if one does.</summary>
    private static int? UpperOf(string text, ReadOnlySpan<Token> tokens, int first)
    {
        if (tokens[first].Kind != TokenKind.Number || first + 1 == tokens.Length) return null;
        var last = tokens[first + 1].Kind == TokenKind.Number ? first + 1 : first + 2;
        if (last >= tokens.Length || tokens[last].Kind != TokenKind.Number) return null;
        if (tokens[last].Number <= tokens[first].Number) return null;
        var isRange = last == first + 1
            ? text.AsSpan(tokens[first].End..tokens[last].Start).Trim() is "-" or "\u2013" or "\u2014"
            : tokens[first + 1].Text is "to" or "or" || (tokens[first + 1].Text is "and" && FollowsBetween(tokens, first));
        return isRange ? last : null;
    }

    private static bool FollowsBetween(ReadOnlySpan<Token> tokens, int first) => first > 0 && tokens[first - 1].Text is "between";
}
