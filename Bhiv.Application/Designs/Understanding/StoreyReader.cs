using Bhiv.Application.Designs.Reading;

namespace Bhiv.Application.Designs.Understanding;

/// <summary>A number of storeys as written, before it is judged.</summary>
internal readonly record struct StoreyCount(double Value, Span Span);

/// <summary>Reads storeys: "3-storey", "10 floors", "2 upper floors", "double-storey", "floors: 4", "G+2", "stilt + 4".</summary>
internal static class StoreyReader
{
    /// <summary>Taller than anything that stands. More is a slip or a joke, and would only fill the answer.</summary>
    public const int Most = 200;

    /// <summary>Who gives more contradicts himself often enough.</summary>
    private const int MostCounts = 10;

    private static readonly WordSet Names = new(
        "story", "storey", "storied", "storeyed", "floor", "level",
        "etage", "etagen", "stockwerk", "stockwerke", "stöckig", "piso", "planta", "étage", "piani",
        "मंजिल", "मंजिला", "层");

    public static List<StoreyCount> Find(Prompt prompt)
    {
        var found = new List<StoreyCount>();
        for (var i = 0; i < prompt.Tokens.Length && found.Count < MostCounts; i++)
        {
            if ((AboveGround(prompt, i) ?? Counted(prompt, i) ?? Labelled(prompt, i)) is not { } count) continue;
            found.Add(count);
            i = count.Span.End - 1;
        }

        return found;
    }

    /// <summary>The first count that holds: within reason as it is, beyond it the bound, below it none.</summary>
    /// <param name="hasStoreys">What is designed can have some.</param>
    public static int? Judge(Prompt prompt, IEnumerable<StoreyCount> found, bool hasStoreys, Notes notes)
    {
        int? stories = null;
        foreach (var (value, span) in found.Where(count => !prompt.IsNegated(count.Span)))
        {
            var rounded = (int)Math.Min(Math.Ceiling(value), Most);
            if (rounded < 1 || !hasStoreys) notes.Warn("stories_ignored", span);
            else if (stories is not null && stories != rounded) notes.Warn("stories_contradict", span);
            else if (stories is null) Note(notes, stories = rounded, value, span);
        }

        return stories;
    }

    private static void Note(Notes notes, int? stories, double value, Span span)
    {
        if (value == stories)
        {
            notes.Read("stories", SafeText.Number(value), span);
            return;
        }

        notes.Warn("stories_out_of_range", span);
        notes.Assume("stories", SafeText.Number(stories ?? 0), $"whole storeys, at most {Most}");
    }

    private static StoreyCount? Counted(Prompt prompt, int i)
    {
        if (prompt.Tokens[i].Kind == TokenKind.Number && prompt.At(i + 1) is { Text: "upper" } && IsName(prompt.At(i + 2)))
            return new StoreyCount(prompt.Tokens[i].Number + 1, new Span(i, 3));
        if (!IsName(prompt.At(i + 1))) return null;
        if (prompt.Tokens[i].Kind == TokenKind.Number) return new StoreyCount(prompt.Tokens[i].Number, new Span(i, 2));
        return MultipleOf(prompt.Tokens[i].Text) is { } multiple ? new StoreyCount(multiple, new Span(i, 2)) : null;
    }

    private static int? MultipleOf(ReadOnlySpan<char> word) =>
        word switch { "single" => 1, "double" => 2, "triple" => 3, _ => null };

    /// <summary>"Floors: 4", but "First floor: 3 bedrooms" counts none.</summary>
    private static StoreyCount? Labelled(Prompt prompt, int i) =>
        IsName(prompt.Tokens[i]) && prompt.Tokens[i].IsPlural && prompt.At(i + 1) is { Text: ":" or "=" }
            && prompt.At(i + 2) is { Kind: TokenKind.Number } number
            ? new StoreyCount(number.Number, new Span(i, 3))
            : null;

    /// <summary>"G+2" counts the ground floor in: three storeys. So does "S+2" with what stands on stilts.</summary>
    private static StoreyCount? AboveGround(Prompt prompt, int i)
    {
        if (prompt.Tokens[i].Text is not ("g" or "ground" or "s" or "stilt")) return null;
        var plus = prompt.At(i + 1) is { Text: "floor" } ? i + 2 : i + 1;
        if (prompt.At(plus) is not { Text: "+" or "plus" }) return null;
        if (prompt.At(plus + 1) is not { Kind: TokenKind.Number } above) return null;
        var end = IsName(prompt.At(plus + 2)) ? plus + 3 : plus + 2;
        return new StoreyCount(above.Number + 1, new Span(i, end - i));
    }

    private static bool IsName(Token? token) => token is { } word && Names.Contains(word);
}
