using Bhiv.Application.Designs.Reading;
using Bhiv.Application.Designs.Vocabulary;

namespace Bhiv.Application.Designs.Understanding;

/// <summary>Says honestly how much of a prompt was understood.</summary>
internal static class Comprehension
{
    /// <summary>Of fewer words, one that is unknown would already be most.</summary>
    private const int LeastWords = 3;

    public static void Judge(Prompt prompt, Scan scan, Notes notes)
    {
        foreach (var match in scan.Matches)
            if (match.As<OtherLanguage>() is not null) notes.Warn("other_language", match.Span);
        var (words, unread) = (0, 0);
        for (var i = 0; i < prompt.Tokens.Length; i++)
        {
            if (prompt.Tokens[i].Kind != TokenKind.Word) continue;
            words++;
            if (!prompt.Tokens[i].Taken && !Words.IsOfCourse(prompt.Tokens[i])) unread++;
        }

        if (words >= LeastWords && unread * 2 > words) notes.Warn($"mostly_unread: {unread} of {words} words");
    }
}
