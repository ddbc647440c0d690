using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Bhiv.Application.Designs.Understanding;
using Bhiv.Application.Designs.Vocabulary;

namespace Bhiv.Application.Designs;

/// <summary>
/// A design as data. Every value was either read from the brief, and then stands in `requirements` with the words
/// that say so, or it was not, and then stands in `assumptions` with a reason.
/// </summary>
/// <param name="DesignType" example="building">What is designed.</param>
/// <param name="Category" example="commercial">The field of life it belongs to.</param>
/// <param name="BuildingType" example="office">Null unless a building or an interior.</param>
/// <param name="Subtype" example="school">The kind within its type; null where the prompt names none.</param>
/// <param name="Style" example="modern">As it was asked for.</param>
/// <param name="Stories" example="5">Storeys above ground; null for what has none, such as a room or a chair.</param>
/// <param name="Materials">What its parts are made of.</param>
/// <param name="Dimensions">The whole.</param>
/// <param name="Rooms">The rooms that were asked for or go without saying.</param>
/// <param name="Features" example="[&quot;garden&quot;]">What was asked for beside rooms.</param>
/// <param name="Components" example="[&quot;foundation&quot;, &quot;roof&quot;]">The parts that it is put together from.</param>
/// <param name="Objects">What to draw; never empty.</param>
/// <param name="Requirements">What was read.</param>
/// <param name="Constraints" example="[&quot;No basement&quot;]">Those of the request, as they were given.</param>
/// <param name="Assumptions">What was not read.</param>
/// <param name="Metadata">How it was made.</param>
public sealed record DesignSpec(
    [property: AllowedValues(
        DesignTypes.Building, DesignTypes.Interior, DesignTypes.Structure, DesignTypes.Furniture, DesignTypes.Vehicle,
        DesignTypes.Electronics, DesignTypes.Appliance)]
    string DesignType,
    string Category,
    [property: AllowedValues("office", "residential", "warehouse", "hospital", "general")] string? BuildingType,
    string? Subtype,
    string Style,
    [property: Range(1, StoreyReader.Most)] int? Stories,
    IReadOnlyList<DesignMaterial> Materials,
    DesignDimensions Dimensions,
    IReadOnlyList<DesignRoom> Rooms,
    IReadOnlyList<string> Features,
    IReadOnlyList<string> Components,
    [property: MinLength(1)] IReadOnlyList<DesignObject> Objects,
    IReadOnlyList<DesignRequirement> Requirements,
    IReadOnlyList<string> Constraints,
    IReadOnlyList<DesignAssumption> Assumptions,
    DesignMetadata Metadata);

/// <summary>What a part is made of.</summary>
/// <param name="Type" example="steel">The material.</param>
/// <param name="Grade" example="reinforced">Only as the prompt gives it; null otherwise, never invented.</param>
/// <param name="Properties">What it is for.</param>
public sealed record DesignMaterial(string Type, string? Grade, DesignMaterialProperties Properties);

/// <summary>What a material is for.</summary>
/// <param name="Role" example="frame">The part that is made of it: frame, facade, floor, ...</param>
public sealed record DesignMaterialProperties(string Role);

/// <summary>Outer dimensions, rounded to 2 decimals, below one to 4: sides in metres, areas in square metres.</summary>
/// <param name="Length" example="30">Along x.</param>
/// <param name="Width" example="25">Along y.</param>
/// <param name="Height" example="17.5">Along z.</param>
/// <param name="Area" example="750">The ground covered.</param>
/// <param name="TotalFloorArea" example="3750">Of all storeys together; what has no storeys repeats the area.</param>
/// <param name="Units" example="metres">Always metres.</param>
public sealed record DesignDimensions(
    [property: Range(0, Limits.MostMetres)] double Length,
    [property: Range(0, Limits.MostMetres)] double Width,
    [property: Range(0, Limits.MostMetres)] double Height,
    [property: Range(0, double.MaxValue)] double Area,
    [property: Range(0, double.MaxValue)] double TotalFloorArea,
    [property: AllowedValues(DesignDimensions.Metres)] string Units = DesignDimensions.Metres)
{
    internal const string Metres = "metres";
}

/// <summary>Rooms of one kind.</summary>
/// <param name="Type" example="bedroom">Their kind.</param>
/// <param name="Count" example="2">How many.</param>
public sealed record DesignRoom(string Type, [property: Range(1, int.MaxValue)] int Count);

/// <summary>A part to draw: a box, or several alike in rows.</summary>
/// <param name="Id" example="storey_1_columns">Names it within this design.</param>
/// <param name="Type" example="column">What it is.</param>
/// <param name="Material" example="steel">What it is made of.</param>
/// <param name="Position">Where it stands, or the first of several.</param>
/// <param name="Dimensions">How large it is, or each of several.</param>
/// <param name="Count" example="12">How many there are. Where the rows of several run is in the properties.</param>
/// <param name="Editable" example="true">Whether it may be moved and resized by itself.</param>
/// <param name="Properties">What a box does not say.</param>
public sealed record DesignObject(
    string Id,
    string Type,
    string Material,
    DesignPosition Position,
    DesignSize Dimensions,
    [property: Range(1, int.MaxValue)] int Count,
    bool Editable,
    DesignObjectProperties Properties);

/// <summary>
/// The storey of an object and the rows in which it repeats, from its position on along one axis or several. What does not apply is
/// left out.
/// </summary>
/// <param name="Storey" example="1">The storey it belongs to, the ground floor being 1. Left out where it belongs to all or none.</param>
/// <param name="CountX" example="6">How many there are along x.</param>
/// <param name="SpacingX" example="5.82">Metres along x from where one begins to where the next does.</param>
/// <param name="CountY" example="2">How many there are along y.</param>
/// <param name="SpacingY" example="24.1">Metres along y from where one begins to where the next does.</param>
/// <param name="CountZ" example="198">How many there are along z, such as the storeys that are all alike.</param>
/// <param name="SpacingZ" example="3.5">Metres along z from where one begins to where the next does.</param>
public sealed record DesignObjectProperties(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull), Range(1, StoreyReader.Most)] int? Storey = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull), Range(2, int.MaxValue)] int? CountX = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull), Range(0, 1.5 * Limits.MostMetres)] double? SpacingX = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull), Range(2, int.MaxValue)] int? CountY = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull), Range(0, Limits.MostMetres)] double? SpacingY = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull), Range(2, int.MaxValue)] int? CountZ = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull), Range(0, Limits.MostMetres)] double? SpacingZ = null)
{
    /// <summary>Of an object that stands alone and belongs to no storey.</summary>
    internal static readonly DesignObjectProperties None = new();
}

/// <summary>
/// An object's lower south-west corner in metres from the ground corner of the footprint: x along the length (east), y along
/// the width (north), z up. Only what lies in the ground has a negative z.
/// </summary>
/// <param name="X" example="0">To the east.</param>
/// <param name="Y" example="12.5">To the north.</param>
/// <param name="Z" example="3.5">Up.</param>
public readonly record struct DesignPosition(double X, double Y, double Z);

/// <summary>Metres along x, y and z.</summary>
/// <param name="Length" example="0.4">Along x.</param>
/// <param name="Width" example="0.4">Along y.</param>
/// <param name="Height" example="3.5">Along z.</param>
public readonly record struct DesignSize(
    [property: Range(0, Limits.MostMetres)] double Length,
    [property: Range(0, Limits.MostMetres)] double Width,
    [property: Range(0, Limits.MostMetres)] double Height);

/// <summary>A value that was read.</summary>
/// <param name="Field" example="stories">The path in the specification that was filled, or a fact that only stands here (`plot_area`).</param>
/// <param name="Value" example="5">What was understood.</param>
/// <param name="Text" example="5-story">The caller's own words.</param>
public sealed record DesignRequirement(string Field, string Value, string Text);

/// <summary>A value that was not read.</summary>
/// <param name="Field" example="dimensions.length">The path in the specification that was filled.</param>
/// <param name="Value" example="30">What was taken.</param>
/// <param name="Reason" example="usual above two storeys">Why.</param>
public sealed record DesignAssumption(string Field, string Value, string Reason);

/// <summary>How a design was made.</summary>
/// <param name="Generator" example="bhiv-designs">By what.</param>
/// <param name="GeneratorVersion" example="2.0">Changes whenever the same prompt may give another design.</param>
/// <param name="Matched" example="[&quot;5-story&quot;, &quot;office building&quot;]">The words of the prompt that were understood.</param>
/// <param name="Warnings" example="[&quot;nothing_recognised&quot;]">Each a stable code, with a colon and a detail where there is one.</param>
public sealed record DesignMetadata(
    string Generator, string GeneratorVersion, IReadOnlyList<string> Matched, IReadOnlyList<string> Warnings);
