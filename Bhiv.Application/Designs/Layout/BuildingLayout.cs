using Bhiv.Application.Designs.Completing;
using Bhiv.Application.Designs.Reading;
using Bhiv.Application.Designs.Understanding;

namespace Bhiv.Application.Designs.Layout;

/// <summary>
/// Stacks a building: foundation, then a slab, walls, openings and rooms for each storey, then the roof, which lies within the height.
/// All stands inside the footprint, so garden and parking stay features and are not drawn.
/// </summary>
internal sealed class BuildingLayout(DesignDraft draft, Request request, Canvas canvas, Notes notes)
{
    /// <summary>
    /// Up to here each storey is drawn. A higher building repeats itself: one between the ground and the top stands for all, so that an
    /// answer does not grow with the height.
    /// </summary>
    private const int MostDrawnStories = 10;

    private const double Slab = 0.2;
    private const double Wall = 0.25;
    private const double Column = 0.4;
    private const double Roof = 0.3;
    private const double Foundation = 0.6;
    private const double BasementHeight = 3;

    /// <summary>What passes by the rooms of a storey: as wide as the stairs where there are any.</summary>
    private const double Passage = 1.2;

    /// <summary>However high they rise.</summary>
    private static readonly DesignSize Stairs = new(2.5, 3.5, 0);
    private static readonly DesignSize Lift = new(2, 2, 0);

    private readonly double length = draft.Dimensions.Length;
    private readonly double width = draft.Dimensions.Width;
    private readonly double height = draft.Dimensions.Height;
    private readonly int stories = draft.Stories ?? 1;

    private IReadOnlyList<PlannedRoom> rooms = [];

    private double StoreyHeight => height / stories;

    private Rectangle Inside => new(Wall, Wall, length - (2 * Wall), width - (2 * Wall));

    private bool HasStairs => stories > 1 && Wants("staircase");

    private bool HasLift => request.Features.Contains("lift");

    /// <summary>What stands on a slab, up to the next one or the roof.</summary>
    /// <param name="Name">What the ids of its parts begin with.</param>
    private readonly record struct Storey(string Name, double Z, double Height, DesignObjectProperties Properties);

    public void Draw()
    {
        PlanRooms();
        DrawGround();
        DrawStories();
        DrawDoor();
        DrawWaysUp();
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

    private void PlanRooms()
    {
        var count = 0;
        for (var i = 0; i < draft.Rooms.Count; i++) count += draft.Rooms[i].Count;
        if (count == 0) return;
        if (count > FloorPlan.MostRooms || stories > FloorPlan.MostStories) notes.Warn("object_omitted: rooms");
        else if (new FloorPlan(draft, Inside, HasStairs || HasLift ? Stairs.Length : Passage).Draw() is { } plan) rooms = plan;
        else notes.Warn("rooms_exceed_area");
        AssumeArea(PlannedRoom.Circulation, "the way to the rooms, the stairs and the lift");
        AssumeArea(PlannedRoom.OpenArea, "the floor that the named rooms leave");
    }

    /// <summary>Nobody asked for it, and it is drawn.</summary>
    private void AssumeArea(string type, string why)
    {
        var count = 0;
        for (var i = 0; i < rooms.Count; i++)
            if (rooms[i].Type == type) count++;
        if (count > 0) notes.Assume($"objects.{type}", SafeText.Number(count), why);
    }

    private void DrawGround()
    {
        var depth = request.Features.Contains("basement") ? BasementHeight : 0;
        var structure = MaterialOf("foundation", "structure");
        if (Wants("foundation")) canvas.Add("foundation", structure, At(0, 0, -depth - Foundation), Plate(Foundation));
        if (depth > 0) canvas.Add("basement", structure, At(0, 0, -depth), Plate(depth));
    }

    private void DrawStories()
    {
        if (stories <= MostDrawnStories)
        {
            for (var number = 1; number <= stories; number++) DrawStorey($"storey_{number}", new DesignObjectProperties(number));
            return;
        }

        DrawStorey("storey_1", new DesignObjectProperties(1));
        DrawStorey("typical_storey", new DesignObjectProperties(2, CountZ: stories - 2, SpacingZ: Canvas.Round(StoreyHeight)));
        DrawStorey($"storey_{stories}", new DesignObjectProperties(stories));
    }

    private void DrawStorey(string name, DesignObjectProperties properties)
    {
        var number = properties.Storey!.Value;
        var floor = (number - 1) * StoreyHeight;
        var top = number == stories ? height - Roof : floor + StoreyHeight;
        var storey = new Storey(name, floor + Slab, top - floor - Slab, properties);
        canvas.Add("slab", MaterialOf("structure"), At(0, 0, floor), Plate(Slab), $"{name}_slab", properties);
        if (Wants("walls")) DrawWalls(storey);
        if (canvas.HasRole("frame") && length >= 2 && width >= 2) DrawColumns(storey);
        if (Wants("windows")) DrawWindows(storey);
        DrawRooms(storey);
    }

    private void DrawWalls(Storey storey)
    {
        var type = canvas.HasRole("facade") ? "facade" : "wall";
        var material = canvas.MaterialOf("facade", "walls", "structure", "frame");
        var (along, across) = (new DesignSize(length, Wall, storey.Height), new DesignSize(Wall, width - (2 * Wall), storey.Height));
        DrawWall("south", At(0, 0, storey.Z), along);
        DrawWall("north", At(0, width - Wall, storey.Z), along);
        DrawWall("west", At(0, Wall, storey.Z), across);
        DrawWall("east", At(length - Wall, Wall, storey.Z), across);

        void DrawWall(string side, DesignPosition at, DesignSize size) =>
            canvas.Add(type, material, at, size, $"{storey.Name}_{type}_{side}", storey.Properties);
    }

    /// <summary>Two rows of columns just inside the walls, some six metres apart.</summary>
    private void DrawColumns(Storey storey)
    {
        var gaps = Math.Max(1, (int)Math.Round(length / 6));
        var rows = storey.Properties with
        {
            CountX = gaps + 1,
            SpacingX = Canvas.Round((length - (2 * Wall) - Column) / gaps),
            CountY = 2,
            SpacingY = Canvas.Round(width - (2 * Wall) - Column),
        };
        var size = new DesignSize(Column, Column, storey.Height);
        canvas.Add("column", canvas.MaterialOf("frame"), At(Wall, Wall, storey.Z), size, $"{storey.Name}_columns", rows);
    }

    private void DrawWindows(Storey storey)
    {
        var large = request.Features.Contains("large_windows");
        var sill = large ? 0.2 : 0.9;
        // An even number, no wider than the gaps between them: the door in the middle of the wall stands in one of those.
        var count = 2 * Math.Max(1, (int)(length / 6));
        var spacing = length / count;
        var size = new DesignSize(Math.Min(1.5, spacing / 2), Wall, Math.Min(large ? 2.4 : 1.5, storey.Height - sill - 0.1));
        if (size.Height < 0.3) return;
        var glass = canvas.MaterialOfWindows;
        var first = At((spacing - size.Length) / 2, 0, storey.Z + sill);
        var row = storey.Properties with { CountX = count, SpacingX = Canvas.Round(spacing) };
        canvas.Add("window", glass, first, size, $"{storey.Name}_windows_south", row);
        canvas.Add("window", glass, first with { Y = width - Wall }, size, $"{storey.Name}_windows_north", row);
    }

    /// <summary>A room is as its floor: what is not said of that either is what it lies on.</summary>
    private void DrawRooms(Storey storey)
    {
        var material = MaterialOf("floor", "structure");
        for (var i = 0; i < rooms.Count; i++)
        {
            var (room, place) = (rooms[i], rooms[i].Place);
            if (room.Storey != storey.Properties.Storey) continue;
            var size = new DesignSize(place.Length, place.Width, storey.Height);
            canvas.Add(room.Type, material, At(place.X, place.Y, storey.Z), size, $"{room.Type}_{room.Number}", storey.Properties);
        }
    }

    /// <summary>In the middle of the south wall.</summary>
    private void DrawDoor()
    {
        if (!Wants("doors")) return;
        var door = new DesignSize(Math.Min(1.2, length / 4), Wall, Math.Min(2.1, StoreyHeight - Slab - Roof));
        canvas.Add("door", canvas.MaterialOfDoors, At((length - door.Length) / 2, 0, Slab), door, "entrance_door");
    }

    /// <summary>Stairs and lift rise from the ground to the roof along the west wall, from the north on and clear of the columns.</summary>
    private void DrawWaysUp()
    {
        var rise = height - Roof - Slab;
        var north = width - Wall - Column;
        if (HasStairs) DrawWayUp("staircase", Stairs with { Height = rise }, ref north);
        if (HasLift) DrawWayUp("lift_shaft", Lift with { Height = rise }, ref north);
    }

    /// <param name="north">Where the next one ends.</param>
    private void DrawWayUp(string type, DesignSize size, ref double north)
    {
        if (north - size.Width < Wall || size.Length + (2 * Wall) > length)
        {
            notes.Warn($"object_omitted: {type}");
            return;
        }

        north -= size.Width;
        canvas.Add(type, MaterialOf("staircase", "structure", "frame"), At(Wall, north, Slab), size);
    }

    private DesignSize Plate(double thick) => new(length, width, thick);

    private static DesignPosition At(double x, double y, double z) => new(x, y, z);
}
