namespace Bhiv.Application.Designs.Vocabulary;

/// <param name="Metres">Of one unit; for an area, of the side of one square unit, so that a pair of sides may borrow it.</param>
/// <param name="Assumed">The prompt leaves the unit out ("100 sq").</param>
internal sealed record Unit(string Name, double Metres, bool IsArea = false, bool Assumed = false)
{
    public double Factor => IsArea ? Metres * Metres : Metres;
}

internal static class Units
{
    public const double Foot = 0.3048;

    public static readonly Unit Metre = new("m", 1);

    public static readonly Lexicon<Unit> All = new(
    [
        ("m|meter|metre|mtr|mt|米", Metre),
        ("cm|centimeter|centimetre", new Unit("cm", 0.01)),
        ("mm|millimeter|millimetre", new Unit("mm", 0.001)),
        ("km|kilometer|kilometre", new Unit("km", 1000)),
        ("ft|feet|foot|'|फीट|फुट", new Unit("ft", Foot)),
        ("inch|in|\"", new Unit("in", Foot / 12)),
        ("yd|yard", new Unit("yd", Foot * 3)),
        ("sq m|sqm|m²|sq meter|sq metre|square m|square meter|square metre|sq mtr|meter square|metre square|平方米",
            new Unit("m²", 1, true)),
        ("sq ft|sqft|sft|sf|ft²|sq feet|sq foot|square ft|square feet|square foot|feet square|sq'", new Unit("sq ft", Foot, true)),
        ("sq yd|sqyd|yd²|sq yard|square yard|gaj", new Unit("sq yd", Foot * 3, true)),
        ("acre", new Unit("acre", Math.Sqrt(43_560) * Foot, true)),
        ("hectare|ha", new Unit("ha", 100, true)),
        ("sq|square", new Unit("m²", 1, true, Assumed: true)),
    ]);

    /// <summary>Also words and signs of other meaning: these are units only where something beside the number says so.</summary>
    public static bool MustTouch(ReadOnlySpan<char> text) => text is "in" or "'" or "\"";
}
