using System.Buffers;

namespace Bhiv.Application.Designs.Reading;

/// <summary>
/// The prompt and its tokens. Everything later refers to it by span, so that each finding can quote its words. What it holds
/// is rented: there may be as many tokens as characters.
/// </summary>
internal sealed class Prompt : IDisposable
{
    private readonly char[] letters;
    private readonly Token[] tokens;
    private readonly int count;

    private Prompt(string text)
    {
        Text = text;
        // A word takes its own length, and a plural at most as much again for its singular.
        letters = ArrayPool<char>.Shared.Rent(2 * text.Length);
        tokens = ArrayPool<Token>.Shared.Rent(text.Length);
        count = NumberWords.Fold(tokens, new Tokenizer(text, letters, tokens).Run());
        count = Ranges.Fold(text, tokens, count);
        Negation.Mark(tokens.AsSpan(0, count));
    }

    public string Text { get; }

    public ReadOnlySpan<Token> Tokens => tokens.AsSpan(0, count);

    public static Prompt Read(string text) => new(SafeText.Clean(text));

    public string Quote(Span span) => Quoted(span).ToString();

    public ReadOnlySpan<char> Quoted(Span span) => Text.AsSpan(tokens[span.First].Start..tokens[span.End - 1].End);

    public Token? At(int index) => index >= 0 && index < count ? tokens[index] : null;

    public bool IsNegated(Span span) => tokens[span.First].Negated;

    public void Take(Span span)
    {
        for (var i = span.First; i < span.End; i++) tokens[i] = tokens[i] with { Taken = true };
    }

    /// <summary>From here on the token is this word; quotes keep the original spelling.</summary>
    public void Correct(int index, string word)
    {
        var meant = word.AsMemory();
        tokens[index] = tokens[index] with { Letters = meant, SingularLetters = meant };
    }

    public void Dispose()
    {
        ArrayPool<char>.Shared.Return(letters, clearArray: true);
        ArrayPool<Token>.Shared.Return(tokens, clearArray: true);
    }
}
