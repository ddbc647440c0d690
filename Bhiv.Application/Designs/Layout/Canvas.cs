using System.Collections.ObjectModel;
using Bhiv.Application.Designs.Reading;

namespace Bhiv.Application.Designs.Layout;

/// <summary>Collects objects under unique ids, with every length rounded to centimetres.</summary>
internal sealed class Canvas(IReadOnlyList<DesignMaterial> materials)
{
    private readonly List<DesignObject> objects = [];
    private readonly Dictionary<string, int> seen = [];

    public IReadOnlyList<DesignObject> Objects => objects;

    /// <summary>What the first of these roles that is filled is made of; the design's first material if none is.</summary>
    public string MaterialOf(params ReadOnlySpan<string> roles)
    {
        foreach (var role in roles)
            foreach (var material in materials)
                if (material.Properties.Role == role) return material.Type;
        return materials[0].Type;
    }

    /// <summary>Doors and windows are of their usual material unless the design says otherwise, never of the walls'.</summary>
    public string MaterialForOpening(string role, string usual) => HasRole(role) ? MaterialOf(role) : usual;

    public bool HasRole(string role) => materials.Any(material => material.Properties.Role == role);

    public void Add(string type, string material, DesignPosition at, DesignSize size, string? id = null) =>
        Add(type, material, at, size, id, 1, ReadOnlyDictionary<string, string>.Empty);

    /// <summary>Several alike in a row along x, from the position on.</summary>
    public void AddRow(string type, string material, DesignPosition at, DesignSize size, string id, int count, double spacing) =>
        Add(type, material, at, size, id, count, new Dictionary<string, string> { ["spacing_x"] = SafeText.Number(spacing) });

    private void Add(
        string type, string material, DesignPosition at, DesignSize size, string? id, int count,
        IReadOnlyDictionary<string, string> properties)
    {
        var position = new DesignPosition(Round(at.X), Round(at.Y), Round(at.Z));
        var rounded = new DesignSize(Round(size.Length), Round(size.Width), Round(size.Height));
        objects.Add(new DesignObject(Unique(id ?? type), type, material, position, rounded, count, true, properties));
    }

    private string Unique(string id)
    {
        var times = seen[id] = seen.GetValueOrDefault(id) + 1;
        return times == 1 ? id : $"{id}_{times}";
    }

    private static double Round(double metres) => Math.Round(metres, 2);
}
