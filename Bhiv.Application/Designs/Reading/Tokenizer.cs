using System.Globalization;

namespace Bhiv.Application.Designs.Reading;

/// <summary>
/// Cuts a text into tokens in one pass. Hyphens are spaces ("3-storey" is 3 and storey), letters and digits part ("2BHK" is 2
/// and bhk), and what is neither letter, digit nor a mark of ours is skipped.
/// </summary>
/// <param name="letters">Where words are written in lower case; twice as long as the text.</param>
/// <param name="tokens">As long as the text.</param>
internal sealed class Tokenizer(string text, char[] letters, Token[] tokens)
{
    /// <summary>Beyond any size or count, yet safe to multiply: a number of 400 digits must not become infinite.</summary>
    private const double LargestNumber = 1e12;

    private static readonly WordSet Squarable = new("m", "ft", "yd", "cm");
    private static readonly WordSet Abbreviations = new("sq", "ft", "mtr", "approx", "sft", "yd");

    private int count;
    private int written;
    private int at;

    /// <returns>How many tokens there are.</returns>
    public int Run()
    {
        while (at < text.Length)
        {
            if (Digit(at) >= 0) ReadNumber();
            else if (char.IsLetter(text[at])) ReadWord();
            else ReadMark();
        }

        return count;
    }

    private void ReadNumber()
    {
        var (start, first) = (at, written);
        var hasPoint = false;
        for (; Digit(at) >= 0 || SeparatorAt(at, start, hasPoint) is not null; at++)
        {
            if (Digit(at) >= 0)
            {
                WriteDigit();
            }
            else if (SeparatorAt(at, start, hasPoint) is '.')
            {
                Write('.');
                hasPoint = true;
            }
        }

        ReadExponent();
        const NumberStyles Styles = NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        var value = double.Parse(letters.AsSpan(first, written - first), Styles, CultureInfo.InvariantCulture);
        written = first;
        var (sign, begin) = IsNegative(start) ? (-1, start - 1) : (1, start);
        var digits = text.AsMemory(start, at - start);
        Add(TokenKind.Number, digits, digits, begin, Math.Min(value, LargestNumber) * sign);
    }

    /// <summary>"1e9" is one number, or its 9 would be taken for what was asked.</summary>
    private void ReadExponent()
    {
        if (CharAt(at) is not ('e' or 'E') || Digit(at + 1) < 0) return;
        Write('e');
        for (at++; Digit(at) >= 0; at++) WriteDigit();
    }

    /// <summary>
    /// What a point or comma between two digits stands for: '.' before decimals (12.5 and 12,5), ',' before thousands (2,000 and
    /// 1,20,000), null for none of the number's.
    /// </summary>
    private char? SeparatorAt(int index, int start, bool hasPoint)
    {
        if (CharAt(index) is not ('.' or ',') || index == start || Digit(index + 1) < 0) return null;
        var run = 0;
        while (run < 4 && Digit(index + 1 + run) >= 0) run++;
        var grouped = run == 3 || (run == 2 && CharAt(index + 3) == ',' && Digit(index + 4) >= 0);
        if (text[index] == ',' && grouped) return ',';
        return hasPoint ? null : '.';
    }

    /// <summary>A dash is a minus only after a space: elsewhere it joins (3-storey) or begins an item of a list.</summary>
    private bool IsNegative(int start) =>
        start > 0 && text[start - 1] is '-' or '\u2212' && (start == 1 || text[start - 2] == ' ');

    private void ReadWord()
    {
        var (start, first) = (at, written);
        for (; IsWordPart(at); at++)
            if (!IsApostrophe(at)) Write(char.ToLowerInvariant(text[at]));

        // "40ftx30ft": the x belongs to the size and not to the unit.
        if (written - first > 1 && letters[written - 1] == 'x' && Digit(at) >= 0)
        {
            written--;
            at--;
        }

        if (IsSquared(letters.AsSpan(first, written - first)))
        {
            Write('²');
            at++;
        }

        var word = letters.AsMemory(first, written - first);
        Add(TokenKind.Word, word, SingularOf(word), start);
    }

    private bool IsSquared(ReadOnlySpan<char> word) => CharAt(at) == '²'
        || (CharAt(at) == '2' && !char.IsLetterOrDigit(CharAt(at + 1)) && Squarable.Contains(word));

    /// <summary>Rough, and enough: the vocabulary knows no word that these endings would spoil.</summary>
    private ReadOnlyMemory<char> SingularOf(ReadOnlyMemory<char> word)
    {
        var text = word.Span;
        if (text.Length < 4 || text[^1] != 's' || EndsWithAny(text, "ss", "us", "is")) return word;
        if (!text.EndsWith("ies")) return EndsWithAny(text, "sses", "shes", "ches", "xes") ? word[..^2] : word[..^1];
        var first = written;
        foreach (var letter in text[..^3]) Write(letter);
        Write('y');
        return letters.AsMemory(first, written - first);
    }

    private static bool EndsWithAny(ReadOnlySpan<char> word, params ReadOnlySpan<string> endings)
    {
        foreach (var ending in endings)
            if (word.EndsWith(ending)) return true;
        return false;
    }

    private void ReadMark()
    {
        var afterNumber = count > 0 && tokens[count - 1].Kind == TokenKind.Number && tokens[count - 1].End == at;
        var mark = text[at] switch
        {
            '+' => "+",
            '=' => "=",
            ':' => ":",
            '×' or '*' or '✕' => "x",
            '&' => "and",
            ',' or '(' or ')' or '/' => ",",
            '.' when count > 0 && tokens[count - 1].End == at && Abbreviations.Contains(tokens[count - 1].Text) => null,
            '.' or ';' or '!' or '?' or '\n' => ".",
            '\'' or '’' or '′' when afterNumber => "'",
            '"' or '”' or '″' when afterNumber => "\"",
            _ => null,
        };
        at++;
        if (mark is null) return;
        var sign = mark.AsMemory();
        Add(mark is "x" or "and" ? TokenKind.Word : TokenKind.Mark, sign, sign, at - 1);
    }

    private void Add(TokenKind kind, ReadOnlyMemory<char> word, ReadOnlyMemory<char> singular, int start, double number = 0)
    {
        var isGlued = count > 0 && tokens[count - 1].End == start;
        tokens[count++] = new Token(kind, word, singular, start, at) { Number = number, Glued = isGlued };
    }

    private void WriteDigit() => Write((char)('0' + Digit(at)));

    private void Write(char letter) => letters[written++] = letter;

    private char CharAt(int index) => index < text.Length ? text[index] : ' ';

    private int Digit(int index) => index < text.Length ? CharUnicodeInfo.GetDecimalDigitValue(text[index]) : -1;

    private bool IsApostrophe(int index) => CharAt(index) is '\'' or '’';

    private bool IsWordPart(int index) => char.IsLetter(CharAt(index))
        || char.GetUnicodeCategory(CharAt(index)) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark
        || (IsApostrophe(index) && char.IsLetter(CharAt(index + 1)));
}
