using Bhiv.Application.Designs;
using static Bhiv.Tests.Designs.Designing;

namespace Bhiv.Tests.Designs;

/// <summary>What is wrong with a design, in words. Nothing may be wrong with any.</summary>
internal static class Flaws
{
    /// <summary>Positions, sizes and spacings are rounded to a tenth of a millimetre each.</summary>
    private const double Rounding = 0.00005;

    /// <summary>An area that was read stands where the sides agree with it to two in a hundred, and two decimals are written of it.</summary>
    private const double AreaTolerance = 0.021;

    private enum Axis
    {
        X,
        Y,
        Z,
    }

    public static IEnumerable<string> Of(DesignSpec spec) =>
        OfNumbers(spec).Concat(OfIdentity(spec)).Concat(OfFit(spec)).Concat(OfDoor(spec)).Concat(OfDeclarations(spec))
            .Concat(spec.DesignType == "building" ? OfStacking(spec).Concat(OfRooms(spec)) : []);

    private static IEnumerable<string> OfNumbers(DesignSpec spec)
    {
        var whole = spec.Dimensions;
        double[] positive =
        [
            whole.Length, whole.Width, whole.Height, whole.Area, whole.TotalFloorArea,
            .. spec.Objects.SelectMany(part => new[] { part.Dimensions.Length, part.Dimensions.Width, part.Dimensions.Height }),
            .. spec.Objects.SelectMany(part => Enum.GetValues<Axis>().Select(axis => RowOf(part, axis)))
                .Where(row => row.Count > 1).Select(row => row.Spacing),
        ];
        if (whole.Units != "metres") yield return $"in {whole.Units}";
        foreach (var number in positive.Where(number => !double.IsFinite(number) || number <= 0)) yield return $"{number} is no size";
        foreach (var part in spec.Objects)
            if (!double.IsFinite(part.Position.X + part.Position.Y + part.Position.Z)) yield return $"{part.Id} is nowhere";
    }

    private static IEnumerable<string> OfIdentity(DesignSpec spec)
    {
        if (spec.Objects.Count == 0) yield return "no objects";
        foreach (var same in spec.Objects.GroupBy(part => part.Id).Where(same => same.Count() > 1)) yield return $"twice: {same.Key}";
        foreach (var part in spec.Objects)
            if (part.Properties is { CountX: < 2 } or { CountY: < 2 } or { CountZ: < 2 }) yield return $"{part.Id} is no row";
        foreach (var part in spec.Objects)
            if (part.Count != Enum.GetValues<Axis>().Aggregate(1, (count, axis) => count * RowOf(part, axis).Count))
                yield return $"{part.Id} is not as many as its rows";
    }

    /// <summary>Several of a product stand beside each other, each in a footprint of its own.</summary>
    private static IEnumerable<string> OfFit(DesignSpec spec)
    {
        var copies = spec.DesignType is "building" or "interior" ? 1 : RowOf(spec.Objects[0], Axis.X).Count;
        if (spec.Requirements.Any(read => read.Field == "count" && read.Value != Text(copies))) yield return $"{copies} is not what was asked for";
        foreach (var part in spec.Objects)
        {
            var row = RowOf(part, Axis.X);
            if (copies > 1 && (row.Count != copies || row.Spacing < spec.Dimensions.Length)) yield return $"{part.Id} is not one of each";
            var ofOne = copies > 1 ? part with { Properties = part.Properties with { CountX = null } } : part;
            foreach (var axis in Enum.GetValues<Axis>())
                if (!Fits(ofOne, axis, spec.Dimensions)) yield return $"outside along {axis}: {part}";
        }
    }

    private static bool Fits(DesignObject part, Axis axis, DesignDimensions whole)
    {
        var (from, size, most) = axis switch
        {
            Axis.X => (part.Position.X, part.Dimensions.Length, whole.Length),
            Axis.Y => (part.Position.Y, part.Dimensions.Width, whole.Width),
            _ => (part.Position.Z, part.Dimensions.Height, whole.Height),
        };
        var (count, spacing) = RowOf(part, axis);
        var mayBeBelow = axis == Axis.Z && part.Type is "foundation" or "basement";
        return (from >= 0 || mayBeBelow) && from + ((count - 1) * spacing) + size <= most + ((count + 1) * Rounding);
    }

    private static IEnumerable<string> OfStacking(DesignSpec spec)
    {
        var height = spec.Dimensions.Height / spec.Stories!.Value;
        var slabs = spec.Objects.Where(part => part.Type == "slab").SelectMany(Levels).ToList();
        if (slabs.Count != spec.Stories) yield return "a storey has no slab";
        for (var i = 0; i < slabs.Count; i++)
            if (Math.Abs(slabs[i] - (i * height)) > (i + 1) * Rounding) yield return $"slab {i} is off";
        var thickness = spec.Objects.First(part => part.Type == "slab").Dimensions.Height;
        foreach (var wall in spec.Objects.Where(part => part.Type is "wall" or "facade" or "column"))
            if (!Levels(wall).All(level => slabs.Exists(slab => Math.Abs(slab + thickness - level) < (slabs.Count + 2) * Rounding)))
                yield return $"{wall.Id} stands on no slab";
        foreach (var part in spec.Objects.Where(part => part.Properties.Storey is not null))
            if ((int)Math.Floor((part.Position.Z + Rounding) / height) != part.Properties.Storey - 1) yield return $"{part.Id} is on another storey";
        foreach (var roof in spec.Objects.Where(part => part.Type == "roof"))
            if (Math.Abs(roof.Position.Z + roof.Dimensions.Height - spec.Dimensions.Height) > 2 * Rounding) yield return "the roof is not on top";
        foreach (var below in spec.Objects.Where(part => part.Type is "foundation" or "basement"))
            if (below.Position.Z + below.Dimensions.Height > Rounding || !Covers(below, spec.Dimensions)) yield return $"{below.Id} carries nothing";
        var floors = slabs.Count * spec.Dimensions.Length * spec.Dimensions.Width;
        if (Math.Abs(floors - spec.Dimensions.TotalFloorArea) > (AreaTolerance * floors) + 0.01) yield return "the floors have another area";
    }

    /// <summary>All rooms are drawn, or a warning says that none is.</summary>
    private static IEnumerable<string> OfRooms(DesignSpec spec)
    {
        var drawn = spec.Objects.Where(part => part.Type is "circulation" or "open_area" || spec.Rooms.Any(room => room.Type == part.Type)).ToList();
        if (drawn.Count == 0 && spec.Rooms.Count > 0 && !spec.Metadata.Warnings.Any(warning => warning is "rooms_exceed_area" or "object_omitted: rooms"))
            yield return "no word of the rooms";
        if (drawn.Count == 0) yield break;
        foreach (var room in spec.Rooms)
            if (drawn.Count(part => part.Type == room.Type) != room.Count) yield return $"not every {room.Type} is drawn";
        foreach (var room in drawn)
            if (spec.Stories > 1 && room.Type is "bedroom" or "living_room" && room.Properties.Storey > 1 != (room.Type == "bedroom"))
                yield return $"{room.Id} is on storey {room.Properties.Storey}";
        foreach (var storey in drawn.GroupBy(room => room.Properties.Storey))
            foreach (var flaw in OfFloor([.. storey], spec)) yield return flaw;
    }

    private static IEnumerable<string> OfFloor(DesignObject[] rooms, DesignSpec spec)
    {
        const double Wall = 0.25;
        var (length, width) = (spec.Dimensions.Length - (2 * Wall), spec.Dimensions.Width - (2 * Wall));
        var ways = spec.Objects.Where(part => part.Type is "staircase" or "lift_shaft").ToArray();
        foreach (var room in rooms)
        {
            if (!IsWithin(room.Position.X - Wall, room.Dimensions.Length, length) || !IsWithin(room.Position.Y - Wall, room.Dimensions.Width, width))
                yield return $"{room.Id} is in the walls";
            foreach (var other in rooms.Where(other => other != room && Overlap(room, other))) yield return $"{room.Id} and {other.Id} overlap";
            foreach (var way in ways.Where(way => room.Type != "circulation" && Overlap(room, way))) yield return $"{way.Id} is in {room.Id}";
        }

        var area = rooms.Sum(room => room.Dimensions.Length * room.Dimensions.Width);
        if (Math.Abs(area - (length * width)) > rooms.Length * (length + width) * Rounding) yield return $"the rooms take {area} m² of {length * width}";
    }

    private static bool IsWithin(double from, double size, double whole) => from >= -Rounding && from + size <= whole + (3 * Rounding);

    private static bool Overlap(DesignObject one, DesignObject other) =>
        Shared(one.Position.X, one.Dimensions.Length, other.Position.X, other.Dimensions.Length) > 4 * Rounding
        && Shared(one.Position.Y, one.Dimensions.Width, other.Position.Y, other.Dimensions.Width) > 4 * Rounding;

    private static double Shared(double from, double size, double other, double otherSize) =>
        Math.Min(from + size, other + otherSize) - Math.Max(from, other);

    private static IEnumerable<string> OfDoor(DesignSpec spec)
    {
        var openings = spec.Objects.Where(part => part.Id is "entrance_door" or "storey_1_windows_south").ToList();
        if (openings is not [{ } windows, { } door]) yield break;
        var (count, spacing) = RowOf(windows, Axis.X);
        for (var i = 0; i < count; i++)
        {
            var from = windows.Position.X + (i * spacing);
            var tolerance = (i + 4) * Rounding;
            if (from + windows.Dimensions.Length > door.Position.X + tolerance
                && from < door.Position.X + door.Dimensions.Length - tolerance) yield return $"window {i} is in the door";
        }
    }

    private static IEnumerable<string> OfDeclarations(DesignSpec spec) =>
        Values(spec).Where(it => !IsDeclared(spec, it.Field, it.Value)).Select(it => $"undeclared: {it}");

    private static IEnumerable<(string Field, string Value)> Values(DesignSpec spec)
    {
        foreach (var value in MainFields(spec)) yield return value;
        yield return ("components", string.Join(", ", spec.Components));
        yield return ("objects", Text(spec.Objects.Count));
        if (spec.Objects.Count(part => part.Type == "circulation") is > 0 and var ways) yield return ("objects.circulation", Text(ways));
    }

    private static bool IsDeclared(DesignSpec spec, string field, string value) =>
        spec.Requirements.Any(read => read.Field == field && read.Value == value)
        || spec.Assumptions.Any(assumed => assumed.Field == field && assumed.Value == value);

    private static bool Covers(DesignObject part, DesignDimensions whole) =>
        part is { Position: { X: 0, Y: 0 } } && part.Dimensions.Length == whole.Length && part.Dimensions.Width == whole.Width;

    /// <summary>The heights at which an object and its copies stand.</summary>
    private static IEnumerable<double> Levels(DesignObject part)
    {
        var (count, spacing) = RowOf(part, Axis.Z);
        return Enumerable.Range(0, count).Select(i => part.Position.Z + (i * spacing));
    }

    private static (int Count, double Spacing) RowOf(DesignObject part, Axis axis)
    {
        var rows = part.Properties;
        var (count, spacing) = axis switch
        {
            Axis.X => (rows.CountX, rows.SpacingX),
            Axis.Y => (rows.CountY, rows.SpacingY),
            _ => (rows.CountZ, rows.SpacingZ),
        };
        return (count ?? 1, spacing ?? 0);
    }
}
