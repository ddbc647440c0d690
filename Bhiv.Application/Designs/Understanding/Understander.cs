using Bhiv.Application.Designs.Reading;
using Bhiv.Application.Designs.Vocabulary;

namespace Bhiv.Application.Designs.Understanding;

/// <summary>From the words of a brief to what it asks for.</summary>
internal static class Understander
{
    private static readonly Subject AnyBuilding = new(Weight.Generic, DesignTypes.Building, "general", "general");

    /// <summary>Null when the prompt asks for no design.</summary>
    public static Request? Understand(Prompt prompt, DesignBrief brief, Notes notes)
    {
        var storeys = StoreyReader.Find(prompt);
        var measurements = MeasurementReader.Find(prompt);
        var measured = storeys.Select(count => count.Span).Concat(measurements.Select(measurement => measurement.Span));
        var scan = new Scan(prompt, measured, notes);
        var head = new SubjectFinder(prompt, scan).Find(out var named);
        var countsRooms = scan.Wanted.Any(match => match.As<Room>() is not null && scan.CountOf(match, out _) is not null);
        var hasNumbers = storeys.Count > 0 || measurements.Count > 0 || countsRooms;
        if (!Relevance.IsDesign(prompt, scan, named, hasNumbers)) return null;

        NoteSubject(head, named, notes);
        var subject = named ?? AnyBuilding;
        var details = new DetailReader(prompt, scan, notes);
        var style = details.Style(brief.Style);
        var request = new Request(subject)
        {
            Style = style,
            Stories = StoreyReader.Judge(prompt, storeys, subject.IsBuilding, notes),
            StoreyHint = scan.Wanted.Select(match => match.As<StoreyHint>()?.Stories).FirstOrDefault(hint => hint is not null),
            Sizes = new SizeReader(prompt, scan, head, subject, notes).Read(measurements),
            Rooms = subject.IsProduct ? [] : new RoomReader(prompt, scan, notes).Read(head, subject.IsInterior),
            Materials = new MaterialReader(prompt, scan, notes).Read(head),
            Features = details.Features(style, head),
            Excluded = details.Excluded(head),
            Furnishings = subject.IsInterior ? details.Furnishings(head) : [],
            Count = CountOf(scan, head, subject, notes),
        };
        details.NoteFacts(head);
        if (SaysNothing(request, scan)) notes.Warn("nothing_recognised");
        Comprehension.Judge(prompt, scan, notes);
        return request;
    }

    private static void NoteSubject(Match? head, Subject? subject, Notes notes)
    {
        if (head is not { Span: var span } || subject is null) return;
        notes.Read("design_type", subject.DesignType, span);
        if (subject.Weight == Weight.Generic) return;
        notes.Read("category", subject.Category, span);
        if (subject.BuildingType is not null) notes.Read("building_type", subject.BuildingType, span);
        if (subject.Subtype is not null) notes.Read("subtype", subject.Subtype, span);
    }

    private static int CountOf(Scan scan, Match? head, Subject subject, Notes notes)
    {
        if (head is not { } main || !subject.IsProduct) return 1;
        if (scan.CountOf(main, out var span) is not { } number) return 1;
        var count = (int)Math.Clamp(number.Number, 1, 1000);
        if (count == number.Number) notes.Read("count", SafeText.Number(count), span);
        else notes.Warn("count_out_of_range", span);
        return count;
    }

    private static bool SaysNothing(Request request, Scan scan) => request.Subject.Weight == Weight.Generic
        && request is { Stories: null, StoreyHint: null, Sizes.IsEmpty: true }
        && request is { Rooms.Count: 0, Materials.Count: 0, Features.Count: 0, Excluded.Count: 0 }
        && !scan.Wanted.Any(match => match.As<Style>() is not null);
}
