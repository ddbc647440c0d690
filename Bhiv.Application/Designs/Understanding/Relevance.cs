using Bhiv.Application.Designs.Reading;
using Bhiv.Application.Designs.Vocabulary;

namespace Bhiv.Application.Designs.Understanding;

/// <summary>Decides whether a prompt asks for a design at all. It judges words alone and obeys none of them.</summary>
internal static class Relevance
{
    /// <param name="subject">Null when the prompt names nothing to design.</param>
    /// <param name="hasNumbers">It gives storeys, a size or counted rooms.</param>
    public static bool IsDesign(Prompt prompt, Scan scan, Subject? subject, bool hasNumbers)
    {
        if (prompt.Tokens.Count == 0 || TellsATale(prompt) || subject is { DesignType: DesignTypes.Foreign }) return false;
        var words = prompt.Tokens.Where(token => token.Kind == TokenKind.Word).ToList();
        var asksForWork = words.Exists(word => Words.Verbs.Contains(word.Text));
        if (words.Count > 0 && Words.Talk.Contains(words[0].Text) && !asksForWork) return false;
        return subject is not null || hasNumbers || IsPlaceholder(prompt, scan, words);
    }

    private static bool TellsATale(Prompt prompt) =>
        Enumerable.Range(0, prompt.Tokens.Count).Any(i => Words.Tales.LongestAt(prompt.Tokens, i) is not null);

    /// <summary>"Test prompt 2", "make something modern": no word is foreign to us, and one is more than a filler.</summary>
    private static bool IsPlaceholder(Prompt prompt, Scan scan, List<Token> words)
    {
        var says = scan.Wanted.Any() || words.Exists(word => IsIn(Words.Placeholders, word) || IsIn(Words.Verbs, word));
        return says && Enumerable.Range(0, prompt.Tokens.Count).All(i => IsKnown(prompt.Tokens[i], scan.IsTaken(i)));
    }

    private static bool IsKnown(Token token, bool isTaken) => isTaken || token.Kind != TokenKind.Word
        || IsIn(Words.Placeholders, token) || IsIn(Words.Verbs, token) || IsIn(Words.Fillers, token);

    private static bool IsIn(HashSet<string> words, Token token) => words.Contains(token.Text) || words.Contains(token.Singular);
}
