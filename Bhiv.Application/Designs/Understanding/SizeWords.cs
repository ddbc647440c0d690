using Bhiv.Application.Designs.Reading;
using Bhiv.Application.Designs.Vocabulary;

namespace Bhiv.Application.Designs.Understanding;

internal enum Side
{
    Length,
    Width,

    /// <summary>The width, and then what is called wide is the length.</summary>
    Depth,
    Height,
    StoreyHeight,
}

internal enum Extent
{
    Total,
    Footprint,
    Plot,

    /// <summary>Of each of several things, none of which is the design.</summary>
    Each,
}

/// <summary>The words around a measurement that say what was measured.</summary>
internal sealed class SizeWords(Prompt prompt)
{
    private static readonly WordSet Fillers = new("of", "is", "in", ":", "=", "about", "approx", "a", "the", "total", "clear");

    private static readonly Lexicon<Side> Sides = new(
    [
        ("length|long|lengthwise|span|spanning", Side.Length),
        ("width|wide|breadth|broad", Side.Width),
        ("depth|deep", Side.Depth),
        ("height|high|tall", Side.Height),
        ("floor height|storey height|story height|ceiling height|high ceiling|ceiling|floor to floor height"
            + "|floor to ceiling height", Side.StoreyHeight),
    ]);

    private static readonly Lexicon<Extent> Extents = new(
    [
        ("total|overall|gross|built up|builtup|floor area|floor space|carpet area|over|across", Extent.Total),
        ("per floor|each floor|every floor|footprint|floor plate|per storey|per story", Extent.Footprint),
        ("plot|land|site|lot|acre|hectare|ha", Extent.Plot),
        ("each|per room|per unit|per apartment|per person", Extent.Each),
    ]);

    private readonly List<int> claimed = [];
    private readonly bool wideIsLong = Says(prompt, Side.Depth) && !Says(prompt, Side.Length);

    public static bool IsSideAt(Prompt prompt, int index) => Sides.LongestAt(prompt.Tokens, index) is not null;

    /// <summary>
    /// A word belongs to one measurement: that settles both "length 40 ft width 30 ft" and "40 ft length 30 ft width" when they
    /// are asked about from left to right.
    /// </summary>
    public Side? SideOf(Span span)
    {
        var end = span.First;
        while (end > 0 && Fillers.Contains(prompt.Tokens[end - 1].Text)) end--;
        if (Sides.EndingAt(prompt.Tokens, end) is { } before && !claimed.Contains(before.Span.First)) return Claim(before);
        var start = span.End;
        while (start < prompt.Tokens.Length && Fillers.Contains(prompt.Tokens[start].Text)) start++;
        return Sides.LongestAt(prompt.Tokens, start) is { } after ? Claim(after) : null;
    }

    /// <summary>
    /// Looks at the unit (acres are of land), then a few words back and a few ahead, not beyond the clause nor another number.
    /// </summary>
    public Extent? ExtentOf(Span span)
    {
        if (Extents.LongestAt(prompt.Tokens, span.End - 1) is { } unit) return unit.Meanings[0];
        for (var i = span.First - 1; i >= Math.Max(0, span.First - 5) && !Stops(i); i--)
            if (Extents.LongestAt(prompt.Tokens, i) is { } before && !claimed.Contains(i)) return Claim(before);
        for (var i = span.End; i < Math.Min(prompt.Tokens.Length, span.End + 4) && !Stops(i); i++)
            if (Extents.LongestAt(prompt.Tokens, i) is { } after)
                return LeadsToASize(after.Span.End) ? null : Claim(after);
        return null;
    }

    /// <summary>"150 m² on a plot of 240 m²": the plot is the second's.</summary>
    private bool LeadsToASize(int i)
    {
        while (prompt.At(i) is { } token && Fillers.Contains(token.Text)) i++;
        return prompt.At(i) is { Kind: TokenKind.Number } && Units.All.LongestAt(prompt.Tokens, i + 1) is not null;
    }

    private bool Stops(int i) => prompt.Tokens[i].EndsClause || prompt.Tokens[i].Kind == TokenKind.Number;

    private Extent Claim((Span Span, Extent[] Meanings) word)
    {
        claimed.Add(word.Span.First);
        return word.Meanings[0];
    }

    private Side Claim((Span Span, Side[] Meanings) word)
    {
        claimed.Add(word.Span.First);
        return word.Meanings[0] switch
        {
            Side.Width when wideIsLong => Side.Length,
            Side.Depth => Side.Width,
            var side => side,
        };
    }

    /// <summary>A number stands by it: a deep pool has no depth in metres.</summary>
    private static bool Says(Prompt prompt, Side side)
    {
        for (var i = 0; i < prompt.Tokens.Length; i++)
            if (Sides.LongestAt(prompt.Tokens, i) is var (_, meanings) && meanings[0] == side && HasNumberNear(prompt, i))
                return true;
        return false;
    }

    private static bool HasNumberNear(Prompt prompt, int i)
    {
        for (var k = i - 2; k <= i + 2; k++)
            if (prompt.At(k) is { Kind: TokenKind.Number }) return true;
        return false;
    }
}
