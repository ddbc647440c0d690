using Bhiv.Application.Designs.Completing;
using Bhiv.Application.Designs.Understanding;
using Bhiv.Application.Designs.Vocabulary;

namespace Bhiv.Application.Designs.Layout;

/// <summary>
/// A product by its parts, scaled to its outer dimensions. Several of it stand beside each other along x: each part is there once, in a
/// row of as many, so that its own copies along x are objects of their own.
/// </summary>
internal sealed class ProductLayout(DesignDraft draft, Request request, Canvas canvas)
{
    /// <summary>From where one product begins to where the next does, in lengths.</summary>
    private const double Pitch = 1.5;

    private readonly DesignDimensions whole = draft.Dimensions;

    public void Draw()
    {
        foreach (var part in ProductWords.Of(draft.Subject).Parts) DrawPart(part);
    }

    private void DrawPart(ProductPart part)
    {
        var material = part.Material is { } usual && !request.Excluded.Contains(usual) ? usual : draft.Materials[0].Type;
        var first = new DesignPosition(part.X * whole.Length, part.Y * whole.Width, part.Z * whole.Height);
        var size = new DesignSize(part.Length * whole.Length, part.Width * whole.Width, part.Height * whole.Height);
        var rows = RowsOf(part);
        for (var i = 0; i < part.Along; i++)
            canvas.Add(part.Name, material, first with { X = first.X + (i * part.SpacingAlong * whole.Length) }, size, properties: rows);
    }

    private DesignObjectProperties RowsOf(ProductPart part)
    {
        if (request.Count == 1 && part is { Across: 1, Tiers: 1 }) return DesignObjectProperties.None;
        var x = Row(request.Count, Pitch * whole.Length);
        var y = Row(part.Across, part.SpacingAcross * whole.Width);
        var z = Row(part.Tiers, part.SpacingOfTiers * whole.Height);
        return new DesignObjectProperties(null, x.Count, x.Spacing, y.Count, y.Spacing, z.Count, z.Spacing);
    }

    private static (int? Count, double? Spacing) Row(int count, double spacing) =>
        count > 1 ? (count, Canvas.Round(spacing)) : (null, null);
}
