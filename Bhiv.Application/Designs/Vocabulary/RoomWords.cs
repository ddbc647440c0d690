namespace Bhiv.Application.Designs.Vocabulary;

/// <summary>Rooms. Named alone, a room is an interior; named beside a building, one of its rooms.</summary>
internal static class RoomWords
{
    private static readonly (string Phrases, string Type, string Category, string BuildingType)[] Interiors =
    [
        ("room|test room", "room", "general", "general"),
        ("living room|drawing room|sitting room|living hall", "living_room", "residential", "residential"),
        ("hall", "hall", "general", "general"),
        ("tea room", "tea_room", "general", "general"),
        ("lounge|lounge area", "lounge", "general", "general"),
        ("bedroom|br|bdrm|master bedroom|guest room|guest bedroom|kids room", "bedroom", "residential", "residential"),
        ("kitchen|kitchenette|open kitchen", "kitchen", "residential", "residential"),
        ("bathroom|bath|ba|toilet|washroom|restroom|ensuite|en suite|powder room|wc|accessible toilet|accessible bathroom",
            "bathroom", "residential", "residential"),
        ("dressing room|walk in closet|walk in wardrobe", "dressing_room", "residential", "residential"),
        ("games room|game room|playroom|play room", "games_room", "residential", "residential"),
        ("nursery", "nursery", "residential", "residential"),
        ("foyer|entrance hall|hallway|corridor", "foyer", "general", "general"),
        ("changing room|locker room", "changing_room", "general", "general"),
        ("server room", "server_room", "commercial", "office"),
        ("dining room|dining area|dining hall", "dining_room", "residential", "residential"),
        ("study|study room|home office", "study", "residential", "residential"),
        ("pooja room|puja room|prayer room", "prayer_room", "residential", "residential"),
        ("laundry|laundry room|utility room|utility", "utility_room", "residential", "residential"),
        ("studio", "studio", "residential", "residential"),
        ("vr office|vr office space|vr office environment|virtual office|office interior|office room|office cabin",
            "office", "commercial", "office"),
        ("conference room|meeting room|board room|boardroom|meeting pod", "meeting_room", "commercial", "office"),
        ("workspace|open workspace|work area|collaborative area", "workspace", "commercial", "office"),
        ("classroom|class room", "classroom", "education", "general"),
        ("reception|lobby|waiting room", "lobby", "commercial", "general"),
        ("cafeteria|canteen|pantry|break room", "cafeteria", "commercial", "general"),
        ("ward|patient room", "ward", "healthcare", "hospital"),
        ("operating room|operating theatre|operating theater", "operating_room", "healthcare", "hospital"),
    ];

    /// <summary>Buildings by themselves, rooms within another one.</summary>
    private static readonly (string Phrases, string Type)[] Parts =
    [
        ("shop|store|retail shop|retail store", "shop"),
        ("office|office space", "office"),
        ("apartment|flat", "apartment"),
        ("restaurant", "restaurant"),
        ("library", "library"),
        ("pharmacy", "pharmacy"),
        ("dormitory", "dormitory"),
        ("engine bay", "engine_bay"),
        ("modular kitchen", "kitchen"),
        ("composting toilet", "bathroom"),
        ("kitchen diner|kitchen dining room", "kitchen"),
        ("kitchen diner|kitchen dining room", "dining_room"),
        ("laboratory|lab", "laboratory"),
        ("storage space|storage room|store room", "storage"),
        ("display area|display space", "display_area"),
        ("visitor center|visitor centre", "visitor_center"),
    ];

    public static IEnumerable<(string Phrases, Meaning Meaning)> Rows =>
    [
        .. Interiors.Select(row => (row.Phrases, (Meaning)new Room(row.Type))),
        .. Interiors.Select(row => (row.Phrases, (Meaning)new Subject(
            Weight.Specific, DesignTypes.Interior, row.Category, row.BuildingType, row.Type))),
        .. Parts.Select(row => (row.Phrases, (Meaning)new Room(row.Type))),
    ];
}
