namespace Bhiv.Application.Designs.Reading;

/// <summary>The prompt and its tokens. Everything later refers to it by span, so that each finding can quote its words.</summary>
internal sealed class Prompt
{
    private Prompt(string text, IReadOnlyList<Token> tokens) => (Text, Tokens, Negated) = (text, tokens, Negation.Mark(tokens));

    public string Text { get; }

    public IReadOnlyList<Token> Tokens { get; }

    /// <summary>By token: it stands where the prompt says what is not wanted.</summary>
    public bool[] Negated { get; }

    public static Prompt Read(string text)
    {
        var clean = SafeText.Clean(text);
        return new Prompt(clean, Tokenizer.Tokenize(clean));
    }

    /// <summary>The same prompt with some tokens understood as other words; quotes keep the original spelling.</summary>
    public Prompt With(IReadOnlyList<Token> tokens) => new(Text, tokens);

    public string Quote(Span span) => Text[Tokens[span.First].Start..Tokens[span.End - 1].End];

    public Token? At(int index) => index >= 0 && index < Tokens.Count ? Tokens[index] : null;
}
