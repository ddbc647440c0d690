using Bhiv.Application.Designs.Reading;

namespace Bhiv.Application.Designs.Understanding;

/// <summary>
/// Reads a word that is one slip away from one of the commonest long words as that word. Short words are left alone: there one
/// letter makes another word (house and horse, garage and garbage).
/// </summary>
internal static class Spelling
{
    private static readonly string[] Known =
    [
        "building", "apartment", "residential", "warehouse", "hospital", "restaurant", "bungalow", "farmhouse", "townhouse",
        "penthouse", "kitchen", "bedroom", "bathroom", "commercial",
    ];

    public static void Correct(Prompt prompt, Notes notes)
    {
        for (var i = 0; i < prompt.Tokens.Length; i++)
        {
            if (prompt.Tokens[i] is not { Kind: TokenKind.Word } token || Meant(token.Singular) is not { } word) continue;
            notes.Correct(new Span(i, 1), word);
            prompt.Correct(i, word);
        }
    }

    private static string? Meant(ReadOnlySpan<char> written)
    {
        foreach (var word in Known)
            if (written.SequenceEqual(word)) return null;
        foreach (var word in Known)
            if (IsOneSlipAway(written, word)) return word;
        return null;
    }

    /// <summary>One letter missing, added, replaced, or two neighbours swapped; the first letter is right.</summary>
    private static bool IsOneSlipAway(ReadOnlySpan<char> written, ReadOnlySpan<char> word)
    {
        if (Math.Abs(written.Length - word.Length) > 1 || written[0] != word[0]) return false;
        var same = written.CommonPrefixLength(word);
        var a = written[same..];
        var b = word[same..];
        if (a.Length != b.Length) return a.Length > b.Length ? a[1..].SequenceEqual(b) : a.SequenceEqual(b[1..]);
        return a.Length > 0 && (a[1..].SequenceEqual(b[1..])
            || (a.Length > 1 && a[0] == b[1] && a[1] == b[0] && a[2..].SequenceEqual(b[2..])));
    }
}
