using System.Collections.ObjectModel;

namespace Bhiv.Application.Designs;

/// <summary>What a caller asks to have designed. All of it is data: nothing in it is ever obeyed as an instruction.</summary>
/// <param name="Prompt">Free text. Any characters; the generator's time grows linearly with its length.</param>
public sealed record DesignBrief(string Prompt)
{
    /// <summary>A style that wins over the one in the prompt. Blank counts as absent.</summary>
    public string? Style { get; init; }

    /// <summary>Copied to the specification as they are; the layout does not read them.</summary>
    public IReadOnlyList<string> Constraints { get; init; } = [];

    /// <summary>The caller's own facts (city, budget, ...), kept as requirements <c>context.KEY</c>.</summary>
    public IReadOnlyDictionary<string, string> Context { get; init; } = ReadOnlyDictionary<string, string>.Empty;
}
