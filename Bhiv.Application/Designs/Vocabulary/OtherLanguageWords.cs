namespace Bhiv.Application.Designs.Vocabulary;

/// <summary>
/// The commonest words of languages other than English, so that a short prompt is understood in them. None of them means
/// anything in English. Where one occurs, the design says so.
/// </summary>
internal static class OtherLanguageWords
{
    private static readonly (string Phrases, Meaning Meaning)[] Known =
    [
        ("haus|einfamilienhaus|casa|maison|huis|घर|मकान|房子|住宅", Dwelling("house")),
        ("wohnung|apartamento|departamento|appartement|appartamento|फ्लैट|公寓", Dwelling("apartment")),
        ("büro|bürogebäude|oficina|ufficio|कार्यालय|办公室|办公楼", Building("commercial", "office")),
        ("schule|escuela|école|scuola|विद्यालय|学校", Building("education", "general", "school")),
        ("krankenhaus|hôpital|ospedale|अस्पताल|医院", Building("healthcare", "hospital")),
        ("lagerhalle|almacén|entrepôt|magazzino|गोदाम|仓库", Building("industrial", "warehouse")),
        ("gebäude|edificio|bâtiment|इमारत|भवन|建筑", new Subject(Weight.Generic, DesignTypes.Building, "general", "general")),
        ("küche|cocina|cucina|रसोई|厨房", new Room("kitchen")),
        ("schlafzimmer|dormitorio|chambre|शयनकक्ष|卧室", new Room("bedroom")),
        ("badezimmer|baño|bagno|स्नानघर|浴室", new Room("bathroom")),
        ("garten|jardín|jardin|giardino|बगीचा|花园", new Feature("garden")),
        ("schwimmbad|piscina|piscine|तरणताल|游泳池", new Feature("swimming_pool")),
        ("keller|sótano|तहखाना|地下室", new Feature("basement")),
    ];

    public static IEnumerable<(string Phrases, Meaning Meaning)> Rows =>
        [.. Known, .. Known.Select(row => (row.Phrases, (Meaning)new OtherLanguage()))];

    private static Subject Dwelling(string subtype) => Building("residential", "residential", subtype);

    private static Subject Building(string category, string type, string? subtype = null) =>
        new(Weight.Specific, DesignTypes.Building, category, type, subtype);
}
