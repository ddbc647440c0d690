using static Bhiv.Application.Designs.Vocabulary.DesignTypes;

namespace Bhiv.Application.Designs.Vocabulary;

/// <summary>What is designed but is no building: the words for it and what is usual where the prompt says no more.</summary>
/// <param name="Size">Metres.</param>
/// <param name="Role">The part that the usual material makes.</param>
internal sealed record Product(
    string DesignType, string Category, string Subtype, string Phrases, DesignSize Size, string Material, string Role,
    string[] Components);

internal static class ProductWords
{
    private static readonly Product[] Products =
    [
        new(Furniture, "furnishing", "chair", "chair|armchair|stool|dining chair|seat",
            new(0.5, 0.5, 0.9), "wood", "frame", ["seat", "backrest", "legs"]),
        new(Furniture, "furnishing", "office_chair", "office chair|desk chair|ergonomic chair",
            new(0.65, 0.65, 1.1), "fabric", "furniture", ["seat", "backrest", "armrests", "gas_lift", "base"]),
        new(Furniture, "furnishing", "table", "table|coffee table|dining table|side table|kitchen table",
            new(1.6, 0.9, 0.75), "wood", "frame", ["top", "legs"]),
        new(Furniture, "furnishing", "desk", "desk|office desk|standing desk|workstation",
            new(1.4, 0.7, 0.75), "wood", "frame", ["top", "legs", "drawers"]),
        new(Furniture, "furnishing", "sofa", "sofa|couch|settee|sofa bed|sectional",
            new(2.2, 0.9, 0.85), "fabric", "furniture", ["seat", "backrest", "armrests", "cushions"]),
        new(Furniture, "furnishing", "bed", "bed|bunk bed|hospital bed",
            new(2, 1.6, 0.5), "wood", "frame", ["frame", "mattress", "headboard"]),
        new(Furniture, "furnishing", "wardrobe", "wardrobe|closet|cupboard|cabinet|kitchen cabinet",
            new(1.8, 0.6, 2), "wood", "body", ["body", "doors", "shelves", "rail"]),
        new(Furniture, "furnishing", "shelf", "shelf|bookshelf|bookcase|shelving|tv unit|tv stand",
            new(1, 0.3, 1.8), "wood", "frame", ["sides", "boards"]),
        new(Appliance, "household", "lamp", "lamp|desk lamp|floor lamp|table lamp",
            new(0.3, 0.3, 0.5), "steel", "body", ["base", "stem", "shade", "bulb"]),
        new(Appliance, "household", "refrigerator", "refrigerator|fridge",
            new(0.7, 0.7, 1.8), "steel", "body", ["body", "door", "compressor", "shelves"]),
        new(Appliance, "household", "washing_machine", "washing machine",
            new(0.6, 0.6, 0.85), "steel", "body", ["body", "drum", "motor", "door", "pump"]),
        new(Appliance, "household", "dishwasher", "dishwasher",
            new(0.6, 0.6, 0.85), "steel", "body", ["body", "racks", "spray_arms", "pump", "door"]),
        new(Appliance, "household", "oven", "oven|microwave|stove",
            new(0.6, 0.6, 0.6), "steel", "body", ["body", "door", "heating_element", "controls"]),
        new(Vehicle, "transport", "car", "car|vehicle|electric car|sports car|suv|sedan",
            new(4.5, 1.8, 1.5), "steel", "body", ["chassis", "body", "engine", "wheels", "seats"]),
        new(Vehicle, "transport", "electric_vehicle", "electric vehicle|ev",
            new(4.6, 1.85, 1.5), "aluminium", "body",
            ["chassis", "body", "battery_pack", "electric_motor", "wheels", "seats", "charging_port"]),
        new(Vehicle, "transport", "truck", "truck|lorry|van",
            new(8, 2.5, 3.2), "steel", "body", ["chassis", "cab", "engine", "cargo_bed", "wheels"]),
        new(Vehicle, "transport", "bus", "bus|electric bus|school bus",
            new(12, 2.55, 3.2), "steel", "body", ["chassis", "body", "engine", "seats", "doors", "wheels"]),
        new(Vehicle, "transport", "bicycle", "bicycle|bike|electric bike",
            new(1.8, 0.6, 1.1), "aluminium", "frame", ["frame", "wheels", "handlebar", "saddle", "drivetrain"]),
        new(Vehicle, "transport", "motorcycle", "motorcycle|motorbike|scooter",
            new(2.1, 0.8, 1.1), "steel", "frame", ["frame", "engine", "wheels", "handlebar", "saddle"]),
        new(Vehicle, "transport", "train", "train|tram",
            new(25, 2.9, 3.8), "aluminium", "body", ["bogies", "body", "motors", "doors", "seats"]),
        new(Vehicle, "transport", "boat", "boat|yacht|ship",
            new(10, 3.2, 3), "plastic", "body", ["hull", "deck", "cabin", "engine", "rudder"]),
        new(Vehicle, "transport", "aircraft", "airplane|aeroplane|aircraft",
            new(15, 16, 4), "aluminium", "body", ["fuselage", "wings", "tail", "engines", "landing_gear"]),
        new(Electronics, "consumer", "drone", "drone|quadcopter",
            new(0.35, 0.35, 0.1), "plastic", "body", ["frame", "rotors", "motors", "battery", "controller"]),
        new(Electronics, "iot", "iot_sensor", "sensor|iot sensor|iot device|temperature sensor|motion sensor",
            new(0.1, 0.1, 0.05), "plastic", "body", ["enclosure", "sensor_element", "microcontroller", "radio", "battery"]),
        new(Electronics, "consumer", "smartphone", "smartphone|smart phone|phone|tablet",
            new(0.15, 0.07, 0.01), "aluminium", "body", ["body", "display", "battery", "camera", "mainboard"]),
        new(Electronics, "consumer", "laptop", "laptop|computer",
            new(0.35, 0.25, 0.02), "aluminium", "body", ["body", "display", "keyboard", "battery", "mainboard"]),
        new(Electronics, "consumer", "television", "television|tv",
            new(1.2, 0.08, 0.7), "plastic", "body", ["body", "display", "mainboard", "stand"]),
        new(Electronics, "consumer", "device", "smartwatch|smart watch|camera",
            new(0.1, 0.08, 0.05), "aluminium", "body", ["body", "display", "battery", "mainboard"]),
        new(Structure, "infrastructure", "bridge", "bridge|footbridge|flyover|overpass",
            new(50, 10, 8), "concrete", "structure", ["deck", "piers", "abutments", "railings"]),
        new(Structure, "infrastructure", "highway", "highway|road|motorway|highway route|expressway",
            new(1000, 15, 0.5), "concrete", "structure", ["subgrade", "base", "pavement", "shoulders", "drainage"]),
        new(Structure, "infrastructure", "dam", "dam",
            new(200, 30, 40), "concrete", "structure", ["wall", "spillway", "foundation"]),
        new(Structure, "infrastructure", "tunnel", "tunnel",
            new(500, 12, 8), "concrete", "structure", ["lining", "roadway", "ventilation"]),
        new(Structure, "infrastructure", "shelter", "gazebo|pergola|bus stop|shelter",
            new(4, 3, 2.8), "wood", "structure", ["posts", "roof"]),
    ];

    /// <summary>What people design, but not here.</summary>
    private const string ForeignPhrases = "dashboard|analytics dashboard|website|web site|web page|landing page|app|application"
        + "|mobile app|software|api|database|script|python script|code|program|algorithm|chatbot"
        + "|logo|poster|presentation|spreadsheet"
        + "|playlist|resume|cv|email|newsletter|blog|curriculum|marketing plan|business plan|business model|video game"
        + "|board game|model train";

    private static readonly Dictionary<string, Product> BySubtype = Products.ToDictionary(product => product.Subtype);

    public static IEnumerable<(string Phrases, Meaning Meaning)> Rows =>
    [
        .. Products.Select(product => (product.Phrases, (Meaning)new Subject(
            Weight.Specific, product.DesignType, product.Category, null, product.Subtype))),
        (ForeignPhrases, new Subject(Weight.Specific, Foreign, "")),
    ];

    public static Product Of(Subject subject) => Of(subject.Subtype!);

    public static Product Of(string subtype) => BySubtype[subtype];
}
