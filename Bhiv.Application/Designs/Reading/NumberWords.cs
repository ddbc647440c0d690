namespace Bhiv.Application.Designs.Reading;

/// <summary>Turns "twenty-five" or "two thousand five hundred" into one number token.</summary>
internal static class NumberWords
{
    private static readonly Dictionary<string, int> Values = new()
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
    };

    public static IReadOnlyList<Token> Fold(List<Token> tokens)
    {
        var folded = new List<Token>(tokens.Count);
        for (var i = 0; i < tokens.Count; i++)
        {
            var (value, count) = ReadAt(tokens, i);
            folded.Add(count == 0 ? tokens[i] : Number(tokens[i], tokens[i + count - 1], value));
            i += Math.Max(0, count - 1);
        }

        return folded;
    }

    private static Token Number(Token first, Token last, double value) =>
        new(TokenKind.Number, first.Text, first.Start, last.End) { Number = value, Glued = first.Glued };

    private static (double Value, int Count) ReadAt(List<Token> tokens, int first)
    {
        double total = 0, current = 0;
        var next = first;
        for (; next < tokens.Count && Values.TryGetValue(tokens[next].Text, out var value); next++)
        {
            if (value == 1000 && current is > 0 and < 1000) (total, current) = (total + (current * value), 0);
            else if (value == 100 && current is > 0 and < 100) current *= value;
            else if (next == first || Continues(current, total, value)) current += value;
            else break;
        }

        return (total + current, next - first);
    }

    /// <summary>"twenty five" is one number, "two three-bedroom flats" begins with two.</summary>
    private static bool Continues(double current, double total, int value) =>
        (current is >= 20 and < 100 && current % 10 == 0 && value < 10)
        || (current >= 100 && current % 100 == 0 && value < 100)
        || (current == 0 && total > 0 && value < 100);
}
