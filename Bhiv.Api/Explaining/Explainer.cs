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
        switch (thing)
        {
            case ExplainedThing.Token(var text):
                return await services.GetRequiredService<TokenExplainer>().ExplainAsync(text, cancellationToken);
            case ExplainedThing.ApiKey(var text):
                var key = new PlainTextApiKey(Encoding.UTF8.GetBytes(text));
                return await services.GetRequiredService<ApiKeyExplainer>().ExplainAsync(key, cancellationToken);
            case ExplainedThing.Trace(var id):
                return new Explanation($"The call {id}", null, await FindAsync(services, id, cancellationToken), "what was kept of it.");
            case ExplainedThing.Refusal(var type, var detail, var trace):
                return CodeExplainer.Explain(type, detail, trace is null ? [] : await FindAsync(services, trace, cancellationToken));
            case ExplainedThing.Code(var type):
                return CodeExplainer.Explain(type);
            default:
                throw new UnreachableException();
        }
    }

    private static async Task<IReadOnlyList<Check>> FindAsync(IServiceProvider services, string trace, CancellationToken cancellationToken) =>
        await services.GetRequiredService<TraceExplainer>().ExplainAsync(trace, cancellationToken) is { Count: > 0 } rows
            ? rows
            : [new Check("rows", null, $"None: only refused credentials and what was decided are kept as rows. The log has every call: grep {trace}")];
}
