using Bhiv.Application.Designs.Vocabulary;

namespace Bhiv.Application.Designs.Layout;

internal sealed record Furniture(string Type, string Material, DesignSize Size)
{
    /// <summary>What stands in a room by its type, the indispensable first. Metres.</summary>
    private static readonly Dictionary<string, Furniture[]> ByRoom = new()
    {
        ["living_room"] = [Usual("sofa"), new("coffee_table", "wood", new(1.1, 0.6, 0.45)),
            new("tv_unit", "wood", new(1.8, 0.45, 0.5)), Usual("chair")],
        ["bedroom"] = [Usual("bed"), Usual("wardrobe"), new("bedside_table", "wood", new(0.5, 0.4, 0.5))],
        ["kitchen"] = [new("counter", "wood", new(2.4, 0.6, 0.9)), new("sink", "steel", new(0.8, 0.6, 0.9)),
            new("cooktop", "steel", new(0.6, 0.6, 0.9)), Usual("refrigerator")],
        ["bathroom"] = [new("toilet", "ceramic", new(0.7, 0.4, 0.8)), new("basin", "ceramic", new(0.6, 0.5, 0.85)),
            new("shower", "glass", new(0.9, 0.9, 2))],
        ["dining_room"] = [Usual("table"), Usual("chair"), Usual("chair"), Usual("chair"), Usual("chair")],
        ["meeting_room"] = [new("meeting_table", "wood", new(2.8, 1.2, 0.75)),
            Usual("chair"), Usual("chair"), Usual("chair"), Usual("chair")],
        ["office"] = [Usual("desk"), Usual("office_chair"), Usual("desk"), Usual("office_chair"), Usual("shelf")],
        ["workspace"] =
            [Usual("desk"), Usual("office_chair"), Usual("desk"), Usual("office_chair"), Usual("desk"), Usual("office_chair")],
        ["study"] = [Usual("desk"), Usual("office_chair"), Usual("shelf")],
        ["classroom"] = [Usual("desk"), Usual("chair"), Usual("desk"), Usual("chair"), Usual("desk"), Usual("chair")],
        ["studio"] = [Usual("bed"), Usual("table"), Usual("chair"), Usual("wardrobe")],
        ["ward"] = [Usual("bed"), Usual("bed"), Usual("wardrobe")],
        ["cafeteria"] = [new("counter", "wood", new(2.4, 0.6, 0.9)), Usual("table"), Usual("chair"), Usual("chair")],
    };

    private static readonly Furniture[] AnyRoom = [Usual("table"), Usual("chair"), Usual("shelf")];

    /// <summary>The usual pieces of a room, and after them those that were asked for and are not among them.</summary>
    public static IEnumerable<Furniture> Of(string? room, IReadOnlyList<string> asked)
    {
        var usual = ByRoom.GetValueOrDefault(room ?? "", AnyRoom);
        return usual.Concat(asked.Where(type => !Array.Exists(usual, piece => piece.Type == type)).Select(Usual));
    }

    private static Furniture Usual(string type)
    {
        var product = ProductWords.Of(type);
        return new Furniture(type, product.Material, product.Size);
    }
}
