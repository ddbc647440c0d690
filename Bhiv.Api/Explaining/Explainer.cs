using System.Diagnostics;
using System.Text;
using Bhiv.Application.Explaining;
using Bhiv.Domain.ApiKeys;

namespace Bhiv.Api.Explaining;

/// <summary>Asks whoever knows.</summary>
internal static class Explainer
{
    public static async Task<Explanation> ExplainAsync(IServiceProvider services, ExplainedThing thing, CancellationToken cancellationToken)
    {
        var keys = services.GetRequiredService<ApiKeyExplainer>();
        switch (thing)
        {
            // A key of the environment is any text: it may look like one of these.
            case ExplainedThing.Token(var text) when !await keys.KnowsAsync(KeyOf(text), cancellationToken):
                return await services.GetRequiredService<TokenExplainer>().ExplainAsync(text, cancellationToken);
            case ExplainedThing.Trace(var id) when !await keys.KnowsAsync(KeyOf(id), cancellationToken):
                return await ExplainTraceAsync(services, id, cancellationToken);
            case ExplainedThing.Token(var text):
                return await keys.ExplainAsync(KeyOf(text), cancellationToken);
            case ExplainedThing.Trace(var text):
                return await keys.ExplainAsync(KeyOf(text), cancellationToken);
            case ExplainedThing.ApiKey(var text):
                return await keys.ExplainAsync(KeyOf(text), cancellationToken);
            case ExplainedThing.Refusal(var type, var detail, { } trace, var others):
                return CodeExplainer.Explain(type, detail, others, await FindAsync(services, trace, cancellationToken) ?? [None]);
            case ExplainedThing.Refusal(var type, var detail, null, var others):
                return CodeExplainer.Explain(type, detail, others);
            case ExplainedThing.Code(var type):
                return CodeExplainer.Explain(type);
            default:
                throw new UnreachableException();
        }
    }

    private static readonly Check None = new(
        "rows", null, "None: only refused credentials and what was decided are kept as rows. The log has every call: search it for the trace id.");

    /// <summary>The bytes as they stand in the environment and in a header.</summary>
    private static PlainTextApiKey KeyOf(string text) => new(Encoding.UTF8.GetBytes(text));

    private static async Task<Explanation> ExplainTraceAsync(IServiceProvider services, string id, CancellationToken cancellationToken)
    {
        var rows = await FindAsync(services, id, cancellationToken);
        // Without a row it may be a key that nobody has any more, and is not repeated.
        return new Explanation(rows is null ? "A trace id" : $"The call {id}", null, rows ?? [None])
        {
            Verdict = rows is null ? "nothing was kept of it." : "what was kept of it.",
        };
    }

    private static async Task<IReadOnlyList<Check>?> FindAsync(IServiceProvider services, string trace, CancellationToken cancellationToken) =>
        await services.GetRequiredService<TraceExplainer>().ExplainAsync(trace, cancellationToken) is { Count: > 0 } rows ? rows : null;
}
