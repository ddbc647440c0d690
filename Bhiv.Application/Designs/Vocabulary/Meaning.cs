namespace Bhiv.Application.Designs.Vocabulary;

/// <summary>What a phrase can mean. It may mean several things: a kitchen is a design of its own or a room.</summary>
internal abstract record Meaning;

/// <summary>How much a subject says. In "warehouse facility" the warehouse counts, though the facility comes last.</summary>
internal enum Weight
{
    Generic,
    Sector,
    Specific,
}

/// <summary>A thing to design. <see cref="DesignTypes.Foreign"/> is a thing that people design, but not here.</summary>
internal sealed record Subject(
    Weight Weight, string DesignType, string Category, string? BuildingType = null, string? Subtype = null) : Meaning
{
    public bool IsBuilding => DesignType == DesignTypes.Building;

    public bool IsInterior => DesignType == DesignTypes.Interior;

    public bool IsProduct => !IsBuilding && !IsInterior;
}

internal sealed record Room(string Type) : Meaning;

/// <param name="Role">What it is usually for when the prompt does not say.</param>
internal sealed record Material(string Type, string Role, string? Grade = null) : Meaning;

internal sealed record Part(string Role) : Meaning;

internal sealed record Style(string Name) : Meaning;

internal sealed record Feature(string Name) : Meaning;

internal sealed record Place(string Name) : Meaning;

/// <summary>Something that is counted but not drawn: 8 units, parking for 20 cars.</summary>
internal sealed record Tally(string Name) : Meaning;

/// <summary>A word that hints at a number of storeys without saying one ("mid-rise").</summary>
internal sealed record StoreyHint(int Stories) : Meaning;

/// <summary>The word is not English.</summary>
internal sealed record OtherLanguage : Meaning;

internal static class DesignTypes
{
    public const string Building = "building";
    public const string Interior = "interior";
    public const string Structure = "structure";
    public const string Furniture = "furniture";
    public const string Vehicle = "vehicle";
    public const string Electronics = "electronics";
    public const string Appliance = "appliance";
    public const string Foreign = "foreign";
}
