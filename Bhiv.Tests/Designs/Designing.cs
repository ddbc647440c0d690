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
}
