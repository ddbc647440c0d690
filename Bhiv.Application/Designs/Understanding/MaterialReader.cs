using Bhiv.Application.Designs.Reading;
using Bhiv.Application.Designs.Vocabulary;

namespace Bhiv.Application.Designs.Understanding;

/// <summary>Reads materials and what they are for: "glass facade", "steel and concrete frame", "walls of brick".</summary>
internal sealed class MaterialReader(Prompt prompt, Scan scan, Notes notes)
{
    /// <summary>In tokens between a material and its part ("quartz kitchen counters").</summary>
    private const int Reach = 3;

    public IReadOnlyList<DesignMaterial> Read(Match? head)
    {
        var materials = new List<DesignMaterial>();
        foreach (var match in scan.Wanted)
        {
            if (match.As<Material>() is not { } material) continue;
            var part = PartBefore(match) ?? PartAfter(match);
            var role = part?.As<Part>()?.Role ?? UsualRole(match, material, head);
            if (Has(materials, material.Type, role)) continue;
            materials.Add(new DesignMaterial(material.Type, material.Grade, new DesignMaterialProperties(role)));
            notes.Read("materials", material.Type, match.Span);
            NoteRole(material.Type, role, part);
        }

        return materials;
    }

    private static bool Has(List<DesignMaterial> materials, string type, string role)
    {
        foreach (var known in materials)
            if (known.Type == type && known.Properties.Role == role) return true;
        return false;
    }

    /// <summary>A finish needs something to finish: a "wooden cabin" or "wooden chair" is of wood altogether.</summary>
    private static string UsualRole(Match match, Material material, Match? head) =>
        (material.Role, head?.As<Subject>()) is ("finish", { IsInterior: false } subject) && match.Span.End == head!.Value.Span.First
            ? subject.IsBuilding ? "structure" : "body"
            : material.Role;

    private void NoteRole(string type, string role, Match? part)
    {
        if (part is not { } said) notes.Assume($"materials.{type}.role", role, "its usual role");
        else notes.Read($"materials.{type}.role", role, said.Span);
    }

    private Match? PartAfter(Match material)
    {
        for (var i = material.Span.End; i <= material.Span.End + Reach && prompt.At(i) is { EndsClause: false } token; i++)
        {
            if (token.Text is "with" or "for" or "in") return null;
            if (scan.StartingAt(i) is { Negated: false } match && match.As<Part>() is not null) return match;
        }

        return null;
    }

    /// <summary>"A frame of steel", "walls made of brick", "a facade in glass".</summary>
    private Match? PartBefore(Match material)
    {
        var end = material.Span.First - 1;
        // "A housing of ABS plastic": a word that says nothing to us stands between.
        if (prompt.At(end) is { Kind: TokenKind.Word, Taken: false } && prompt.At(end - 1) is { Text: "of" }) end--;
        if (prompt.At(end) is not { Text: "of" or "in" or "from" }) return null;
        if (prompt.At(end - 1) is { Text: "made" or "built" }) end--;
        return scan.EndingAt(end) is { } match && match.As<Part>() is not null ? match : null;
    }
}
