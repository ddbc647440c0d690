using Bhiv.Application.Designs.Reading;
using Bhiv.Application.Designs.Vocabulary;

namespace Bhiv.Application.Designs.Understanding;

/// <summary>Gives each measurement its place among the sizes of the design. The first that says something wins.</summary>
internal sealed class SizeReader(Prompt prompt, Scan scan, Match? head, Subject subject, Notes notes)
{
    private readonly SizeWords words = new(prompt);
    private readonly Limits limits = Limits.Of(subject);
    private Sizes sizes = new();
    private bool unitAssumed;

    public Sizes Read(IEnumerable<Measurement> measurements)
    {
        var (end, extent) = (0, (Extent?)null);
        foreach (var measurement in measurements)
        {
            if (prompt.IsNegated(measurement.Span)) continue;
            // "Each floor 400 sq m and 4 m high": what was said of the first holds for the second.
            var goesOn = prompt.At(end) is { Text: "and" } && measurement.Span.First == end + 1;
            extent = words.ExtentOf(measurement.Span) ?? (goesOn ? extent : null);
            end = measurement.Span.End;
            if (!measurement.IsPositive || extent == Extent.Each || IsOfAPart(measurement.Span))
                notes.Warn("size_ignored", measurement.Span);
            else Place(measurement, extent);
        }

        return sizes;
    }

    private void Place(Measurement measurement, Extent? extent)
    {
        if (measurement.IsUnitAssumed) AssumeUnit(measurement);
        if (measurement.IsArea) PlaceArea(measurement.First, extent, measurement.Span);
        else if (measurement.Second is { } second) PlaceSides(measurement, second, extent);
        else PlaceSide(measurement, extent);
    }

    private void PlaceArea(double area, Extent? extent, Span span) => sizes = extent switch
    {
        Extent.Plot => sizes with { PlotArea = Area(sizes.PlotArea, "plot_area", area, span) },
        Extent.Total => sizes with { TotalArea = Area(sizes.TotalArea, "dimensions.total_floor_area", area, span) },
        _ => sizes with { Area = Area(sizes.Area, "dimensions.area", area, span) },
    };

    private void PlaceSides(Measurement measurement, double second, Extent? extent)
    {
        var (first, span) = (measurement.First, measurement.Span);
        if (extent == Extent.Plot)
        {
            PlaceArea(first * second, extent, span);
            return;
        }

        sizes = sizes with
        {
            Length = SideLength(sizes.Length, "dimensions.length", first, span),
            Width = SideLength(sizes.Width, "dimensions.width", second, span),
        };
        if (measurement.Third is { } third)
            sizes = WithHeight(third, span);
    }

    private void PlaceSide(Measurement measurement, Extent? extent)
    {
        var (value, span) = (measurement.First, measurement.Span);
        sizes = words.SideOf(span) switch
        {
            Side.Length => sizes with { Length = SideLength(sizes.Length, "dimensions.length", value, span) },
            Side.Width => sizes with { Width = SideLength(sizes.Width, "dimensions.width", value, span) },
            Side.StoreyHeight when !subject.IsBuilding => WithHeight(value, span),
            Side.Height when extent == Extent.Footprint => WithStoreyHeight(value, span),
            Side.Height => WithHeight(value, span),
            Side.StoreyHeight => WithStoreyHeight(value, span),
            _ => Ignored(span),
        };
    }

    /// <summary>"40 ft" of what? Better not to guess.</summary>
    private Sizes Ignored(Span span)
    {
        notes.Warn("size_ignored", span);
        return sizes;
    }

    private Sizes WithStoreyHeight(double value, Span span) =>
        sizes with { StoreyHeight = Bounded(sizes.StoreyHeight, "storey_height", value, span, 2, 20) };

    private Sizes WithHeight(double value, Span span) => sizes with
    {
        Height = Bounded(sizes.Height, "dimensions.height", value, span, limits.LeastHeight, limits.MostHeight),
    };

    private double SideLength(double? known, string field, double value, Span span) =>
        Bounded(known, field, value, span, limits.LeastSide, limits.MostSide);

    private double Area(double? known, string field, double value, Span span) => Bounded(
        known, field, value, span, limits.LeastSide * limits.LeastSide, limits.MostSide * limits.MostSide);

    private double Bounded(double? known, string field, double value, Span span, double least, double most)
    {
        var bounded = Math.Clamp(value, least, most);
        if (known is { } first)
        {
            if (Math.Abs(first - bounded) > 0.005) notes.Warn("size_contradicts", span);
            return first;
        }

        if (bounded == value)
        {
            notes.Read(field, SafeText.Number(value), span);
            return value;
        }

        notes.Warn("size_out_of_range", span);
        notes.Assume(field, SafeText.Number(bounded), $"the nearest to {prompt.Quote(span)} that can be drawn");
        return bounded;
    }

    private void AssumeUnit(Measurement measurement)
    {
        notes.Warn("unit_assumed", measurement.Span);
        if (unitAssumed) return;
        unitAssumed = true;
        notes.Assume("dimensions.units", "metres", $"{prompt.Quote(measurement.Span)} names no unit");
    }

    /// <summary>"A 12 x 10 ft bedroom" inside a house says nothing about the house.</summary>
    private bool IsOfAPart(Span span)
    {
        var before = prompt.At(span.First - 1) is { Text: "of" } ? span.First - 1 : span.First;
        return IsPart(scan.StartingAt(span.End)) || IsPart(scan.EndingAt(before));
    }

    private bool IsPart(Match? match) =>
        match is { } part && match != head && part.Span.End != head?.Span.First
        && (part.As<Room>() is not null || part.As<Feature>() is not null);
}
