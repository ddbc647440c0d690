using Bhiv.Application.Designs.Completing;
using Bhiv.Application.Designs.Understanding;

namespace Bhiv.Application.Designs.Layout;

/// <summary>
/// Stacks a building: foundation, then a slab, walls and openings for each storey, then the roof, which lies within the height.
/// All stands inside the footprint, so garden and parking stay features and are not drawn.
/// </summary>
internal sealed class BuildingLayout(DesignDraft draft, Request request, Canvas canvas)
{
    private const double Slab = 0.2;
    private const double Wall = 0.25;
    private const double Roof = 0.3;
    private const double Foundation = 0.6;
    private const double BasementHeight = 3;

    private readonly double length = draft.Dimensions.Length;
    private readonly double width = draft.Dimensions.Width;
    private readonly double height = draft.Dimensions.Height;
    private readonly int stories = draft.Stories ?? 1;

    private double Storey => height / stories;

    public void Draw()
    {
        DrawGround();
        for (var storey = 0; storey < stories; storey++) DrawStorey(storey);
        DrawWays();
        if (Wants("roof")) canvas.Add("roof", MaterialOf("roof", "structure", "frame"), At(0, 0, height - Roof), Plate(Roof));
    }

    /// <summary>
    /// A part for which no material was named is of what carries the building, but nobody lays a slab of bricks: there and where
    /// nothing else is said it is concrete.
    /// </summary>
    private string MaterialOf(params ReadOnlySpan<string> roles)
    {
        foreach (var role in roles)
            if (canvas.HasRole(role)) return canvas.MaterialOf(role);
        return Wants("concrete") ? "concrete" : canvas.MaterialOf("frame", "walls");
    }

    private bool Wants(string part) => !request.Excluded.Contains(part);

    private void DrawGround()
    {
        var depth = request.Features.Contains("basement") ? BasementHeight : 0;
        var structure = MaterialOf("foundation", "structure");
        if (Wants("foundation")) canvas.Add("foundation", structure, At(0, 0, -depth - Foundation), Plate(Foundation));
        if (depth > 0) canvas.Add("basement", structure, At(0, 0, -depth), Plate(depth));
    }

    private void DrawStorey(int storey)
    {
        var floor = storey * Storey;
        var top = storey == stories - 1 ? height - Roof : floor + Storey;
        var name = $"storey_{storey + 1}";
        var properties = new DesignObjectProperties(storey + 1);
        canvas.Add("slab", MaterialOf("structure"), At(0, 0, floor), Plate(Slab), $"{name}_slab", properties);
        DrawWalls(name, floor + Slab, top - floor - Slab, properties);
        if (canvas.HasRole("frame")) DrawColumns(name, floor + Slab, top - floor - Slab, properties);
        if (Wants("windows")) DrawWindows(name, floor + Slab, top - floor - Slab, properties);
    }

    private void DrawWalls(string name, double z, double tall, DesignObjectProperties properties)
    {
        if (!Wants("walls")) return;
        var type = canvas.HasRole("facade") ? "facade" : "wall";
        var material = canvas.MaterialOf("facade", "walls", "structure", "frame");
        var (along, across) = (new DesignSize(length, Wall, tall), new DesignSize(Wall, width - (2 * Wall), tall));
        canvas.Add(type, material, At(0, 0, z), along, $"{name}_{type}_south", properties);
        canvas.Add(type, material, At(0, width - Wall, z), along, $"{name}_{type}_north", properties);
        canvas.Add(type, material, At(0, Wall, z), across, $"{name}_{type}_west", properties);
        canvas.Add(type, material, At(length - Wall, Wall, z), across, $"{name}_{type}_east", properties);
    }

    /// <summary>Two rows of columns just inside the walls, some six metres apart.</summary>
    private void DrawColumns(string name, double z, double tall, DesignObjectProperties properties)
    {
        const double Thick = 0.4;
        if (length < 2 || width < 2) return;
        var gaps = Math.Max(1, (int)Math.Round(length / 6));
        var spacing = (length - (2 * Wall) - Thick) / gaps;
        var size = new DesignSize(Thick, Thick, tall);
        var rows = properties with
        {
            CountX = gaps + 1,
            SpacingX = Canvas.Round(spacing),
            CountY = 2,
            SpacingY = Canvas.Round(width - (2 * Wall) - Thick),
        };
        canvas.Add("column", canvas.MaterialOf("frame"), At(Wall, Wall, z), size, $"{name}_columns", rows);
    }

    private void DrawWindows(string name, double z, double tall, DesignObjectProperties properties)
    {
        var large = request.Features.Contains("large_windows");
        var sill = large ? 0.2 : 0.9;
        // An even number, no wider than the gaps between them: the door in the middle of the wall stands in one of those.
        var count = 2 * Math.Max(1, (int)(length / 6));
        var spacing = length / count;
        var size = new DesignSize(Math.Min(1.5, spacing / 2), Wall, Math.Min(large ? 2.4 : 1.5, tall - sill - 0.1));
        if (size.Height < 0.3) return;
        var glass = canvas.MaterialForOpening("windows", "glass");
        var first = At((spacing - size.Length) / 2, 0, z + sill);
        var row = properties with { CountX = count, SpacingX = Canvas.Round(spacing) };
        canvas.Add("window", glass, first, size, $"{name}_windows_south", row);
        canvas.Add("window", glass, first with { Y = width - Wall }, size, $"{name}_windows_north", row);
    }

    /// <summary>The ways in and up: the door in the south wall, and stairs and lift behind it where there is room.</summary>
    private void DrawWays()
    {
        var rise = height - Roof - Slab;
        var door = new DesignSize(Math.Min(1.2, length / 4), Wall, Math.Min(2.1, Storey - Slab - Roof));
        var middle = At((length - door.Length) / 2, 0, Slab);
        if (Wants("doors")) canvas.Add("door", canvas.MaterialForOpening("doors", "wood"), middle, door, "entrance_door");
        var structure = MaterialOf("staircase", "structure", "frame");
        if (stories > 1 && Wants("staircase") && length >= 6 && width >= 6)
            canvas.Add("staircase", structure, At(1, width - 4.5, Slab), new DesignSize(2.5, 3.5, rise));
        if (request.Features.Contains("lift") && length >= 6 && width >= 6)
            canvas.Add("lift_shaft", structure, At(3.6, width - 3, Slab), new DesignSize(2, 2, rise));
    }

    private DesignSize Plate(double thick) => new(length, width, thick);

    private static DesignPosition At(double x, double y, double z) => new(x, y, z);
}
