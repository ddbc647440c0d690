namespace Bhiv.Application.Designs.Vocabulary;

/// <summary>Styles, features, hints of height, places and things that are only counted.</summary>
internal static class DetailWords
{
    private static readonly (string Phrases, string Name)[] Styles =
    [
        ("modern|modernist", "modern"), ("contemporary", "contemporary"), ("traditional|vernacular", "traditional"),
        ("minimalist|minimal|minimalistic", "minimalist"),
        ("sustainable|eco friendly|ecofriendly|eco|green building|green architecture|environmentally friendly", "sustainable"),
        ("industrial style|industrial chic|industrial look|industrial loft", "industrial"), ("colonial", "colonial"),
        ("victorian", "victorian"), ("rustic", "rustic"), ("scandinavian|nordic", "scandinavian"), ("art deco", "art_deco"),
        ("mediterranean", "mediterranean"), ("classical|classic|neoclassical", "classical"), ("futuristic", "futuristic"),
        ("luxury|luxurious", "luxury"), ("gothic", "gothic"), ("bohemian|boho", "bohemian"), ("brutalist", "brutalist"),
        ("mid century|mid century modern", "mid_century"), ("farmhouse style", "farmhouse"), ("japanese|japandi", "japanese"),
    ];

    private static readonly (string Phrases, string Name)[] Features =
    [
        ("garden|landscaped garden|backyard|lawn", "garden"), ("parking|car parking|parking space|common parking", "parking"),
        ("garage", "garage"), ("swimming pool|pool", "swimming_pool"), ("terrace|roof terrace", "terrace"),
        ("balcony", "balcony"),
        ("courtyard|atrium|patio", "courtyard"), ("porch|veranda|verandah", "porch"), ("lift|elevator", "lift"),
        ("staircase|stairs", "staircase"), ("basement|cellar", "basement"), ("green roof|roof garden", "green_roof"),
        ("solar panel|solar power|photovoltaic", "solar_panels"), ("rainwater harvesting", "rainwater_harvesting"),
        ("large window|big window|floor to ceiling window", "large_windows"), ("loading dock|loading bay", "loading_dock"),
        ("emergency wing|emergency room|emergency department", "emergency_wing"),
        ("natural lighting|natural light", "natural_light"),
        ("better lighting|lighting", "lighting"), ("open layout|open plan|open floor plan|open concept", "open_plan"),
        ("open workspace", "open_plan"), ("open kitchen", "open_kitchen"), ("smart building|smart system", "smart_systems"),
        ("smart home|smart home feature|home automation|smart", "smart_systems"), ("sustainable feature", "sustainable_features"),
        ("smart storage|storage solution|smart storage solution", "storage_solutions"), ("fireplace", "fireplace"),
        ("jacuzzi|hot tub|bathtub", "jacuzzi"), ("amenity", "amenities"), ("gym|fitness center|fitness centre", "gym"),
        ("space saving furniture", "space_saving_furniture"), ("ergonomic furniture", "ergonomic_furniture"),
        ("wifi|wi fi|wifi connectivity", "wifi"), ("aerodynamic|aerodynamic design", "aerodynamic"),
        ("battery|battery life", "battery"), ("playground", "playground"), ("air conditioning|hvac", "air_conditioning"),
        ("park", "park"), ("wheelchair ramp|wheelchair access|ramp", "ramp"), ("security system|cctv", "security_system"),
    ];

    private static readonly (string Phrases, int Stories)[] Hints =
    [
        ("low rise", 3), ("mid rise|midrise|medium rise", 5), ("high rise|highrise", 12), ("skyscraper", 40),
        ("multi storey|multi story|multistorey|multistory|multi level", 4), ("tower|residential tower|apartment tower", 10),
        ("duplex|duplex house|townhouse|town house|villa|mansion|mixed use|mixed use building", 2), ("triplex", 3),
        ("multi storey car park|multi story car park|parking garage", 4),
    ];

    private const string Places = "mumbai|pune|ahmedabad|delhi|new delhi|bengaluru|bangalore|chennai|hyderabad|kolkata|nagpur"
        + "|jaipur|surat|goa|india|dubai|london|new york|singapore|paris|berlin|tokyo|sydney|toronto|woods|beach";

    private const string Tallies = "unit|cottage|bed|car|vehicle|desk|seat|student|person|people|guest"
        + "|employee|family|shop|bay|cubicle";

    public static IEnumerable<(string Phrases, Meaning Meaning)> Rows =>
    [
        .. Styles.Select(row => (row.Phrases, (Meaning)new Style(row.Name))),
        .. Features.Select(row => (row.Phrases, (Meaning)new Feature(row.Name))),
        .. Hints.Select(row => (row.Phrases, (Meaning)new StoreyHint(row.Stories))),
        ("skyscraper", new Subject(Weight.Generic, DesignTypes.Building, "general", "general")),
        .. Places.Split('|').Select(name => (name, (Meaning)new Place(name))),
        .. Tallies.Split('|').Select(name => (name, (Meaning)new Tally(name))),
    ];
}
