using Bhiv.Application.Designs.Vocabulary;

namespace Bhiv.Application.Designs.Understanding;

/// <summary>What was asked for, and nothing more: what the prompt does not say is null or empty.</summary>
internal sealed record Request(Subject Subject)
{
    public string? Style { get; init; }

    public int? Stories { get; init; }

    /// <summary>From a word like "mid-rise", which says more than nothing and less than a number.</summary>
    public int? StoreyHint { get; init; }

    public Sizes Sizes { get; init; } = new();

    public IReadOnlyList<DesignRoom> Rooms { get; init; } = [];

    public IReadOnlyList<DesignMaterial> Materials { get; init; } = [];

    public IReadOnlyList<string> Features { get; init; } = [];

    /// <summary>Names of all that the prompt denies: parts, features, rooms, materials, kinds.</summary>
    public IReadOnlyList<string> Excluded { get; init; } = [];

    /// <summary>Furniture that stands in the interior asked for.</summary>
    public IReadOnlyList<string> Furnishings { get; init; } = [];

    /// <summary>How many of a product.</summary>
    public int Count { get; init; } = 1;
}

/// <summary>Metres and square metres, as read.</summary>
internal sealed record Sizes
{
    public double? Length { get; init; }

    public double? Width { get; init; }

    public double? Height { get; init; }

    public double? StoreyHeight { get; init; }

    /// <summary>Ground covered by the design.</summary>
    public double? Area { get; init; }

    public double? TotalArea { get; init; }

    /// <summary>Ground on which a building is to stand: an upper bound of the footprint.</summary>
    public double? PlotArea { get; init; }

    public bool IsEmpty => this == new Sizes();
}
