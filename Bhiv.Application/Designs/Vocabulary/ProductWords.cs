namespace Bhiv.Application.Designs.Vocabulary;

/// <summary>What is designed but is no building, and what is designed elsewhere. Usual sizes stand in Completing.</summary>
internal static class ProductWords
{
    private static readonly (string Phrases, string Type, string Category, string Subtype)[] Products =
    [
        ("chair|armchair|stool|dining chair|seat", DesignTypes.Furniture, "furnishing", "chair"),
        ("office chair|desk chair|ergonomic chair", DesignTypes.Furniture, "furnishing", "office_chair"),
        ("table|coffee table|dining table|side table|kitchen table", DesignTypes.Furniture, "furnishing", "table"),
        ("desk|office desk|standing desk|workstation", DesignTypes.Furniture, "furnishing", "desk"),
        ("sofa|couch|settee|sofa bed|sectional", DesignTypes.Furniture, "furnishing", "sofa"),
        ("bed|bunk bed|hospital bed", DesignTypes.Furniture, "furnishing", "bed"),
        ("wardrobe|closet|cupboard|cabinet|kitchen cabinet", DesignTypes.Furniture, "furnishing", "wardrobe"),
        ("shelf|bookshelf|bookcase|shelving", DesignTypes.Furniture, "furnishing", "shelf"),
        ("lamp|desk lamp|floor lamp|table lamp", DesignTypes.Appliance, "household", "lamp"),
        ("refrigerator|fridge", DesignTypes.Appliance, "household", "refrigerator"),
        ("washing machine|dishwasher", DesignTypes.Appliance, "household", "washing_machine"),
        ("oven|microwave|stove", DesignTypes.Appliance, "household", "oven"),
        ("car|vehicle|electric car|sports car|suv|sedan", DesignTypes.Vehicle, "transport", "car"),
        ("electric vehicle|ev", DesignTypes.Vehicle, "transport", "electric_vehicle"),
        ("truck|lorry|van", DesignTypes.Vehicle, "transport", "truck"),
        ("bus|electric bus|school bus", DesignTypes.Vehicle, "transport", "bus"),
        ("bicycle|bike|electric bike|motorcycle|scooter", DesignTypes.Vehicle, "transport", "bicycle"),
        ("drone|quadcopter", DesignTypes.Electronics, "consumer", "drone"),
        ("sensor|iot sensor|iot device|temperature sensor|motion sensor", DesignTypes.Electronics, "iot", "iot_sensor"),
        ("smartphone|smart phone|phone|tablet", DesignTypes.Electronics, "consumer", "smartphone"),
        ("laptop|computer|smartwatch|smart watch|camera", DesignTypes.Electronics, "consumer", "device"),
        ("bridge|footbridge|flyover|overpass", DesignTypes.Structure, "infrastructure", "bridge"),
        ("highway|road|motorway|highway route|expressway", DesignTypes.Structure, "infrastructure", "highway"),
        ("dam", DesignTypes.Structure, "infrastructure", "dam"),
        ("tunnel", DesignTypes.Structure, "infrastructure", "tunnel"),
        ("gazebo|pergola|bus stop|shelter", DesignTypes.Structure, "infrastructure", "shelter"),
    ];

    private const string Foreign = "dashboard|analytics dashboard|website|web site|web page|landing page|app|application"
        + "|mobile app|software|api|database|script|python script|code|program|algorithm|chatbot"
        + "|logo|poster|presentation|spreadsheet"
        + "|playlist|resume|cv|email|newsletter|blog|curriculum|marketing plan|business plan|business model|video game"
        + "|board game|model train";

    public static IEnumerable<(string Phrases, Meaning Meaning)> Rows =>
    [
        .. Products.Select(row => (row.Phrases, (Meaning)new Subject(
            Weight.Specific, row.Type, row.Category, null, row.Subtype))),
        (Foreign, new Subject(Weight.Specific, DesignTypes.Foreign, "")),
    ];
}
