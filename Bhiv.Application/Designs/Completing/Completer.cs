using Bhiv.Application.Designs.Reading;
using Bhiv.Application.Designs.Understanding;
using Bhiv.Application.Designs.Vocabulary;

namespace Bhiv.Application.Designs.Completing;

/// <summary>From what was asked to a whole design, objects excepted. Each default it takes is declared.</summary>
internal sealed class Completer(Request request, Notes notes)
{
    public DesignDraft Complete()
    {
        var subject = Identity();
        var style = request.Style ?? Assumed("style", Defaults.Style, "none was asked for");
        var rooms = Rooms();
        var stories = subject.IsBuilding ? Stories() : (int?)null;
        return new DesignDraft(subject, style, stories)
        {
            Rooms = rooms,
            Dimensions = new Proportions(request, stories, notes).Complete(),
            Materials = MaterialDefaults.Complete(request, notes),
        };
    }

    private Subject Identity()
    {
        var subject = request.Subject;
        if (subject.Weight != Weight.Generic) return subject;
        if (notes.Requirements.TrueForAll(requirement => requirement.Field != "design_type"))
            Assumed("design_type", subject.DesignType, "nothing else was named");
        var isDwelling = request.Rooms.Any(room => room.Type == "bedroom");
        var kind = isDwelling ? "residential" : "general";
        var why = isDwelling ? "it has bedrooms" : "the prompt names no kind of building";
        return subject with
        {
            Category = Assumed("category", kind, why),
            BuildingType = Assumed("building_type", kind, why),
        };
    }

    private int Stories()
    {
        if (request.Stories is { } read) return read;
        if (request.Sizes.Height is { } height)
            return Stories((int)Math.Clamp(Math.Round(height / Defaults.StoreyHeight), 1, StoreyReader.Most), "3.5 m a storey");
        return request.StoreyHint is { } hint ? Stories(hint, "usual for what is asked") : Stories(1, "no number was given");
    }

    private int Stories(int stories, string why)
    {
        Assumed("stories", SafeText.Number(stories), why);
        return stories;
    }

    private IReadOnlyList<DesignRoom> Rooms()
    {
        if (request.Rooms.Count > 0 || !request.Subject.IsBuilding) return request.Rooms;
        var usual = Defaults.Rooms.GetValueOrDefault(request.Subject.Subtype ?? "", []);
        var rooms = usual.Where(room => !request.Excluded.Contains(room.Type)).ToList();
        foreach (var room in rooms)
            Assumed($"rooms.{room.Type}", SafeText.Number(room.Count), "usual for a dwelling of its kind");
        return rooms;
    }

    private string Assumed(string field, string value, string why)
    {
        notes.Assume(field, value, why);
        return value;
    }
}

/// <summary>A design with everything but its objects.</summary>
internal sealed record DesignDraft(Subject Subject, string Style, int? Stories)
{
    public required IReadOnlyList<DesignRoom> Rooms { get; init; }

    public required DesignDimensions Dimensions { get; init; }

    public required IReadOnlyList<DesignMaterial> Materials { get; init; }
}
