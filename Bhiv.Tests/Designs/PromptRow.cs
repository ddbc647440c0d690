namespace Bhiv.Tests.Designs;

/// <summary>
/// What a prompt says, written down by a person who read the prompt and not the generator's answer. A cell is empty where the
/// prompt says nothing of it.
/// </summary>
public sealed record PromptRow(string Prompt)
{
    private const string Overruled = "overruled";

    private static readonly string[] SideFields = ["dimensions.length", "dimensions.width", "dimensions.height"];

    /// <summary>Design type, building type and subtype, a dash where there is none; or "refused".</summary>
    public required string Design { get; init; }

    /// <summary>"5"; "3-4" where the prompt leaves a choice, of which the larger is taken.</summary>
    public required string Stories { get; init; }

    /// <summary>Metres: "12 x 9", with a height "12 x 9 x 6", length alone "12 x", height alone "x x 6", "storey 3.2".</summary>
    public required string Sides { get; init; }

    /// <summary>
    /// Square metres: "120" of the ground covered, "total 240" of all storeys, "plot 500" of the land, and
    /// "overruled 120" where the prompt's sides make another.
    /// </summary>
    public required string Area { get; init; }

    /// <summary>"bedroom:4, kitchen:1"; "bedroom:several" for a plural without a number.</summary>
    public required string Rooms { get; init; }

    /// <summary>"steel frame, glass": the second has no role in the prompt.</summary>
    public required string Materials { get; init; }

    public required string Features { get; init; }

    public bool IsRefused => Design == "refused";

    public bool LeavesStoriesOpen => Stories.Contains('-', StringComparison.Ordinal);

    public bool SaysNothing => Design == "building/general/-" && !Stated.Any();

    /// <summary>Field and value of each requirement that must be read, and no others may be.</summary>
    public IEnumerable<(string Field, string Value)> Stated =>
    [
        .. Items(Stories).Select(stories => ("stories", stories.Split('-')[^1])),
        .. Items(Sides).SelectMany(SidesOf),
        .. Items(Area).Select(AreaOf),
        .. Items(Rooms).Select(room => room.Split(':')).Select(room => ($"rooms.{room[0]}", room[1])),
        .. Items(Materials).SelectMany(MaterialOf),
        .. Items(Features).Select(feature => ("features", feature)),
    ];

    /// <summary>The stated ones that cannot be drawn as they are.</summary>
    public IEnumerable<(string Field, string Value)> Contradicted =>
        Items(Area).Where(area => area.Split(' ')[0] == Overruled).Select(AreaOf);

    private static string[] Items(string cell) =>
        cell.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static IEnumerable<(string, string)> SidesOf(string sides) => sides.Split(' ') is ["storey", var height]
        ? [("storey_height", height)]
        : SideFields.Zip(sides.Split('x', StringSplitOptions.TrimEntries)).Where(side => side.Second.Length > 0);

    private static (string, string) AreaOf(string area) => area.Split(' ') switch
    {
        [Overruled, .. var contradicted] => AreaOf(string.Join(' ', contradicted)),
        ["total", var total] => ("dimensions.total_floor_area", total),
        ["plot", var plot] => ("plot_area", plot),
        _ => ("dimensions.area", area),
    };

    private static IEnumerable<(string, string)> MaterialOf(string material) => material.Split(' ') is [var type, var role]
        ? [("materials", type), ($"materials.{type}.role", role)]
        : [("materials", material)];
}
