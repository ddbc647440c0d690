namespace Bhiv.Application.Designs.Reading;

internal enum TokenKind
{
    Word,
    Number,

    /// <summary>Punctuation that matters: it ends a clause, measures feet or inches, or adds storeys.</summary>
    Mark,
}

/// <summary>A word, number or mark of the prompt, in lower case, and where it stands.</summary>
internal sealed record Token(TokenKind Kind, string Text, int Start, int End)
{
    private string? singular;

    public double Number { get; init; }

    /// <summary>Nothing, not even a hyphen, stands between this token and the one before.</summary>
    public bool Glued { get; init; }

    public string Singular => singular ??= Kind == TokenKind.Word ? SingularOf(Text) : Text;

    public bool IsPlural => Text != Singular;

    public bool EndsClause => Kind == TokenKind.Mark && Text is "," or ".";

    public bool Is(string word) => Text == word || Singular == word;

    /// <summary>Rough, and enough: the vocabulary knows no word that these endings would spoil.</summary>
    private static string SingularOf(string word) => word switch
    {
        { Length: < 4 } => word,
        _ when word.EndsWith("ies", StringComparison.Ordinal) => string.Concat(word.AsSpan(0, word.Length - 3), "y"),
        _ when EndsWithAny(word, "sses", "shes", "ches", "xes") => word[..^2],
        _ when EndsWithAny(word, "ss", "us", "is") => word,
        _ => word.EndsWith('s') ? word[..^1] : word,
    };

    private static bool EndsWithAny(string word, params ReadOnlySpan<string> endings)
    {
        foreach (var ending in endings)
            if (word.EndsWith(ending, StringComparison.Ordinal)) return true;
        return false;
    }
}

/// <summary>A run of tokens, by index.</summary>
internal readonly record struct Span(int First, int Count)
{
    public int End => First + Count;

    public Span To(Span other) => new(First, other.End - First);
}
