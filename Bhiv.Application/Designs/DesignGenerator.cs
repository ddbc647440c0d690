using Bhiv.Application.Designs.Completing;
using Bhiv.Application.Designs.Layout;
using Bhiv.Application.Designs.Reading;
using Bhiv.Application.Designs.Understanding;

namespace Bhiv.Application.Designs;

/// <summary>
/// Turns a brief into a design by fixed rules: reading, understanding, completing, laying out. The same brief gives the same
/// answer on every machine and in every culture; nothing is looked up and nothing in the brief is obeyed.
/// </summary>
public static class DesignGenerator
{
    private const string Name = "bhiv-designs";

    /// <summary>Changes whenever the same brief may give another design.</summary>
    private const string Version = "2.0";

    /// <summary>A prompt that shows what can be said.</summary>
    public const string Example = "Design a modern 5-story office building with steel frame and glass facade";

    public static DesignResult Generate(DesignBrief brief)
    {
        ArgumentNullException.ThrowIfNull(brief);
        using var prompt = Prompt.Read(brief.Prompt);
        var notes = new Notes(prompt);
        Spelling.Correct(prompt, notes);
        var request = Understander.Understand(prompt, brief, notes);
        if (request is null) return new DesignResult.NotADesign(Example);
        NoteContext(brief, notes);
        return new DesignResult.Generated(Specify(request, brief, notes));
    }

    private static DesignSpec Specify(Request request, DesignBrief brief, Notes notes)
    {
        var draft = new Completer(request, notes).Complete();
        var objects = Layouts.Draw(draft, request, notes);
        var components = Layouts.Components(objects, notes);
        var constraints = brief.Constraints.Select(SafeText.Clean).ToList();
        return new DesignSpec(
            draft.Subject.DesignType, draft.Subject.Category, draft.Subject.BuildingType, draft.Subject.Subtype, draft.Style,
            draft.Stories, draft.Materials, draft.Dimensions, draft.Rooms, request.Features, components, objects,
            notes.Requirements, constraints, notes.Assumptions,
            new DesignMetadata(Name, Version, notes.Matched, notes.Warnings));
    }

    /// <summary>In the order of the keys: a dictionary has none of its own, and the answer must not depend on it.</summary>
    private static void NoteContext(DesignBrief brief, Notes notes)
    {
        foreach (var (key, value) in brief.Context.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            notes.Read($"context.{SafeText.Clean(key)}", SafeText.Clean(value), SafeText.Clean(value));
    }
}
