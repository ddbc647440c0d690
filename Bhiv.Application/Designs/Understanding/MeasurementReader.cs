using Bhiv.Application.Designs.Reading;
using Bhiv.Application.Designs.Vocabulary;

namespace Bhiv.Application.Designs.Understanding;

/// <summary>One to three numbers that belong together, such as "12 x 9 m" or "2000 sq ft".</summary>
/// <param name="First">In metres, or in square metres when <see cref="IsArea"/>.</param>
/// <param name="Unit">As written, behind the last number that has one.</param>
internal readonly record struct Measurement(
    double First, double? Second, double? Third, Unit? Unit, Span Span)
{
    public bool IsArea => Second is null && Unit is { IsArea: true };

    /// <summary>Metres were taken.</summary>
    public bool IsUnitAssumed => Unit is null or { Assumed: true };

    public bool IsPositive => First > 0 && Second is null or > 0 && Third is null or > 0;
}

/// <summary>Finds numbers with units, and numbers joined by "x" or "by". A bare number is none, unless it continues one.</summary>
internal static class MeasurementReader
{
    /// <summary>Nobody who wants one thing designed measures more.</summary>
    private const int Most = 16;

    private readonly record struct Quantity(double Value, Unit? Unit, Span Span);

    public static List<Measurement> Find(Prompt prompt)
    {
        var found = new List<Measurement>();
        for (var i = 0; i < prompt.Tokens.Length && found.Count < Most; i++)
        {
            if (QuantityAt(prompt, i) is not { } first) continue;
            var second = JoinedTo(prompt, first);
            var third = second is { } joined ? JoinedTo(prompt, joined) : null;
            i = (third ?? second ?? first).Span.End - 1;
            if (second is not null || first.Unit is not null) found.Add(Measure(first, second, third));
            else if (found.Count > 0 && Continues(prompt, found[^1], first))
                found.Add(Measure(first with { Unit = found[^1].Unit }, null, null));
        }

        return found;
    }

    /// <summary>"15 metres wide and 20 long": the second has the unit of the first.</summary>
    private static bool Continues(Prompt prompt, Measurement before, Quantity bare)
    {
        if (before.IsArea || !SizeWords.IsSideAt(prompt, bare.Span.End)) return false;
        var i = before.Span.End;
        if (SizeWords.IsSideAt(prompt, i)) i++;
        while (prompt.At(i) is { Text: "," or "and" }) i++;
        return i == bare.Span.First;
    }

    private static Quantity? JoinedTo(Prompt prompt, Quantity before) =>
        prompt.At(before.Span.End) is { Text: "x" or "by" } ? QuantityAt(prompt, before.Span.End + 1) : null;

    /// <summary>A number without a unit borrows: in "40 x 30 ft" both are feet, and in "40 x 30 sq ft" too.</summary>
    private static Measurement Measure(Quantity first, Quantity? second, Quantity? third)
    {
        var unit = third?.Unit ?? second?.Unit ?? first.Unit;
        var span = first.Span.To((third ?? second ?? first).Span);
        if (second is null && unit is { IsArea: true }) return new Measurement(first.Value * unit.Factor, null, null, unit, span);
        return new Measurement(
            Metres(first), second is { } b ? Metres(b) : null, third is { } c ? Metres(c) : null, unit, span);

        double Metres(Quantity quantity) => quantity.Value * (quantity.Unit ?? unit ?? Units.Metre).Metres;
    }

    private static Quantity? QuantityAt(Prompt prompt, int i)
    {
        if (prompt.At(i) is not { Kind: TokenKind.Number } number) return null;
        if (UnitAt(prompt, i + 1) is not var (unit, end)) return new Quantity(number.Number, null, new Span(i, 1));
        var quantity = new Quantity(number.Number, unit, new Span(i, end - i));
        return unit.Name == "ft" ? WithInches(prompt, quantity) : quantity;
    }

    /// <summary>10'6" and "10 ft 6 in".</summary>
    private static Quantity WithInches(Prompt prompt, Quantity feet)
    {
        if (prompt.At(feet.Span.End) is not { Kind: TokenKind.Number } number) return feet;
        if (UnitAt(prompt, feet.Span.End + 1) is not var (unit, end) || unit.Name != "in") return feet;
        return feet with { Value = feet.Value + (number.Number / 12), Span = new Span(feet.Span.First, end - feet.Span.First) };
    }

    private static (Unit Unit, int End)? UnitAt(Prompt prompt, int i)
    {
        if (prompt.At(i) is not { } token || Units.All.LongestAt(prompt.Tokens, i) is not { } found) return null;
        // "6 in Pune" is no length; "10 ft 6 in", "60 in x 30 in" and "20 in wide" are.
        var afterFeet = i >= 2 && prompt.Tokens[i - 2].Is("ft");
        var isJoined = (prompt.At(found.Span.End) is { Text: "x" or "by" } && prompt.At(found.Span.End + 1) is { Kind: TokenKind.Number })
            || (prompt.At(i - 2) is { Text: "x" or "by" } && prompt.At(i - 3) is not { Kind: TokenKind.Number });
        var speaksForItself = token.Glued || afterFeet || isJoined || SizeWords.IsSideAt(prompt, found.Span.End);
        if (Units.MustTouch(token.Text) && !speaksForItself) return null;
        return (found.Meanings[0], found.Span.End);
    }
}
