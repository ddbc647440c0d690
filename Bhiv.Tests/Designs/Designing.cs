using System.Globalization;
using System.Text.Json;
using Bhiv.Application.Designs;

namespace Bhiv.Tests.Designs;

/// <summary>Short ways to ask for a design in a test.</summary>
internal static class Designing
{
    private static readonly JsonSerializerOptions Wire = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static DesignSpec Design(string prompt) => Design(new DesignBrief(prompt));

    public static DesignSpec Design(DesignBrief brief) =>
        DesignGenerator.Generate(brief) is DesignResult.Generated generated
            ? generated.Spec
            : throw new AssertionException($"not a design: {brief.Prompt}");

    public static string Json(DesignResult result) => JsonSerializer.Serialize<object>(result, Wire);

    public static string Json(DesignSpec spec) => JsonSerializer.Serialize(spec, Wire);

    public static string RoomsOf(DesignSpec spec) =>
        string.Join(",", spec.Rooms.Select(room => $"{room.Type}:{room.Count}").DefaultIfEmpty("-"));

    /// <summary>Each value that was either read or assumed, as `requirements` or `assumptions` must have it.</summary>
    public static IEnumerable<(string Field, string Value)> MainFields(DesignSpec spec)
    {
        yield return ("design_type", spec.DesignType);
        yield return ("category", spec.Category);
        yield return ("style", spec.Style);
        if (spec.BuildingType is { } type) yield return ("building_type", type);
        if (spec.Subtype is { } subtype) yield return ("subtype", subtype);
        if (spec.Stories is { } stories) yield return ("stories", Text(stories));
        yield return ("dimensions.length", Text(spec.Dimensions.Length));
        yield return ("dimensions.width", Text(spec.Dimensions.Width));
        yield return ("dimensions.height", Text(spec.Dimensions.Height));
        yield return ("dimensions.area", Text(spec.Dimensions.Area));
        yield return ("dimensions.total_floor_area", Text(spec.Dimensions.TotalFloorArea));
        foreach (var room in spec.Rooms) yield return ($"rooms.{room.Type}", Text(room.Count));
        foreach (var feature in spec.Features) yield return ("features", feature);
        foreach (var material in spec.Materials) yield return ("materials", material.Type);
    }

    public static string Text(double value) => value.ToString("0.####", CultureInfo.InvariantCulture);
}
