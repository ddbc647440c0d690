using Bhiv.Api.CommandLine;
using Bhiv.Api.Http;
using Bhiv.Api.Monitoring;
using Bhiv.Application.Explaining;

namespace Bhiv.Api.Explaining;

/// <summary>An explanation for people, or as one document.</summary>
internal static class ExplanationWriter
{
    public static int Write(VerbOutput output, Explanation explanation)
    {
        var type = ProblemType.All.FirstOrDefault(type => type.Code == explanation.Code);
        // What a token, a refusal or a row says is written by anybody, and a credential may stand in it.
        var checks = explanation.Checks.Select(check => check with { Said = CredentialShapes.Mask(check.Said) }).ToList();
        if (output.IsJson)
        {
            output.Document(new
            {
                explanation.Subject,
                explanation.Code,
                type?.Title,
                type?.Meaning,
                type?.Fix,
                checks,
            });
            return ExitCode.Done;
        }
        output.Say($"{explanation.Subject}: {(type is null ? explanation.Verdict : $"{type.Code}. {type.Title}.")}");
        if (type is not null)
        {
            output.Say(type.Meaning);
            output.Say("Fix: " + type.Fix);
        }
        output.Say("");
        output.Rows(checks, "", new("check", check => check.Name), new("outcome", Outcome), new("said", check => check.Said, Wraps: true));
        return ExitCode.Done;
    }

    private static string Outcome(Check check) => check.Passed switch
    {
        true => "pass",
        false => "FAIL",
        null => "-",
    };
}
