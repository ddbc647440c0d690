using Bhiv.Application.Designs.Completing;
using Bhiv.Application.Designs.Reading;
using Bhiv.Application.Designs.Understanding;
using Bhiv.Application.Designs.Vocabulary;

namespace Bhiv.Application.Designs.Layout;

/// <summary>Lays out the objects of a design, whatever it is.</summary>
internal static class Layouts
{
    public static IReadOnlyList<DesignObject> Draw(DesignDraft draft, Request request, Notes notes)
    {
        var canvas = new Canvas(draft.Materials, request.Excluded);
        if (draft.Subject.IsBuilding) new BuildingLayout(draft, request, canvas, notes).Draw();
        else if (draft.Subject.IsInterior) new InteriorLayout(draft, request, canvas, notes).Draw();
        else DrawProduct(draft, request, canvas);
        const string Why = "laid out with usual thicknesses, materials, openings and furniture";
        notes.Assume("objects", SafeText.Number(canvas.Objects.Count), Why);
        return canvas.Objects;
    }

    public static IReadOnlyList<string> Components(DesignDraft draft, IReadOnlyList<DesignObject> objects, Notes notes)
    {
        IReadOnlyList<string> parts = draft.Subject.IsProduct ? ProductWords.Of(draft.Subject).Components : TypesOf(objects);
        var why = draft.Subject.IsProduct ? "usual for its kind" : "the kinds of its objects";
        notes.Assume("components", string.Join(", ", parts), why);
        return parts;
    }

    private static List<string> TypesOf(IReadOnlyList<DesignObject> objects)
    {
        var types = new List<string>();
        for (var i = 0; i < objects.Count; i++)
            if (!types.Contains(objects[i].Type)) types.Add(objects[i].Type);
        return types;
    }

    /// <summary>One box with the outer dimensions; its parts are named in the components. Several stand in a row.</summary>
    private static void DrawProduct(DesignDraft draft, Request request, Canvas canvas)
    {
        var size = new DesignSize(draft.Dimensions.Length, draft.Dimensions.Width, draft.Dimensions.Height);
        var type = draft.Subject.Subtype!;
        var material = draft.Materials[0].Type;
        var row = request.Count == 1
            ? DesignObjectProperties.None
            : new DesignObjectProperties(CountX: request.Count, SpacingX: Canvas.Round(size.Length * 1.5));
        canvas.Add(type, material, new(0, 0, 0), size, properties: row);
    }
}
