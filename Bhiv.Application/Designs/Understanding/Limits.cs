using Bhiv.Application.Designs.Vocabulary;

namespace Bhiv.Application.Designs.Understanding;

/// <summary>
/// Sizes in metres between which a design stays drawable: room for a door below, the tallest and longest of its kind above.
/// </summary>
internal sealed record Limits(double LeastSide, double MostSide, double LeastHeight, double MostHeight)
{
    /// <summary>Of anything that is designed.</summary>
    public const double MostMetres = 100_000;

    private static readonly Dictionary<string, Limits> ByType = new()
    {
        [DesignTypes.Building] = new(2, 1000, 2, 1000),
        [DesignTypes.Interior] = new(1, 500, 2, 50),
        [DesignTypes.Structure] = new(0.5, MostMetres, 0.1, 1000),
    };

    private static readonly Limits Product = new(0.01, 100, 0.01, 100);

    public static Limits Of(Subject subject) => ByType.GetValueOrDefault(subject.DesignType, Product);
}
