namespace Bhiv.Application.Designs.Reading;

internal enum TokenKind
{
    Word,
    Number,

    /// <summary>Punctuation that matters: it ends a clause, measures feet or inches, or adds storeys.</summary>
    Mark,
}

/// <summary>A word, number or mark of the prompt, and where it stands. It lives as long as its prompt.</summary>
/// <param name="Letters">In lower case.</param>
/// <param name="SingularLetters">The same, unless the word may be a plural.</param>
internal readonly record struct Token(
    TokenKind Kind, ReadOnlyMemory<char> Letters, ReadOnlyMemory<char> SingularLetters, int Start, int End)
{
    public ReadOnlySpan<char> Text => Letters.Span;

    public ReadOnlySpan<char> Singular => SingularLetters.Span;

    public double Number { get; init; }

    /// <summary>The other end of a range of which <see cref="Number"/> is the upper.</summary>
    public double? Lower { get; init; }

    /// <summary>Nothing, not even a hyphen, stands between this token and the one before.</summary>
    public bool Glued { get; init; }

    /// <summary>It stands where the prompt says what is not wanted.</summary>
    public bool Negated { get; init; }

    /// <summary>It belongs to a phrase of the vocabulary or to a measurement.</summary>
    public bool Taken { get; init; }

    public bool IsPlural => !Text.SequenceEqual(Singular);

    public bool EndsClause => Kind == TokenKind.Mark && Text is "," or ".";

    public bool Is(ReadOnlySpan<char> word) => Text.SequenceEqual(word) || Singular.SequenceEqual(word);
}

/// <summary>A run of tokens, by index.</summary>
internal readonly record struct Span(int First, int Count)
{
    public int End => First + Count;

    public Span To(Span other) => new(First, other.End - First);
}
