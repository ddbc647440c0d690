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
        if (prompt.Tokens.IsEmpty || TellsATale(prompt) || subject is { DesignType: DesignTypes.Foreign }) return false;
        if (BeginsTalk(prompt) && !AsksForWork(prompt) && !(subject is not null && hasNumbers)) return false;
        return subject is not null || hasNumbers || IsPlaceholder(prompt, scan);
    }

    private static bool TellsATale(Prompt prompt)
    {
        for (var i = 0; i < prompt.Tokens.Length; i++)
            if (Words.Tales.LongestAt(prompt.Tokens, i) is not null) return true;
        return false;
    }

    /// <summary>"How about a villa" asks for one.</summary>
    private static bool BeginsTalk(Prompt prompt)
    {
        for (var i = 0; i < prompt.Tokens.Length; i++)
        {
            if (prompt.Tokens[i].Kind != TokenKind.Word) continue;
            return Words.Talk.Contains(prompt.Tokens[i].Text) && prompt.At(i + 1) is not { Text: "about" };
        }

        return false;
    }

    private static bool AsksForWork(Prompt prompt)
    {
        foreach (var token in prompt.Tokens)
            if (Words.Verbs.Contains(token.Text)) return true;
        return false;
    }

    /// <summary>"Test prompt 2", "make something modern": no word is foreign to us, and one is more than a filler.</summary>
    private static bool IsPlaceholder(Prompt prompt, Scan scan)
    {
        var says = scan.Wanted.Length > 0;
        for (var i = 0; i < prompt.Tokens.Length; i++)
        {
            var token = prompt.Tokens[i];
            if (token.Kind == TokenKind.Word && !token.Taken && !Words.IsOfCourse(token)) return false;
            says |= Words.Placeholders.Contains(token) || Words.Verbs.Contains(token);
        }

        return says;
    }
}
