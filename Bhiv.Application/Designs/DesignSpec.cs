namespace Bhiv.Application.Designs;

/// <summary>
/// A design as data. Every value was either read from the brief, and then stands in <see cref="Requirements"/> with the words
/// that say so, or it was not, and then stands in <see cref="Assumptions"/> with a reason.
/// </summary>
/// <param name="BuildingType">Office, residential, warehouse, hospital or general; null unless a building or an interior.</param>
/// <param name="Stories">Storeys above ground; null for what has none, such as a room or a chair.</param>
/// <param name="Objects">What to draw; never empty.</param>
public sealed record DesignSpec(
    string DesignType,
    string Category,
    string? BuildingType,
    string? Subtype,
    string Style,
    int? Stories,
    IReadOnlyList<DesignMaterial> Materials,
    DesignDimensions Dimensions,
    IReadOnlyList<DesignRoom> Rooms,
    IReadOnlyList<string> Features,
    IReadOnlyList<string> Components,
    IReadOnlyList<DesignObject> Objects,
    IReadOnlyList<DesignRequirement> Requirements,
    IReadOnlyList<string> Constraints,
    IReadOnlyList<DesignAssumption> Assumptions,
    DesignMetadata Metadata);

/// <param name="Grade">Only as the prompt gives it ("reinforced"); null otherwise, never invented.</param>
public sealed record DesignMaterial(string Type, string? Grade, DesignMaterialProperties Properties);

/// <param name="Role">The part that is made of it: frame, facade, floor, ...</param>
public sealed record DesignMaterialProperties(string Role);

/// <summary>Outer dimensions, rounded to 2 decimals: sides in metres, areas in square metres.</summary>
/// <param name="Area">The ground covered.</param>
/// <param name="TotalFloorArea">Of all storeys together; what has no storeys repeats the area.</param>
public sealed record DesignDimensions(
    double Length, double Width, double Height, double Area, double TotalFloorArea, string Units = "metres");

public sealed record DesignRoom(string Type, int Count);

/// <param name="Count">How many stand in a row from the position on; their distance is then in the properties.</param>
/// <param name="Properties">Text only; lengths in it are metres.</param>
public sealed record DesignObject(
    string Id,
    string Type,
    string Material,
    DesignPosition Position,
    DesignSize Dimensions,
    int Count,
    bool Editable,
    IReadOnlyDictionary<string, string> Properties);

/// <summary>
/// An object's lower south-west corner in metres from the ground corner of the footprint: x along the length (east), y along
/// the width (north), z up. Only what lies in the ground has a negative z.
/// </summary>
public sealed record DesignPosition(double X, double Y, double Z);

/// <summary>Metres along x, y and z.</summary>
public sealed record DesignSize(double Length, double Width, double Height);

/// <param name="Field">The path in the specification that was filled, or a fact that only stands here (<c>plot_area</c>).</param>
/// <param name="Text">The caller's own words.</param>
public sealed record DesignRequirement(string Field, string Value, string Text);

public sealed record DesignAssumption(string Field, string Value, string Reason);

/// <param name="Matched">The words of the prompt that were understood.</param>
/// <param name="Warnings">Each a stable code, with a colon and a detail where there is one.</param>
public sealed record DesignMetadata(
    string Generator, string GeneratorVersion, IReadOnlyList<string> Matched, IReadOnlyList<string> Warnings);
