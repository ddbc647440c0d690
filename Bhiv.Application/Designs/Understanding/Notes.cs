using Bhiv.Application.Designs.Reading;

namespace Bhiv.Application.Designs.Understanding;

/// <summary>What was read, what was assumed and what was odd, collected through all stages in the order of discovery.</summary>
internal sealed class Notes(Prompt prompt)
{
    /// <summary>Who sends more that is odd has read enough with these.</summary>
    private const int MostWarnings = 12;

    private readonly List<string> matched = [];
    private readonly List<string> warnings = [];

    public List<DesignRequirement> Requirements { get; } = [];

    public List<DesignAssumption> Assumptions { get; } = [];

    public IReadOnlyList<string> Matched => matched;

    public IReadOnlyList<string> Warnings => warnings;

    private bool IsFull => warnings.Count == MostWarnings;

    public void Read(string field, string value, Span span)
    {
        var text = prompt.Quote(span);
        Requirements.Add(new DesignRequirement(field, value, text));
        if (!matched.Contains(text)) matched.Add(text);
        foreach (var token in prompt.Tokens.Slice(span.First, span.Count))
            if (token.Lower is not null) Assume(field, value, $"the upper of what {text} leaves open");
    }

    /// <summary>Said beside the prompt: the words are the caller's, but no part of it.</summary>
    public void Read(string field, string value, string text) => Requirements.Add(new DesignRequirement(field, value, text));

    public void Assume(string field, string value, string reason) =>
        Assumptions.Add(new DesignAssumption(field, value, reason));

    public void Warn(string warning)
    {
        if (!IsFull && !warnings.Contains(warning)) warnings.Add(warning);
    }

    public void Warn(string code, Span span)
    {
        if (!IsFull && !IsNoted(code, span)) warnings.Add($"{code}: {prompt.Quote(span)}");
    }

    public void Correct(Span span, string meant)
    {
        if (!IsFull && !IsNoted("spelling", span)) warnings.Add($"spelling: {prompt.Quote(span)} read as {meant}");
    }

    /// <summary>The same one again makes no string, or noise would.</summary>
    private bool IsNoted(string code, Span span)
    {
        var quote = prompt.Quoted(span);
        foreach (var warning in warnings)
        {
            if (!warning.StartsWith(code, StringComparison.Ordinal) || warning.Length == code.Length) continue;
            var rest = warning.AsSpan(code.Length + 2);
            if (!rest.StartsWith(quote)) continue;
            if (rest.Length == quote.Length || rest[quote.Length..].StartsWith(" read as ")) return true;
        }

        return false;
    }
}
