using Bhiv.Application.Designs.Completing;
using Bhiv.Application.Designs.Reading;
using Bhiv.Application.Designs.Understanding;

namespace Bhiv.Application.Designs.Layout;

/// <summary>Lays out the objects of a design, whatever it is.</summary>
internal static class Layouts
{
    public static IReadOnlyList<DesignObject> Draw(DesignDraft draft, Request request, Notes notes)
    {
        var canvas = new Canvas(draft.Materials, request.Excluded);
        if (draft.Subject.IsBuilding) new BuildingLayout(draft, request, canvas, notes).Draw();
        else if (draft.Subject.IsInterior) new InteriorLayout(draft, request, canvas, notes).Draw();
        else new ProductLayout(draft, request, canvas).Draw();
        const string Why = "laid out with usual thicknesses, materials, openings and furniture";
        notes.Assume("objects", SafeText.Number(canvas.Objects.Count), Why);
        return canvas.Objects;
    }

    /// <summary>The kinds of objects, in the order of the first of each.</summary>
    public static IReadOnlyList<string> Components(IReadOnlyList<DesignObject> objects, Notes notes)
    {
        var types = new List<string>();
        for (var i = 0; i < objects.Count; i++)
            if (!types.Contains(objects[i].Type)) types.Add(objects[i].Type);
        notes.Assume("components", string.Join(", ", types), "the kinds of its objects");
        return types;
    }
}
