using Bhiv.Application.Designs.Reading;
using Bhiv.Application.Designs.Vocabulary;

namespace Bhiv.Application.Designs.Understanding;

/// <summary>One to three numbers that belong together, such as "12 x 9 m" or "2000 sq ft".</summary>
/// <param name="Metres">Each number in metres, or the single one in square metres when <see cref="IsArea"/>.</param>
/// <param name="UnitAssumed">No unit is written: metres were taken.</param>
internal sealed record Measurement(IReadOnlyList<double> Metres, bool IsArea, bool UnitAssumed, Span Span);

/// <summary>Finds numbers with units, and numbers joined by "x" or "by". A bare number is no measurement.</summary>
internal static class MeasurementReader
{
    private sealed record Quantity(double Value, Unit? Unit, Span Span);

    public static List<Measurement> Find(Prompt prompt)
    {
        var found = new List<Measurement>();
        for (var i = 0; i < prompt.Tokens.Count; i++)
        {
            if (QuantityAt(prompt, i) is not { } first) continue;
            var joined = Joined(prompt, first);
            i = joined[^1].Span.End - 1;
            if (joined.Count > 1 || first.Unit is not null) found.Add(Measure(joined));
        }

        return found;
    }

    private static List<Quantity> Joined(Prompt prompt, Quantity first)
    {
        var joined = new List<Quantity> { first };
        while (joined.Count < 3 && prompt.At(joined[^1].Span.End) is { Text: "x" or "by" }
            && QuantityAt(prompt, joined[^1].Span.End + 1) is { } next) joined.Add(next);
        return joined;
    }

    /// <summary>A number without a unit borrows: in "40 x 30 ft" both are feet, and in "40 x 30 sq ft" too.</summary>
    private static Measurement Measure(List<Quantity> joined)
    {
        var unit = joined.FindLast(quantity => quantity.Unit is not null)?.Unit;
        var span = joined[0].Span.To(joined[^1].Span);
        if (joined.Count == 1 && unit is { IsArea: true })
            return new Measurement([joined[0].Value * unit.Factor], true, unit.Assumed, span);
        var metres = joined.ConvertAll(quantity => quantity.Value * (quantity.Unit ?? unit ?? Units.Metre).Metres);
        return new Measurement(metres, false, unit is null or { Assumed: true }, span);
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
        // "6 in Pune" is no length; "10 ft 6 in" is, and there the feet before it speak for the inches.
        var afterFeet = i >= 2 && prompt.Tokens[i - 2].Is("ft");
        if (Units.MustTouch(token.Text) && !token.Glued && !afterFeet) return null;
        return (found.Meanings[0], found.Span.End);
    }
}
