using Bhiv.Application.Designs.Reading;
using Bhiv.Application.Designs.Understanding;
using Bhiv.Application.Designs.Vocabulary;

namespace Bhiv.Application.Designs.Completing;

/// <summary>Completes the outer dimensions. What was read stays; what follows from it is derived; the rest is assumed.</summary>
internal sealed class Proportions(Request request, int? stories, Notes notes)
{
    /// <summary>Rounded sides may miss the area that was read by this much and still agree with it.</summary>
    private const double Tolerance = 0.02;

    private readonly Sizes sizes = request.Sizes;
    private readonly Limits limits = Limits.Of(request.Subject);

    private int Floors => stories ?? 1;

    public DesignDimensions Complete()
    {
        var height = Height();
        var (length, width) = Footprint();
        var area = Area(length * width);
        var total = TotalArea(area);
        return new DesignDimensions(
            SafeText.Round(length), SafeText.Round(width), SafeText.Round(height), SafeText.Round(area), SafeText.Round(total));
    }

    private (double Length, double Width) Footprint()
    {
        if (sizes is { Length: { } bothLength, Width: { } bothWidth }) return (bothLength, bothWidth);
        if (KnownArea() is not var (area, why)) return Usual();
        if (sizes.Length is { } length) return (length, Side("width", area / length, $"{why} divided by the length"));
        if (sizes.Width is { } width) return (Side("length", area / width, $"{why} divided by the width"), width);
        var longer = Side("length", Math.Sqrt(area * Defaults.SideRatio), $"{why} at a ratio of 4 to 3");
        return (longer, Side("width", area / longer, $"{why} divided by the length"));
    }

    private (double Area, string Why)? KnownArea() => sizes switch
    {
        { Area: { } area } => (area, "the area"),
        { TotalArea: { } total } => (total / Floors, "the floor area of one storey"),
        { PlotArea: { } plot } when plot * Defaults.BuiltShareOfPlot < UsualArea() =>
            (plot * Defaults.BuiltShareOfPlot, "60 % of the plot"),
        _ => null,
    };

    private double UsualArea()
    {
        var (length, width, _) = UsualSides();
        return length * width;
    }

    private (double Length, double Width) Usual()
    {
        var (length, width, why) = UsualSides();
        if (request.Subject.IsProduct)
            return (sizes.Length ?? Side("length", length, why), sizes.Width ?? Side("width", width, why));
        if (sizes.Length is { } known) return (known, Side("width", known * width / length, $"in proportion to {why}"));
        if (sizes.Width is { } side) return (Side("length", side * length / width, $"in proportion to {why}"), side);
        return (Side("length", length, why), Side("width", width, why));
    }

    private (double Length, double Width, string Why) UsualSides()
    {
        var subject = request.Subject;
        if (subject.IsInterior)
        {
            var (length, width) = Defaults.SidesOf(subject.Subtype!);
            return (length, width, "the usual room of its kind");
        }

        if (subject.IsProduct)
        {
            var size = ProductWords.Of(subject).Size;
            return (size.Length, size.Width, "the usual size of its kind");
        }

        if (subject.Category == "industrial") return (40, 30, "the usual footprint of an industrial building");
        return Floors > 2 ? (30, 25, "the usual footprint above two storeys") : (20, 15, "the usual footprint up to two storeys");
    }

    private double Height()
    {
        var storey = sizes.StoreyHeight ?? Defaults.StoreyHeight;
        if (sizes.Height is { } read && (request.Stories is not { } said || read / said is >= 2 and <= 20)) return read;
        if (sizes.Height is not null) notes.Warn("height_contradicts_stories");
        var (height, why) = request.Subject switch
        {
            { IsBuilding: true } => (Floors * storey, $"{SafeText.Number(storey)} m a storey"),
            { IsInterior: true } => (sizes.StoreyHeight ?? Defaults.InteriorHeight, "the usual height of a room"),
            _ => (ProductWords.Of(request.Subject).Size.Height, "the usual size of its kind"),
        };
        return Assumed("height", height, why);
    }

    /// <summary>Where sides and area disagree the sides win: they are what gets drawn.</summary>
    private double Area(double sides)
    {
        if (sizes.Area is { } read && Math.Abs(read - sides) <= Tolerance * sides) return read;
        if (sizes.Area is not null) notes.Warn("area_contradicts_sides");
        return Assumed("area", sides, "length times width");
    }

    private double TotalArea(double area)
    {
        var total = area * Floors;
        if (sizes.TotalArea is { } read && Math.Abs(read - total) <= Tolerance * total) return read;
        if (sizes.TotalArea is not null) notes.Warn("area_contradicts_sides");
        return Assumed("total_floor_area", total, stories is null ? "the area" : "the area is that of each storey");
    }

    private double Side(string name, double value, string why)
    {
        var bounded = Math.Clamp(value, limits.LeastSide, limits.MostSide);
        if (bounded != value) notes.Warn($"size_out_of_range: {name}");
        return Assumed(name, bounded, why);
    }

    private double Assumed(string name, double value, string why)
    {
        notes.Assume($"dimensions.{name}", SafeText.Number(value), why);
        return value;
    }
}
