using static Bhiv.Application.Designs.Vocabulary.Weight;

namespace Bhiv.Application.Designs.Vocabulary;

/// <summary>Buildings: phrases, category, building type, subtype.</summary>
internal static class BuildingWords
{
    public static readonly (string Phrases, Meaning Meaning)[] Rows =
    [
        Building(Generic, "building|bldg|edifice|tower|block|complex|facility|premises|property|pavilion", "general", "general"),
        Building(Generic, "smart building|green building|test building", "general", "general"),
        Building(Sector, "residential|residence|housing|dwelling|living complex", "residential", "residential"),
        Building(Sector, "bhk|rk|condo unit", "residential", "residential"),
        Building(Sector, "commercial|business center|business centre", "commercial", "general"),
        Building(Sector, "industrial", "industrial", "warehouse"),
        Building(Sector, "healthcare|medical", "healthcare", "hospital"),
        Building(Sector, "educational", "education", "general"),
        Building(Specific, "residential complex|housing complex|housing society|housing estate|gated community|township", Residential,
            "complex"),
        Building(Specific, "residential tower|apartment tower", Residential, "tower"),
        Building(Specific, "apartment complex|apartment building|apartment block|residential apartment complex", Residential,
            "apartment_complex"),
        Building(Specific, "apartment|flat|condo|condominium", Residential, "apartment"),
        Building(Specific, "studio apartment|studio flat", Residential, "studio_apartment"),
        Building(Specific, "penthouse", Residential, "penthouse"),
        Building(Specific, "house|home|independent house|smart home|tiny house|passive house", Residential, "house"),
        Building(Specific, "villa|mansion", Residential, "villa"),
        Building(Sector, "colonial|craftsman|detached|semi|semi detached|mid terrace|end terrace", "residential", "residential", "house"),
        Building(Specific, "bungalow|ranch house|rancher", Residential, "bungalow"),
        Building(Specific, "farmhouse|farm house", Residential, "farmhouse"),
        Building(Specific, "townhouse|town house", Residential, "townhouse"),
        Building(Specific, "row house|rowhouse|terraced house|victorian terrace|terrace house", Residential, "row_house"),
        Building(Specific, "row house complex|rowhouse complex", Residential, "row_house_complex"),
        Building(Specific, "duplex|duplex house", Residential, "duplex"),
        Building(Specific, "cottage|cabin|chalet|tree house|treehouse", Residential, "cottage"),
        Building(Specific, "dormitory|hostel|student housing", Residential, "hostel"),
        Building(Specific, "extension|annex|annexe", Residential, "extension"),
        Building(Specific, "retirement home|care home|old age home", Residential, "retirement_home"),
        Building(Specific, "office|office building|office space|office complex|workplace|headquarters", Office, null),
        Building(Specific, "co working space|coworking space|co working office", Office, "coworking"),
        Building(Specific, "tech park|it park|business park", Office, "tech_park"),
        Building(Specific, "shop|store|retail shop|retail store|boutique|showroom|retail", Commercial, "shop"),
        Building(Specific, "shopping mall|mall|shopping center|shopping centre|supermarket", Commercial, "mall"),
        Building(Specific, "commercial complex|shopping complex", Commercial, "complex"),
        Building(Specific, "mixed use|mixed use building|mixed use block|mixed use development|mixed use tower", ("mixed_use", "general"), "mixed_use"),
        Building(Specific, "warehouse|storage facility|distribution center|distribution centre|godown", Industrial, null),
        Building(Specific, "factory|manufacturing plant|plant building|workshop|power plant", Industrial, "factory"),
        Building(Specific, "data center|data centre", Industrial, "data_center"),
        Building(Specific, "hospital", Healthcare, null),
        Building(Specific, "clinic|medical center|medical centre|nursing home", Healthcare, "clinic"),
        Building(Specific, "hotel|motel|inn|guest house|guesthouse|bed and breakfast", Hospitality, "hotel"),
        Building(Specific, "resort", Hospitality, "resort"),
        Building(Specific, "restaurant|cafe|coffee shop|bar|diner", Hospitality, "restaurant"),
        Building(Specific, "wine tasting facility|winery", Hospitality, "winery"),
        Building(Specific, "school|kindergarten", Education, "school"),
        Building(Specific, "college|university|campus", Education, "college"),
        Building(Specific, "library", Education, "library"),
        Building(Specific, "museum|theater|theatre|auditorium|cinema|gallery|castle", Civic, "cultural"),
        Building(Specific, "community hall|community center|community centre|village hall|town hall", Civic, "community_hall"),
        Building(Specific, "temple|church|mosque|cathedral|chapel", Civic, "worship"),
        Building(Specific, "stadium|arena|sports hall|sports complex|gym|gymnasium", Civic, "sports"),
        Building(Specific, "airport|train station|railway station|metro station|bus station|fire station|police station", Civic,
            "station"),
        Building(Specific, "multi storey car park|multi story car park|car park|parking structure|parking garage|parking lot",
            ("transport", "general"), "car_park"),
        Building(Specific, "garage", ("residential", "general"), "garage"),
        Building(Sector, "parking|car parking|parking space", "transport", "general", "car_park"),
        Building(Specific, "shed|garden shed|tool shed", ("residential", "general"), "shed"),
        Building(Specific, "car wash", ("transport", "general"), "car_wash"),
        Building(Specific, "petrol station|gas station|filling station", ("transport", "general"), "petrol_station"),
        Building(Specific, "barn|greenhouse|stable|farm building", ("agriculture", "general"), "farm"),
    ];

    private static (string, string) Residential => ("residential", "residential");
    private static (string, string) Office => ("commercial", "office");
    private static (string, string) Commercial => ("commercial", "general");
    private static (string, string) Industrial => ("industrial", "warehouse");
    private static (string, string) Healthcare => ("healthcare", "hospital");
    private static (string, string) Hospitality => ("hospitality", "general");
    private static (string, string) Education => ("education", "general");
    private static (string, string) Civic => ("civic", "general");

    private static (string, Meaning) Building(
        Weight weight, string phrases, string category, string type, string? subtype = null) =>
        Building(weight, phrases, (category, type), subtype);

    private static (string, Meaning) Building(
        Weight weight, string phrases, (string Category, string Type) kind, string? subtype) =>
        (phrases, new Subject(weight, DesignTypes.Building, kind.Category, kind.Type, subtype));
}
