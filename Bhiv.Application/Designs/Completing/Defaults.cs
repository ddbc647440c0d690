namespace Bhiv.Application.Designs.Completing;

/// <summary>What is assumed where a prompt says nothing. Metres.</summary>
internal static class Defaults
{
    public const double StoreyHeight = 3.5;
    public const double InteriorHeight = 3;
    public const string Style = "modern";

    /// <summary>Length to width where only an area is known.</summary>
    public const double SideRatio = 4.0 / 3;

    /// <summary>Of a plot: the rest is setback, garden and the way in.</summary>
    public const double BuiltShareOfPlot = 0.6;

    /// <summary>More storeys than these are no single dwelling, whatever it is called.</summary>
    public const int MostDwellingStories = 3;

    /// <summary>Of the area that a room usually takes: a small one is a room as well, a smaller one is none.</summary>
    public const double LeastShareOfRoom = 0.5;

    /// <summary>The rooms of a dwelling by subtype.</summary>
    public static readonly Dictionary<string, DesignRoom[]> Rooms = new()
    {
        ["studio_apartment"] = [new("studio", 1), new("kitchen", 1), new("bathroom", 1)],
        ["apartment"] = Dwelling(2, 1),
        ["penthouse"] = Dwelling(3, 3),
        ["house"] = Dwelling(3, 2),
        ["villa"] = Dwelling(4, 4),
        ["bungalow"] = Dwelling(3, 2),
        ["farmhouse"] = Dwelling(3, 2),
        ["townhouse"] = Dwelling(3, 2),
        ["row_house"] = Dwelling(2, 1),
        ["duplex"] = Dwelling(3, 2),
        ["cottage"] = Dwelling(2, 1),
    };

    /// <summary>Length and width of a room by its type.</summary>
    private static readonly Dictionary<string, (double Length, double Width)> RoomSides = new()
    {
        ["living_room"] = (6, 5),
        ["bathroom"] = (3, 2.5),
        ["kitchen"] = (4, 3.5),
        ["office"] = (10, 8),
        ["workspace"] = (12, 8),
        ["meeting_room"] = (6, 4),
        ["classroom"] = (9, 7),
        ["lobby"] = (10, 8),
        ["cafeteria"] = (12, 10),
        ["ward"] = (10, 6),
    };

    public static (double Length, double Width) SidesOf(string room) => RoomSides.GetValueOrDefault(room, (5, 4));

    /// <summary>Square metres that a room of this type usually takes.</summary>
    public static double AreaOf(string room)
    {
        var (length, width) = SidesOf(room);
        return length * width;
    }

    private static DesignRoom[] Dwelling(int bedrooms, int bathrooms) =>
        [new("bedroom", bedrooms), new("living_room", 1), new("kitchen", 1), new("bathroom", bathrooms)];
}
