using System.Collections.Frozen;

namespace Bhiv.Application.Designs.Reading;

/// <summary>A closed set of words. Looking a token up makes no string of it.</summary>
internal sealed class WordSet(params string[] words)
{
    private readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> set =
        words.ToFrozenSet().GetAlternateLookup<ReadOnlySpan<char>>();

    public bool Contains(ReadOnlySpan<char> word) => set.Contains(word);

    /// <summary>In singular or plural.</summary>
    public bool Contains(Token token) => set.Contains(token.Text) || set.Contains(token.Singular);
}
