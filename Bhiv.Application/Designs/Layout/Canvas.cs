using Bhiv.Application.Designs.Completing;

namespace Bhiv.Application.Designs.Layout;

/// <summary>Collects objects under unique ids.</summary>
/// <param name="excluded">What is denied, materials among it.</param>
internal sealed class Canvas(IReadOnlyList<DesignMaterial> materials, IReadOnlyList<string> excluded)
{
    private readonly List<DesignObject> objects = [];

    public IReadOnlyList<DesignObject> Objects => objects;

    /// <summary>
    /// To a tenth of a millimetre: finer than anything is built, fine enough for the parts of a telephone, and the spacing of two
    /// hundred storeys is still right at the last.
    /// </summary>
    public static double Round(double metres) => Math.Round(metres, 4);

    /// <summary>What the first of these roles that is filled is made of; the design's first material if none is.</summary>
    public string MaterialOf(params ReadOnlySpan<string> roles)
    {
        foreach (var role in roles)
            if (Find(role) is { } material) return material;
        return materials[0].Type;
    }

    /// <summary>Unless the design says otherwise doors are of wood and windows of glass, never of what the walls are of.</summary>
    public string MaterialOfDoors => Find("doors") ?? Usual("wood");

    public string MaterialOfWindows => Find("windows") ?? MaterialDefaults.Choose(excluded, "glass", "plastic");

    /// <summary>What is usually of this is of something else where that is denied.</summary>
    public string Usual(string material) => MaterialDefaults.Choose(excluded, material, "steel", "plastic", "wood");

    public bool HasRole(string role) => Find(role) is not null;

    public void Add(
        string type, string material, DesignPosition at, DesignSize size, string? id = null, DesignObjectProperties? properties = null)
    {
        var rows = properties ?? DesignObjectProperties.None;
        var count = (rows.CountX ?? 1) * (rows.CountY ?? 1) * (rows.CountZ ?? 1);
        var position = new DesignPosition(Round(at.X), Round(at.Y), Round(at.Z));
        var rounded = new DesignSize(Round(size.Length), Round(size.Width), Round(size.Height));
        objects.Add(new DesignObject(id ?? Numbered(type), type, material, position, rounded, count, true, rows));
    }

    private string? Find(string role)
    {
        for (var i = 0; i < materials.Count; i++)
            if (materials[i].Properties.Role == role) return materials[i].Type;
        return null;
    }

    /// <summary>The second chair is chair_2.</summary>
    private string Numbered(string type)
    {
        var number = 1;
        foreach (var drawn in objects)
            if (drawn.Type == type) number++;
        return number == 1 ? type : $"{type}_{number}";
    }
}
