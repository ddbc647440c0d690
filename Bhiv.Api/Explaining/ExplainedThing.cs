using System.Text.Json;
using System.Text.RegularExpressions;
using Bhiv.Api.Http;

namespace Bhiv.Api.Explaining;

/// <summary>What somebody wants to have explained, known by its shape.</summary>
internal abstract partial record ExplainedThing
{
    private ExplainedThing()
    {
    }

    public sealed record Token(string Text) : ExplainedThing
    {
        public override string ToString() => "[token]";
    }

    public sealed record ApiKey(string Text) : ExplainedThing
    {
        public override string ToString() => "[API key]";
    }

    public sealed record Trace(string Id) : ExplainedThing;

    public sealed record Code(ProblemType Type) : ExplainedThing;

    /// <param name="Detail">What it says of this one case.</param>
    public sealed record Refusal(ProblemType Type, string? Detail, string? TraceId) : ExplainedThing;

    /// <summary>Null: it is nothing, or more than one thing, or something else.</summary>
    public static ExplainedThing? Of(string text) =>
        text.Length == 0 ? null
        : text[0] == '{' ? OfJson(text)
        : text.Any(it => char.IsWhiteSpace(it) || char.IsControl(it) || it == '\uFFFD') ? null
        : ProblemType.All.FirstOrDefault(type => type.Code == text) is { } type ? new Code(type)
        : TraceIdShape().IsMatch(text) ? new Trace(text)
        // With its scheme before it, it would have been two things; a token has dots, and a key none.
        : text.Contains('.', StringComparison.Ordinal) ? new Token(text)
        : new ApiKey(text);

    private static Refusal? OfJson(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return Member(document, "code") is { } code && ProblemType.All.FirstOrDefault(type => type.Code == code) is { } type
                ? new Refusal(type, Member(document, "detail"), Member(document, "trace_id"))
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Member(JsonDocument document, string name) =>
        document.RootElement.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.String ? member.GetString() : null;

    [GeneratedRegex("^[0-9a-f]{32}$")]
    private static partial Regex TraceIdShape();
}
