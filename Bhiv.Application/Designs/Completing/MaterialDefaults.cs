using Bhiv.Application.Designs.Understanding;
using Bhiv.Application.Designs.Vocabulary;

namespace Bhiv.Application.Designs.Completing;

/// <summary>
/// Adds the materials without which nothing could be drawn, but none that the prompt denies while another is left.
/// </summary>
internal static class MaterialDefaults
{
    /// <summary>What carries a building. If one of these roles is filled, nothing needs to be assumed.</summary>
    private static readonly string[] Carrying = ["structure", "frame", "walls"];

    private static readonly string[] Structures = ["concrete", "steel", "brick", "wood"];
    private static readonly string[] Walls = ["plaster", "brick", "wood"];
    private static readonly string[] Floors = ["wood", "tile", "stone"];

    /// <summary>The first that is not denied; where all are, the first.</summary>
    public static string Choose(IReadOnlyList<string> excluded, params ReadOnlySpan<string> choices)
    {
        foreach (var choice in choices)
            if (!excluded.Contains(choice)) return choice;
        return choices[0];
    }

    public static IReadOnlyList<DesignMaterial> Complete(Request request, Notes notes)
    {
        var materials = request.Materials.ToList();
        if (request.Subject.IsBuilding) Ensure(Carrying, Structures);
        else if (request.Subject.IsInterior)
        {
            Ensure(["walls"], Walls);
            Ensure(["floor"], Floors);
        }
        else if (materials.Count == 0)
        {
            var usual = ProductWords.Of(request.Subject);
            Ensure([usual.Role], [usual.Material, "steel", "plastic"]);
        }

        return materials;

        void Ensure(string[] roles, string[] choices)
        {
            if (materials.Exists(material => roles.Contains(material.Properties.Role))) return;
            var type = Choose(request.Excluded, choices);
            materials.Add(new DesignMaterial(type, null, new DesignMaterialProperties(roles[0])));
            notes.Assume("materials", type, $"the usual material for its {roles[0]}");
        }
    }
}
