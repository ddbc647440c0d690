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

    /// <param name="Id">A key may look the same: it is one for sure when there is a row of it.</param>
    public sealed record Trace(string Id) : ExplainedThing
    {
        public override string ToString() => "[trace id, or key]";
    }

    public sealed record Code(ProblemType Type) : ExplainedThing;

    /// <param name="Detail">What it says of this one case.</param>
    /// <param name="Others">What else the call was refused for.</param>
    public sealed record Refusal(ProblemType Type, string? Detail, string? TraceId, IReadOnlyList<ProblemType> Others) : ExplainedThing
    {
        public override string ToString() => $"[refusal {Type.Code}]";
    }

    /// <param name="Why">The end of a sentence.</param>
    public sealed record Nothing(string Why) : ExplainedThing;

    public static ExplainedThing Of(string text) =>
        text.Length == 0 ? new Nothing("is empty")
        : text[0] == '{' ? OfJson(text)
        : text.Any(it => it == '\uFFFD' || (char.IsControl(it) && !char.IsWhiteSpace(it))) ? new Nothing("is no text")
        : text.Any(char.IsWhiteSpace) ? new Nothing("holds more than one thing")
        : Find(text) is { } type ? new Code(type)
        : TraceIdShape().IsMatch(text) ? new Trace(text)
        : text.Contains('.', StringComparison.Ordinal) ? new Token(text)
        : new ApiKey(text);

    private static ExplainedThing OfJson(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return Find(Member(document.RootElement, "code")) is { } type
                ? new Refusal(
                    type,
                    Member(document.RootElement, "detail"),
                    Member(document.RootElement, "trace_id") is { } trace && TraceIdShape().IsMatch(trace) ? trace : null,
                    OthersOf(document.RootElement, type))
                : new Nothing("is JSON and no refusal of this service, which has a code");
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            return new Nothing("begins like JSON and is none, or more than one document");
        }
    }

    private static List<ProblemType> OthersOf(JsonElement refusal, ProblemType type) =>
        !refusal.TryGetProperty("refusals", out var refusals) || refusals.ValueKind != JsonValueKind.Array ? []
        : [.. refusals.EnumerateArray().Select(it => Find(Member(it, "code"))).OfType<ProblemType>().Where(it => it != type).Distinct()];

    private static ProblemType? Find(string? code) => ProblemType.All.FirstOrDefault(type => type.Code == code);

    private static string? Member(JsonElement holder, string name) =>
        holder.ValueKind == JsonValueKind.Object && holder.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.String
            ? member.GetString()
            : null;

    [GeneratedRegex(@"^[0-9a-f]{32}\z")]
    private static partial Regex TraceIdShape();
}
