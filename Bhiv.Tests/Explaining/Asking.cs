using System.Text.RegularExpressions;
using Bhiv.Api.CommandLine;
using Bhiv.Api.Explaining;
using Bhiv.Tests.Support;

namespace Bhiv.Tests.Explaining;

/// <summary>Asks beside a running service, as the verb does.</summary>
internal static partial class Asking
{
    /// <summary>What is printed; what is random of it is masked.</summary>
    public static async Task<string> ExplainAsync(this BhivService service, string text, bool json = false)
    {
        using var output = new StringWriter { NewLine = "\n" };
        var thing = ExplainedThing.Of(text);
        Assert.That(thing, Is.Not.Null, "nothing that could be explained");
        var explanation = await Explainer.ExplainAsync(service.Services, thing!, CancellationToken.None);
        ExplanationWriter.Write(new VerbOutput(output, TextWriter.Null, json, VerbOutput.LeastWidth, styled: false), explanation);
        return Uuid().Replace(output.ToString(), "01990000-0000-7000-8000-000000000000");
    }

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}")]
    private static partial Regex Uuid();
}
