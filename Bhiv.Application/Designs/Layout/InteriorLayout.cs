using Bhiv.Application.Designs.Completing;
using Bhiv.Application.Designs.Understanding;

namespace Bhiv.Application.Designs.Layout;

/// <summary>A room: floor, walls, door and window, and its furniture in rows that never overlap.</summary>
internal sealed class InteriorLayout(DesignDraft draft, Request request, Canvas canvas, Notes notes)
{
    private const double Floor = 0.05;
    private const double Wall = 0.1;

    /// <summary>Enough to pass between two pieces.</summary>
    private const double Gap = 0.4;

    private readonly double length = draft.Dimensions.Length;
    private readonly double width = draft.Dimensions.Width;
    private readonly double height = draft.Dimensions.Height;

    public void Draw()
    {
        canvas.Add("floor", canvas.MaterialOf("floor"), new(0, 0, 0), new(length, width, Floor));
        DrawWalls();
        DrawOpenings();
        DrawFurniture();
    }

    private void DrawWalls()
    {
        var material = canvas.MaterialOf("walls");
        var along = new DesignSize(length, Wall, height - Floor);
        var across = new DesignSize(Wall, width - (2 * Wall), height - Floor);
        canvas.Add("wall", material, new(0, 0, Floor), along, "wall_south");
        canvas.Add("wall", material, new(0, width - Wall, Floor), along, "wall_north");
        canvas.Add("wall", material, new(0, Wall, Floor), across, "wall_west");
        canvas.Add("wall", material, new(length - Wall, Wall, Floor), across, "wall_east");
    }

    private void DrawOpenings()
    {
        var door = new DesignSize(Math.Min(0.9, length / 2), Wall, Math.Min(2.1, height - Floor - 0.05));
        if (!request.Excluded.Contains("doors"))
            canvas.Add("door", canvas.MaterialOfDoors, new((length - door.Length) / 2, 0, Floor), door);
        var window = new DesignSize(Math.Min(1.5, length / 2), Wall, Math.Min(1.2, height - 1));
        if (!request.Excluded.Contains("windows"))
            canvas.Add("window", canvas.MaterialOfWindows,
                new((length - window.Length) / 2, width - Wall, Math.Min(0.9, height - window.Height)), window);
    }

    /// <summary>Row by row from the far wall to the door, so that what comes first stands along the window.</summary>
    private void DrawFurniture()
    {
        var (x, y, deepest) = (Wall, width - Wall, 0d);
        foreach (var piece in Furniture.Of(draft.Subject.Subtype, request.Furnishings))
        {
            if (request.Excluded.Contains(piece.Type)) continue;
            if (x + piece.Size.Length > length - Wall) (x, y, deepest) = (Wall, y - deepest - Gap, 0);
            var fits = x + piece.Size.Length <= length - Wall && y - piece.Size.Width >= Wall
                && Floor + piece.Size.Height <= height;
            if (!fits)
            {
                notes.Warn($"object_omitted: {piece.Type}");
                continue;
            }

            canvas.Add(piece.Type, MaterialOf(piece), new(x, y - piece.Size.Width, Floor), piece.Size);
            (x, deepest) = (x + piece.Size.Length + Gap, Math.Max(deepest, piece.Size.Width));
        }
    }

    /// <summary>A leather sofa: what furniture is said to be of, its covers are of.</summary>
    private string MaterialOf(Furniture piece) => piece switch
    {
        { Type: "counter" } when canvas.HasRole("countertop") => canvas.MaterialOf("countertop"),
        { Material: "fabric" } when canvas.HasRole("furniture") => canvas.MaterialOf("furniture"),
        _ => canvas.Usual(piece.Material),
    };
}
