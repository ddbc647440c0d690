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

    public static Prompt Correct(Prompt prompt, Notes notes)
    {
        var tokens = prompt.Tokens.ToArray();
        for (var i = 0; i < tokens.Length; i++)
        {
            if (tokens[i].Kind != TokenKind.Word || Nearest(tokens[i]) is not { } meant) continue;
            notes.Warn($"spelling: {prompt.Quote(new Span(i, 1))} read as {meant}");
            tokens[i] = new Token(TokenKind.Word, meant, tokens[i].Start, tokens[i].End) { Glued = tokens[i].Glued };
        }

        return prompt.With(tokens);
    }

    private static string? Nearest(Token token) =>
        Known.Contains(token.Singular) ? null : Known.FirstOrDefault(word => IsOneSlipAway(token.Singular, word));

    /// <summary>One letter missing, added, replaced, or two neighbours swapped; the first letter is right.</summary>
    private static bool IsOneSlipAway(string written, string word)
    {
        if (Math.Abs(written.Length - word.Length) > 1 || written[0] != word[0]) return false;
        var same = written.AsSpan().CommonPrefixLength(word);
        var a = written.AsSpan(same);
        var b = word.AsSpan(same);
        if (a.Length != b.Length) return a.Length > b.Length ? a[1..].SequenceEqual(b) : a.SequenceEqual(b[1..]);
        return a.Length > 0 && (a[1..].SequenceEqual(b[1..])
            || (a.Length > 1 && a[0] == b[1] && a[1] == b[0] && a[2..].SequenceEqual(b[2..])));
    }
}
