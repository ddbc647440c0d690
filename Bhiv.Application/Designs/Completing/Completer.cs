using Bhiv.Application.Designs.Reading;
using Bhiv.Application.Designs.Understanding;
using Bhiv.Application.Designs.Vocabulary;

namespace Bhiv.Application.Designs.Completing;

/// <summary>From what was asked to a whole design, objects excepted. Each default it takes is declared.</summary>
internal sealed class Completer(Request request, Notes notes)
{
    private int? Bedrooms => request.Rooms.FirstOrDefault(room => room.Type == "bedroom")?.Count;

    public DesignDraft Complete()
    {
        var subject = Identity();
        var style = request.Style ?? Assumed("style", Defaults.Style, "none was asked for");
        var stories = subject.IsBuilding ? Stories() : (int?)null;
        var rooms = Rooms(subject, stories);
        var dimensions = new Proportions(request, stories, notes).Complete();
        if (subject.IsBuilding && LeastAreaOf(rooms) > dimensions.TotalFloorArea) notes.Warn("rooms_exceed_area");
        return new DesignDraft(subject, style, stories)
        {
            Rooms = rooms,
            Dimensions = dimensions,
            Materials = MaterialDefaults.Complete(request, notes),
        };
    }

    private Subject Identity()
    {
        var subject = request.Subject;
        if (subject.Weight != Weight.Generic) return subject;
        if (notes.Requirements.TrueForAll(requirement => requirement.Field != "design_type"))
            Assumed("design_type", subject.DesignType, "nothing else was named");
        var kind = Bedrooms is not null ? "residential" : "general";
        var why = Bedrooms is not null ? "it has bedrooms" : "the prompt names no kind of building";
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
            return request.Subject.Category is "industrial" or "agriculture"
                ? Stories(1, "a shed is one storey however high it is")
                : Stories((int)Math.Clamp(Math.Round(height / Defaults.StoreyHeight), 1, StoreyReader.Most), "3.5 m a storey");
        return request.StoreyHint is { } hint ? Stories(hint, "usual for what is asked") : Stories(1, "no number was given");
    }

    private int Stories(int stories, string why)
    {
        Assumed("stories", SafeText.Number(stories), why);
        return stories;
    }

    /// <summary>A dwelling has what makes it one, however few of its rooms are named, and no more baths than bedrooms.</summary>
    private IReadOnlyList<DesignRoom> Rooms(Subject subject, int? stories)
    {
        if (stories is not <= Defaults.MostDwellingStories) return request.Rooms;
        var isNamelessDwelling = subject is { BuildingType: "residential", Subtype: null } && Bedrooms is not null;
        var usual = Defaults.Rooms.GetValueOrDefault(isNamelessDwelling ? "apartment" : subject.Subtype ?? "", []);
        var missing = usual
            .Where(room => !request.Excluded.Contains(room.Type) && request.Rooms.All(named => named.Type != room.Type))
            .Select(room => room with { Count = Math.Min(room.Count, Bedrooms ?? room.Count) }).ToList();
        foreach (var room in missing)
            Assumed($"rooms.{room.Type}", SafeText.Number(room.Count), "usual for a dwelling of its kind");
        return [.. request.Rooms, .. missing];
    }

    private static double LeastAreaOf(IEnumerable<DesignRoom> rooms) =>
        rooms.Sum(room => room.Count * Defaults.AreaOf(room.Type) * Defaults.LeastShareOfRoom);

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
