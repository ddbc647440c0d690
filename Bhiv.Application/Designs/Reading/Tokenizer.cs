using System.Globalization;
using System.Text;

namespace Bhiv.Application.Designs.Reading;

/// <summary>
/// Cuts a text into tokens in one pass. Hyphens are spaces ("3-storey" is 3 and storey), letters and digits part ("2BHK" is 2
/// and bhk), and what is neither letter, digit nor a mark of ours is skipped.
/// </summary>
internal sealed class Tokenizer(string text)
{
    /// <summary>Beyond any size or count, yet safe to multiply: a number of 400 digits must not become infinite.</summary>
    private const double LargestNumber = 1e12;

    private static readonly HashSet<string> Squarable = ["m", "ft", "yd", "cm"];
    private static readonly HashSet<string> Abbreviations = ["sq", "ft", "mtr", "approx", "sft", "yd"];

    private readonly List<Token> tokens = [];
    private int at;

    public static IReadOnlyList<Token> Tokenize(string text) => NumberWords.Fold(new Tokenizer(text).Run());

    private List<Token> Run()
    {
        while (at < text.Length)
        {
            if (Digit(at) >= 0) ReadNumber();
            else if (char.IsLetter(text[at])) ReadWord();
            else ReadMark();
        }

        return tokens;
    }

    private void ReadNumber()
    {
        var start = at;
        var digits = new StringBuilder();
        while (Digit(at) >= 0 || SeparatorAt(at, digits) is not null)
        {
            if (Digit(at) >= 0) digits.Append(Digit(at));
            else if (SeparatorAt(at, digits) is '.') digits.Append('.');
            at++;
        }

        ReadExponent(digits);
        var value = double.Parse(
            digits.ToString(), NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture);
        var (sign, first) = IsNegative(start) ? (-1, start - 1) : (1, start);
        Add(TokenKind.Number, text[start..at], first, Math.Min(value, LargestNumber) * sign);
    }

    /// <summary>"1e9" is one number, or its 9 would be taken for what was asked.</summary>
    private void ReadExponent(StringBuilder digits)
    {
        if (CharAt(at) is not ('e' or 'E') || Digit(at + 1) < 0) return;
        digits.Append('e');
        for (at++; Digit(at) >= 0; at++) digits.Append(Digit(at));
    }

    /// <summary>
    /// What a point or comma between two digits stands for: '.' before decimals (12.5 and 12,5), ',' before thousands (2,000 and
    /// 1,20,000), null for none of the number's.
    /// </summary>
    private char? SeparatorAt(int index, StringBuilder digits)
    {
        if (index >= text.Length || text[index] is not ('.' or ',') || digits.Length == 0 || Digit(index + 1) < 0) return null;
        var run = 0;
        while (Digit(index + 1 + run) >= 0) run++;
        var grouped = run == 3 || (run == 2 && index + 3 < text.Length && text[index + 3] == ',' && Digit(index + 4) >= 0);
        if (text[index] == ',' && grouped) return ',';
        return digits.ToString().Contains('.', StringComparison.Ordinal) ? null : '.';
    }

    /// <summary>A dash is a minus only after a space: elsewhere it joins (3-storey) or begins an item of a list.</summary>
    private bool IsNegative(int start) =>
        start > 0 && text[start - 1] is '-' or '\u2212' && (start == 1 || text[start - 2] == ' ');

    private void ReadWord()
    {
        var start = at;
        var word = new StringBuilder();
        while (IsWordPart(at))
        {
            if (!IsApostrophe(at)) word.Append(char.ToLowerInvariant(text[at]));
            at++;
        }

        // "40ftx30ft": the x belongs to the size and not to the unit.
        if (word.Length > 1 && word[^1] == 'x' && Digit(at) >= 0)
        {
            word.Length--;
            at--;
        }

        AppendSquare(word);
        Add(TokenKind.Word, word.ToString(), start);
    }

    private void AppendSquare(StringBuilder word)
    {
        var plainTwo = CharAt(at) == '2' && !char.IsLetterOrDigit(CharAt(at + 1)) && Squarable.Contains(word.ToString());
        if (!plainTwo && CharAt(at) != '²') return;
        word.Append('²');
        at++;
    }

    private void ReadMark()
    {
        var afterNumber = tokens.Count > 0 && tokens[^1].Kind == TokenKind.Number && tokens[^1].End == at;
        var mark = text[at] switch
        {
            '+' or '=' or ':' => text[at].ToString(),
            '×' or '*' or '✕' => "x",
            '&' => "and",
            ',' or '(' or ')' or '/' => ",",
            '.' when tokens.Count > 0 && tokens[^1].End == at && Abbreviations.Contains(tokens[^1].Text) => null,
            '.' or ';' or '!' or '?' or '\n' => ".",
            '\'' or '’' or '′' when afterNumber => "'",
            '"' or '”' or '″' when afterNumber => "\"",
            _ => null,
        };
        at++;
        if (mark is not null) Add(mark is "x" or "and" ? TokenKind.Word : TokenKind.Mark, mark, at - 1);
    }

    private void Add(TokenKind kind, string value, int start, double number = 0) => tokens.Add(
        new Token(kind, value, start, at) { Number = number, Glued = tokens.Count > 0 && tokens[^1].End == start });

    private char CharAt(int index) => index < text.Length ? text[index] : ' ';

    private int Digit(int index) => index < text.Length ? CharUnicodeInfo.GetDecimalDigitValue(text[index]) : -1;

    private bool IsApostrophe(int index) => CharAt(index) is '\'' or '’';

    private bool IsWordPart(int index) => char.IsLetter(CharAt(index))
        || char.GetUnicodeCategory(CharAt(index)) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark
        || (IsApostrophe(index) && char.IsLetter(CharAt(index + 1)));
}
