using Bhiv.Application.Designs.Reading;
using Bhiv.Application.Designs.Vocabulary;

namespace Bhiv.Application.Designs.Understanding;

/// <summary>Reads rooms and their numbers: "4 bedrooms", "multiple bathrooms", "2BHK".</summary>
internal sealed class RoomReader(Prompt prompt, Scan scan, Notes notes)
{
    private const int Most = 1000;

    private readonly List<DesignRoom> rooms = [];

    /// <param name="head">What is designed.</param>
    /// <param name="isRoom">It is a room: a building is none of itself.</param>
    public IReadOnlyList<DesignRoom> Read(Match? head, bool isRoom)
    {
        foreach (var match in scan.Wanted)
        {
            if (prompt.Tokens[match.Span.First].Text is "bhk" or "rk") ReadBhk(match);
            else if (IsBedroom(match, head)) ReadRoom(match, new Room("bedroom"));
            else if (isRoom || match != head) ReadRooms(match);
        }

        return rooms;
    }

    /// <summary>"3 bed 2 bath": so dwellings are advertised; the 50 beds of a hospital are beds.</summary>
    private bool IsBedroom(Match match, Match? head) => prompt.Tokens[match.Span.First].Is("bed")
        && head?.As<Subject>() is null or { IsBuilding: true, BuildingType: "residential" } && scan.CountOf(match, out _) is not null;

    /// <summary>Bedrooms, hall and kitchen. "BHK" alone has one bedroom, as its letters say.</summary>
    private void ReadBhk(Match match)
    {
        var count = Count(match, out var span) ?? 1;
        if (prompt.Tokens[match.Span.First].Is("bhk")) Add("bedroom", count, span);
        Add("living_room", 1, span);
        Add("kitchen", 1, span);
    }

    private void ReadRooms(Match match)
    {
        foreach (var meaning in match.Meanings)
            if (meaning is Room room) ReadRoom(match, room);
    }

    private void ReadRoom(Match match, Room room)
    {
        var count = Count(match, out var span);
        if (count is 0) return;
        if (count is null && prompt.Tokens[match.Span.End - 1].IsPlural) AddSeveral(room.Type, match.Span);
        else Add(room.Type, count ?? 1, span);
    }

    /// <summary>Null where no number stands; zero, with a warning, where the number means no room at all.</summary>
    private int? Count(Match match, out Span span)
    {
        if (scan.CountOf(match, out span) is not { } number) return null;
        var count = (int)Math.Clamp(Math.Ceiling(number.Number), 0, Most);
        if (count != number.Number || count == 0) notes.Warn("count_out_of_range", span);
        return count;
    }

    private void AddSeveral(string type, Span span)
    {
        if (!Keep(type, 2)) return;
        notes.Read($"rooms.{type}", "several", span);
        notes.Assume($"rooms.{type}", "2", $"{prompt.Quote(span)} names no number");
    }

    private void Add(string type, int count, Span span)
    {
        if (count > 0 && Keep(type, count)) notes.Read($"rooms.{type}", SafeText.Number(count), span);
    }

    /// <summary>A room named twice is one finding: "3BHK with open kitchen" has one kitchen.</summary>
    private bool Keep(string type, int count)
    {
        for (var i = 0; i < rooms.Count; i++)
        {
            if (rooms[i].Type != type) continue;
            if (rooms[i].Count >= count) return false;
            rooms[i] = new DesignRoom(type, count);
            return true;
        }

        rooms.Add(new DesignRoom(type, count));
        return true;
    }
}
