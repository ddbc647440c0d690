using System.Collections.Frozen;

namespace Bhiv.Application.Designs.Reading;

/// <summary>Turns "twenty-five" or "two thousand five hundred" into one number token.</summary>
internal static class NumberWords
{
    private static readonly FrozenDictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> Values = new Dictionary<string, int>
    {
        ["zero"] = 0,
        ["one"] = 1,
        ["two"] = 2,
        ["three"] = 3,
        ["four"] = 4,
        ["five"] = 5,
        ["six"] = 6,
        ["seven"] = 7,
        ["eight"] = 8,
        ["nine"] = 9,
        ["ten"] = 10,
        ["eleven"] = 11,
        ["twelve"] = 12,
        ["dozen"] = 12,
        ["thirteen"] = 13,
        ["fourteen"] = 14,
        ["fifteen"] = 15,
        ["sixteen"] = 16,
        ["seventeen"] = 17,
        ["eighteen"] = 18,
        ["nineteen"] = 19,
        ["twenty"] = 20,
        ["thirty"] = 30,
        ["forty"] = 40,
        ["fifty"] = 50,
        ["sixty"] = 60,
        ["seventy"] = 70,
        ["eighty"] = 80,
        ["ninety"] = 90,
        ["hundred"] = 100,
        ["thousand"] = 1000,
    }.ToFrozenDictionary().GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>In place.</summary>
    /// <returns>How many tokens are left.</returns>
    public static int Fold(Token[] tokens, int count)
    {
        var folded = 0;
        for (var i = 0; i < count; folded++)
        {
            var (value, words) = ReadAt(tokens.AsSpan(0, count), i);
            tokens[folded] = words == 0 ? tokens[i] : Number(tokens[i], tokens[i + words - 1], value);
            i += Math.Max(1, words);
        }

        return folded;
    }

    private static Token Number(Token first, Token last, double value) =>
        first with { Kind = TokenKind.Number, End = last.End, Number = value };

    private static (double Value, int Count) ReadAt(ReadOnlySpan<Token> tokens, int first)
    {
        if (IsHalfA(tokens, first)) return (0.5, 2);
        double total = 0, current = 0;
        var next = first;
        for (; next < tokens.Length && Values.TryGetValue(tokens[next].Text, out var value); next++)
        {
            if (value == 1000 && current is > 0 and < 1000) (total, current) = (total + (current * value), 0);
            else if (value == 100 && current is > 0 and < 100) current *= value;
            else if (next == first || Continues(current, total, value)) current += value;
            else break;
        }

        return (total + current, next - first);
    }

    /// <summary>"On half an acre".</summary>
    private static bool IsHalfA(ReadOnlySpan<Token> tokens, int first) =>
        first + 1 < tokens.Length && tokens[first].Text is "half" && tokens[first + 1].Text is "a" or "an";

    /// <summary>"twenty five" is one number, "two three-bedroom flats" begins with two.</summary>
    private static bool Continues(double current, double total, int value) =>
        (current is >= 20 and < 100 && current % 10 == 0 && value < 10)
        || (current >= 100 && current % 100 == 0 && value < 100)
        || (current == 0 && total > 0 && value < 100);
}
