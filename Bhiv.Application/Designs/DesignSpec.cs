namespace Bhiv.Application.Designs;

/// <summary>
/// A design as data. Every value was either read from the brief, and then stands in <see cref="Requirements"/> with the words
/// that say so, or it was not, and then stands in <see cref="Assumptions"/> with a reason.
/// </summary>
/// <remarks>
/// BuildingType: office, residential, warehouse, hospital or general; null unless a building or an interior.
/// Stories: storeys above ground; null for what has none, such as a room or a chair.
/// Objects: what to draw; never empty.
/// </remarks>
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

/// <remarks>Grade: only as the prompt gives it ("reinforced"); null otherwise, never invented.</remarks>
public sealed record DesignMaterial(string Type, string? Grade, DesignMaterialProperties Properties);

/// <remarks>Role: the part that is made of it: frame, facade, floor, ...</remarks>
public sealed record DesignMaterialProperties(string Role);

/// <summary>Outer dimensions, rounded to 2 decimals: sides in metres, areas in square metres.</summary>
/// <remarks>
/// Area: the ground covered.
/// TotalFloorArea: of all storeys together; what has no storeys repeats the area.
/// </remarks>
public sealed record DesignDimensions(
    double Length, double Width, double Height, double Area, double TotalFloorArea, string Units = "metres");

public sealed record DesignRoom(string Type, int Count);

/// <remarks>
/// Count: how many stand in a row from the position on; their distance is then in the properties.
/// Properties: text only; lengths in it are metres.
/// </remarks>
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

/// <remarks>
/// Field: the path in the specification that was filled, or a fact that only stands here (<c>plot_area</c>).
/// Text: the caller's own words.
/// </remarks>
public sealed record DesignRequirement(string Field, string Value, string Text);

public sealed record DesignAssumption(string Field, string Value, string Reason);

/// <remarks>
/// Matched: the words of the prompt that were understood.
/// Warnings: each a stable code, with a colon and a detail where there is one.
/// </remarks>
public sealed record DesignMetadata(
    string Generator, string GeneratorVersion, IReadOnlyList<string> Matched, IReadOnlyList<string> Warnings);
