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
        ("garage", "garage"), ("swimming pool|pool|infinity pool", "swimming_pool"), ("terrace|roof terrace|rooftop terrace", "terrace"),
        ("balcony", "balcony"),
        ("courtyard|atrium|patio", "courtyard"), ("porch|veranda|verandah", "porch"), ("lift|elevator", "lift"),
        ("staircase|stairs", "staircase"), ("basement|cellar|basement car park|underground car park|underground parking", "basement"),
        ("basement car park|underground car park|underground parking", "parking"), ("green roof|roof garden|rooftop garden", "green_roof"),
        ("solar panel|solar power|solar powered|photovoltaic", "solar_panels"), ("rainwater harvesting", "rainwater_harvesting"),
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
        ("park", "park"), ("security system|cctv", "security_system"),
        ("flat roof", "flat_roof"), ("pitched roof|gable roof|gabled roof|hip roof|sloping roof|sloped roof", "pitched_roof"),
        ("skylight|roof light|rooflight", "skylights"), ("conservatory|sunroom|sun room", "conservatory"),
        ("helipad", "helipad"), ("kitchen island|island unit", "kitchen_island"), ("walk in shower", "walk_in_shower"),
        ("mezzanine", "mezzanine"), ("attic", "attic"), ("decking|sundeck", "deck"), ("sauna", "sauna"),
        ("home theater|home theatre|home cinema", "home_cinema"), ("wine cellar", "wine_cellar"),
        ("seating|comfortable seating|seating area", "seating"),
        ("space utilization|space utilisation|efficient space utilization|space efficiency|space efficient", "space_efficiency"),
        ("vr office|vr office space|vr office environment|vr", "virtual_reality"),

        // Sustainability.
        ("double glazing|double glazed window", "double_glazing"), ("triple glazing", "triple_glazing"), ("insulation|insulated", "insulation"),
        ("heat pump", "heat_pump"), ("net zero|zero energy|zero carbon|carbon neutral", "net_zero"),
        ("passive house|passivhaus", "passive_house"), ("heat recovery", "heat_recovery_ventilation"),
        ("led lighting|led light", "led_lighting"), ("natural ventilation|cross ventilation|ventilation", "ventilation"),
        ("greywater recycling|grey water recycling|water recycling", "water_recycling"), ("wind turbine", "wind_turbine"),
        ("geothermal|geothermal heating", "geothermal"), ("underfloor heating|radiant heating", "underfloor_heating"),
        ("ev charging|ev charger|ev charging point|ev charging station|charging point|charging station", "ev_charging"),

        // Accessibility.
        ("wheelchair ramp|wheelchair access|ramp", "ramp"), ("step free access|step free|level access", "step_free_access"),
        ("accessible toilet|accessible bathroom|disabled toilet", "accessible_toilet"), ("wide door|wide doorway", "wide_doors"),
        ("accessible|wheelchair accessible|accessibility|barrier free|disabled access", "accessible"),
        ("grab rail|grab bar|handrail", "handrails"),

        // The site.
        ("driveway", "driveway"), ("fence|fencing|boundary wall|compound wall", "fence"), ("vineyard", "vineyard"),
        ("pond|fountain|water feature", "water_feature"), ("tennis court|squash court|basketball court|sports court", "sports_court"),
        ("bicycle parking|bike parking|cycle parking|bike storage", "bicycle_parking"),
        ("barbecue|barbecue area|bbq|bbq area|outdoor kitchen", "outdoor_kitchen"),
    ];

    /// <summary>Features that are called what they are.</summary>
    private const string PlainFeatures = "sea view|north facing|south facing|east facing|west facing|north east facing|north west facing"
        + "|south east facing|south west facing|lake facing|sea facing|garden facing|park facing|road facing|vastu compliant|borewell|bifold doors|sash windows|dome|minaret|stage"
        + "|orchestra pit|canopy|shipping container|raised floor|fire suppression|modular kitchen|induction hob|pellet stove"
        + "|composting toilet|acoustic panels|whiteboard|bench|rope ladder|lumbar support|height adjustable|ladder"
        + "|drawers|led|dimmer|touchscreen|child seat|pop up roof";

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
        .. PlainFeatures.Split('|').Select(name => (name, (Meaning)new Feature(name.Replace(' ', '_')))),
        .. Hints.Select(row => (row.Phrases, (Meaning)new StoreyHint(row.Stories))),
        ("skyscraper", new Subject(Weight.Generic, DesignTypes.Building, "general", "general")),
        .. Places.Split('|').Select(name => (name, (Meaning)new Place(name))),
        .. Tallies.Split('|').Select(name => (name, (Meaning)new Tally(name))),
    ];
}
