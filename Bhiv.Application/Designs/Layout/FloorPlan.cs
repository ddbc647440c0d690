using System.Runtime.InteropServices;
using Bhiv.Application.Designs.Completing;

namespace Bhiv.Application.Designs.Layout;

/// <summary>A room and the part of its floor that it takes, from wall to wall.</summary>
/// <param name="Number">Among those of its type.</param>
/// <param name="UsualArea">Square metres; the shares of a floor are in proportion to these.</param>
internal readonly record struct PlannedRoom(string Type, int Number, int Storey, double UsualArea)
{
    /// <summary>The way to the rooms, the stairs and the lift.</summary>
    public const string Circulation = "circulation";

    /// <summary>What neither the rooms nor the way to them take.</summary>
    public const string OpenArea = "open_area";

    public Rectangle Place { get; init; }
}

/// <summary>A part of a floor. Metres from the south-west corner of the footprint.</summary>
internal readonly record struct Rectangle(double X, double Y, double Length, double Width)
{
    public double Area => Length * Width;

    public (Rectangle First, Rectangle Second) CutAlong(double length) =>
        (this with { Length = length }, this with { X = X + length, Length = Length - length });

    /// <summary>Across the longer side, so that what is cut off is no strip.</summary>
    public (Rectangle First, Rectangle Second) Cut(double share) => Length >= Width
        ? CutAlong(Length * share)
        : (this with { Width = Width * share }, this with { Y = Y + (Width * share), Width = Width * (1 - share) });
}

/// <summary>
/// Divides the floors among the rooms: along the west wall, where stairs and lift are, the way to them; the rest in proportion to what
/// each room usually takes. A storey that no room is on is not divided.
/// </summary>
internal sealed class FloorPlan(DesignDraft draft, Rectangle floor, double circulation)
{
    /// <summary>More are a list to be planned by somebody, and no sketch.</summary>
    public const int MostRooms = 24;

    /// <summary>What is higher is planned by the floor, and the floors are alike.</summary>
    public const int MostStories = 4;

    private const double NarrowestRoom = 1;

    /// <summary>
    /// A dwelling is its rooms, so that they share it all. Elsewhere the rooms that are named are not the only ones, and none takes more
    /// than this many times what it usually does.
    /// </summary>
    private const double MostGrowth = 2;

    private static readonly string[] OnGround =
        ["living_room", "kitchen", "dining_room", "lobby", "lounge", "shop", "restaurant", "cafeteria", "display_area"];

    private static readonly string[] Upstairs = ["bedroom", "bathroom", "study", "apartment"];

    private readonly List<PlannedRoom> planned = new(2 * MostRooms);
    private readonly int stories = draft.Stories ?? 1;

    /// <summary>From the ground storey up, or null when they do not fit.</summary>
    public IReadOnlyList<PlannedRoom>? Draw()
    {
        var (rooms, here) = (Spread(), new List<PlannedRoom>(MostRooms));
        for (var storey = 1; storey <= stories; storey++)
        {
            here.Clear();
            foreach (var room in rooms)
                if (room.Storey == storey) here.Add(room);
            if (here.Count > 0) Divide(storey, CollectionsMarshal.AsSpan(here));
        }

        return planned.TrueForAll(IsRoom) ? planned : null;
    }

    /// <summary>Each room goes to the storey, of those where it may be, that has the least.</summary>
    private List<PlannedRoom> Spread()
    {
        var rooms = new List<PlannedRoom>(MostRooms);
        var taken = new double[stories];
        foreach (var (type, count) in draft.Rooms)
        {
            var area = Defaults.AreaOf(type);
            for (var number = 1; number <= count; number++)
            {
                var storey = LeastTaken(taken, type);
                taken[storey] += area;
                rooms.Add(new PlannedRoom(type, number, storey + 1, area));
            }
        }

        return rooms;
    }

    private int LeastTaken(double[] taken, string type)
    {
        var least = Upstairs.Contains(type) && stories > 1 ? 1 : 0;
        var last = OnGround.Contains(type) ? 0 : stories - 1;
        for (var storey = least; storey <= last; storey++)
            if (taken[storey] < taken[least]) least = storey;
        return least;
    }

    private void Divide(int storey, ReadOnlySpan<PlannedRoom> rooms)
    {
        var (way, rest) = floor.CutAlong(circulation);
        planned.Add(new PlannedRoom(PlannedRoom.Circulation, storey, storey, 0) { Place = way });
        var open = draft.Subject.BuildingType == "residential" ? 0 : rest.Length - (MostGrowth * AreaOf(rooms) / rest.Width);
        if (open >= NarrowestRoom)
        {
            (var area, rest) = rest.CutAlong(open);
            planned.Add(new PlannedRoom(PlannedRoom.OpenArea, storey, storey, 0) { Place = area });
        }

        Divide(rest, rooms);
    }

    /// <summary>Into halves, and the halves into halves, until each room has its own.</summary>
    private void Divide(Rectangle place, ReadOnlySpan<PlannedRoom> rooms)
    {
        if (rooms.Length == 1)
        {
            planned.Add(rooms[0] with { Place = place });
            return;
        }

        var (count, area, total) = (1, rooms[0].UsualArea, AreaOf(rooms));
        while (area < total / 2 && count < rooms.Length - 1) area += rooms[count++].UsualArea;
        var (first, second) = place.Cut(area / total);
        Divide(first, rooms[..count]);
        Divide(second, rooms[count..]);
    }

    private static double AreaOf(ReadOnlySpan<PlannedRoom> rooms)
    {
        var area = 0d;
        foreach (var room in rooms) area += room.UsualArea;
        return area;
    }

    private static bool IsRoom(PlannedRoom room) => Math.Min(room.Place.Length, room.Place.Width) >= NarrowestRoom
        && room.Place.Area >= Defaults.LeastShareOfRoom * room.UsualArea;
}
