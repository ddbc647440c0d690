namespace Bhiv.Application.Designs.Completing;

internal sealed record ProductDefault(DesignSize Size, string Material, string Role, string[] Components);

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

    /// <summary>The rooms of a dwelling that names none, by subtype.</summary>
    public static readonly Dictionary<string, DesignRoom[]> Rooms = new()
    {
        ["studio_apartment"] = [new("studio", 1), new("kitchen", 1), new("bathroom", 1)],
        ["apartment"] = [new("bedroom", 2), new("living_room", 1), new("kitchen", 1), new("bathroom", 1)],
        ["penthouse"] = [new("bedroom", 3), new("living_room", 1), new("kitchen", 1), new("bathroom", 3)],
        ["house"] = [new("bedroom", 3), new("living_room", 1), new("kitchen", 1), new("bathroom", 2)],
        ["villa"] = [new("bedroom", 4), new("living_room", 1), new("kitchen", 1), new("bathroom", 4)],
        ["bungalow"] = [new("bedroom", 3), new("living_room", 1), new("kitchen", 1), new("bathroom", 2)],
        ["farmhouse"] = [new("bedroom", 3), new("living_room", 1), new("kitchen", 1), new("bathroom", 2)],
        ["townhouse"] = [new("bedroom", 3), new("living_room", 1), new("kitchen", 1), new("bathroom", 2)],
        ["row_house"] = [new("bedroom", 2), new("living_room", 1), new("kitchen", 1), new("bathroom", 1)],
        ["duplex"] = [new("bedroom", 3), new("living_room", 1), new("kitchen", 1), new("bathroom", 2)],
        ["cottage"] = [new("bedroom", 2), new("living_room", 1), new("kitchen", 1), new("bathroom", 1)],
    };

    /// <summary>Length and width of a room by subtype; 5 x 4 otherwise.</summary>
    public static readonly Dictionary<string, (double Length, double Width)> Interiors = new()
    {
        ["living_room"] = (6, 5), ["bathroom"] = (3, 2.5), ["kitchen"] = (4, 3.5), ["office"] = (10, 8), ["workspace"] = (12, 8),
        ["meeting_room"] = (6, 4), ["classroom"] = (9, 7), ["lobby"] = (10, 8), ["cafeteria"] = (12, 10), ["ward"] = (10, 6),
    };

    public static readonly ProductDefault UnknownProduct = new(new(1, 1, 1), "steel", "body", ["body"]);

    public static readonly Dictionary<string, ProductDefault> Products = new()
    {
        ["chair"] = new(new(0.5, 0.5, 0.9), "wood", "frame", ["seat", "backrest", "legs"]),
        ["office_chair"] = new(new(0.65, 0.65, 1.1), "fabric", "furniture", ["seat", "backrest", "armrests", "gas_lift", "base"]),
        ["table"] = new(new(1.6, 0.9, 0.75), "wood", "frame", ["top", "legs"]),
        ["desk"] = new(new(1.4, 0.7, 0.75), "wood", "frame", ["top", "legs", "drawers"]),
        ["sofa"] = new(new(2.2, 0.9, 0.85), "fabric", "furniture", ["seat", "backrest", "armrests", "cushions"]),
        ["bed"] = new(new(2, 1.6, 0.5), "wood", "frame", ["frame", "mattress", "headboard"]),
        ["wardrobe"] = new(new(1.8, 0.6, 2), "wood", "body", ["body", "doors", "shelves", "rail"]),
        ["shelf"] = new(new(1, 0.3, 1.8), "wood", "frame", ["sides", "boards"]),
        ["lamp"] = new(new(0.3, 0.3, 0.5), "steel", "body", ["base", "stem", "shade", "bulb"]),
        ["refrigerator"] = new(new(0.7, 0.7, 1.8), "steel", "body", ["body", "door", "compressor", "shelves"]),
        ["washing_machine"] = new(new(0.6, 0.6, 0.85), "steel", "body", ["body", "drum", "motor", "door", "pump"]),
        ["oven"] = new(new(0.6, 0.6, 0.6), "steel", "body", ["body", "door", "heating_element", "controls"]),
        ["car"] = new(new(4.5, 1.8, 1.5), "steel", "body", ["chassis", "body", "engine", "wheels", "seats"]),
        ["electric_vehicle"] = new(new(4.6, 1.85, 1.5), "aluminium", "body",
            ["chassis", "body", "battery_pack", "electric_motor", "wheels", "seats", "charging_port"]),
        ["truck"] = new(new(8, 2.5, 3.2), "steel", "body", ["chassis", "cab", "engine", "cargo_bed", "wheels"]),
        ["bus"] = new(new(12, 2.55, 3.2), "steel", "body", ["chassis", "body", "engine", "seats", "doors", "wheels"]),
        ["bicycle"] = new(new(1.8, 0.6, 1.1), "aluminium", "frame", ["frame", "wheels", "handlebar", "saddle", "drivetrain"]),
        ["drone"] = new(new(0.35, 0.35, 0.1), "plastic", "body", ["frame", "rotors", "motors", "battery", "controller"]),
        ["iot_sensor"] = new(new(0.1, 0.1, 0.05), "plastic", "body",
            ["enclosure", "sensor_element", "microcontroller", "radio", "battery"]),
        ["smartphone"] = new(new(0.15, 0.07, 0.01), "aluminium", "body", ["body", "display", "battery", "camera", "mainboard"]),
        ["device"] = new(new(0.35, 0.25, 0.02), "aluminium", "body", ["body", "display", "battery", "mainboard"]),
        ["bridge"] = new(new(50, 10, 8), "concrete", "structure", ["deck", "piers", "abutments", "railings"]),
        ["highway"] = new(new(1000, 15, 0.5), "concrete", "structure", ["subgrade", "base", "pavement", "shoulders", "drainage"]),
        ["dam"] = new(new(200, 30, 40), "concrete", "structure", ["wall", "spillway", "foundation"]),
        ["tunnel"] = new(new(500, 12, 8), "concrete", "structure", ["lining", "roadway", "ventilation"]),
        ["shelter"] = new(new(4, 3, 2.8), "wood", "structure", ["posts", "roof"]),
    };
}
