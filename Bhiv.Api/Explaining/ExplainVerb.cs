using System.CommandLine;
using Bhiv.Api.CommandLine;

namespace Bhiv.Api.Explaining;

/// <summary><c>explain -</c>.</summary>
internal static class ExplainVerb
{
    /// <summary>In characters: no refusal is longer, and no token.</summary>
    private const int MaximumLength = 64 * 1024;

    private const string Input = "Standard input";

    /// <summary>Some shells write it before what they pipe.</summary>
    private const char ByteOrderMark = '\uFEFF';

    public static Command Describe()
    {
        var input = new Argument<string>("-") { Description = "Standard input, and nothing else: what ps shows is no secret any more." };
        input.Validators.Add(given =>
        {
            if (given.Tokens is not [{ Value: "-" }]) given.AddError("explain reads standard input, and its one argument is a dash: explain - < token");
        });
        var explain = new Verb(
            "explain",
            "Says why a call was refused: reads a token, an API key, a trace id, a code or a refusal as it came, and tells each check with its outcome. "
            + "It shows no credential and changes nothing.",
            "Bhiv.Api explain - < token",
            "echo expired_token | Bhiv.Api explain -",
            "curl -s … | Bhiv.Api explain -")
        {
            input, Verb.Json,
        };
        explain.Does(async (_, output) =>
        {
            var buffer = new char[MaximumLength + 1];
            var size = await Console.In.ReadBlockAsync(buffer);
            if (size > MaximumLength) return output.Refuse(ExitCode.UsedWrongly, $"{Input} is longer than 64 KiB: it is nothing that could be explained.");
            var text = new string(buffer, 0, size).TrimStart(ByteOrderMark).Trim();
            return ExplainedThing.Of(text) switch
            {
                ExplainedThing.Nothing(var why) => output.Refuse(
                    text.Length == 0 ? ExitCode.NotThere : ExitCode.UsedWrongly,
                    $"{Input} {why}. Write one thing to it: a token, an API key, a trace id, a code or a refusal as it came."),
                ExplainedThing.Code(var code) => ExplanationWriter.Write(output, CodeExplainer.Explain(code)),
                var thing => await WithDatabaseAsync(thing, output),
            };
        });
        return explain;
    }

    private static async Task<int> WithDatabaseAsync(ExplainedThing thing, VerbOutput output)
    {
        await using var app = Verb.CreateApp(readOnly: true);
        await Program.OpenDatabaseAsync(app);
        return ExplanationWriter.Write(output, await Explainer.ExplainAsync(app.Services, thing, CancellationToken.None));
    }
}
