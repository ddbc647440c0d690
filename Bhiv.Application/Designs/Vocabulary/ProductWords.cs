namespace Bhiv.Application.Designs.Vocabulary;

/// <summary>What is designed but is no building: the words for it and what is usual where the prompt says no more.</summary>
/// <param name="Size">The outer box. Metres.</param>
/// <param name="Role">The part that the usual material makes.</param>
/// <param name="Parts">What it is put together from.</param>
internal sealed record Product(
    string DesignType, string Category, string Subtype, string Phrases, DesignSize Size, string Material, string Role,
    ProductPart[] Parts);

/// <summary>
/// A part of a product, as fractions of its outer box: of the length along x, of the width along y and of the height along z. Several
/// alike are spread evenly, the last as far from the one side as the first from the other.
/// </summary>
/// <param name="Along">How many along x.</param>
/// <param name="Across">How many along y.</param>
/// <param name="Tiers">How many along z.</param>
/// <param name="Material">What it usually is of; null for what the product is of.</param>
internal sealed record ProductPart(
    string Name, double X, double Y, double Z, double Length, double Width, double Height,
    int Along = 1, int Across = 1, int Tiers = 1, string? Material = null)
{
    public double SpacingAlong => Spacing(X, Length, Along);

    public double SpacingAcross => Spacing(Y, Width, Across);

    public double SpacingOfTiers => Spacing(Z, Height, Tiers);

    private static double Spacing(double margin, double size, int count) => (1 - (2 * margin) - size) / Math.Max(1, count - 1);
}

/// <summary>All products. Another one is another row in the file of its kind.</summary>
internal static class ProductWords
{
    private static readonly Product[] Products =
        [.. FurnitureWords.Rows, .. ApplianceWords.Rows, .. VehicleWords.Rows, .. ElectronicsWords.Rows, .. StructureWords.Rows];

    /// <summary>What people design, but not here.</summary>
    private const string ForeignPhrases = "dashboard|analytics dashboard|website|web site|web page|landing page|app|application"
        + "|mobile app|software|api|database|script|python script|code|program|algorithm|chatbot"
        + "|logo|poster|postcard|business card|picture|painting|photo|recipe|presentation|spreadsheet"
        + "|playlist|resume|cv|email|newsletter|blog|curriculum|marketing plan|business plan|business model|video game"
        + "|board game|model train";

    private static readonly Dictionary<string, Product> BySubtype = Products.ToDictionary(product => product.Subtype);

    public static IEnumerable<(string Phrases, Meaning Meaning)> Rows =>
    [
        .. Products.Select(product => (product.Phrases, (Meaning)new Subject(
            Weight.Specific, product.DesignType, product.Category, null, product.Subtype))),
        (ForeignPhrases, new Subject(Weight.Specific, DesignTypes.Foreign, "")),
    ];

    public static Product Of(Subject subject) => Of(subject.Subtype!);

    public static Product Of(string subtype) => BySubtype[subtype];
}
