using Bhiv.Api.CommandLine;
using Bhiv.Api.Http;
using Bhiv.Application.Explaining;

namespace Bhiv.Api.Explaining;

/// <summary>An explanation for people, or as one document.</summary>
internal static class ExplanationWriter
{
    public static int Write(VerbOutput output, Explanation explanation)
    {
        var type = ProblemType.All.FirstOrDefault(type => type.Code == explanation.Code);
        if (output.IsJson)
        {
            output.Document(new
            {
                explanation.Subject, explanation.Code, type?.Title, type?.Meaning, type?.Fix, explanation.Checks,
            });
            return ExitCode.Done;
        }
        output.Say($"{explanation.Subject}: {(type is null ? explanation.Verdict : $"{type.Code}. {type.Title}.")}");
        if (type is not null)
        {
            output.Say(type.Meaning);
            output.Say("Fix: " + type.Fix);
        }
        if (explanation.Checks.Count == 0) return ExitCode.Done;
        output.Say("");
        output.Rows(
            explanation.Checks, "", new("check", check => check.Name), new("outcome", Outcome), new("said", check => check.Said, Wraps: true));
        return ExitCode.Done;
    }

    private static string Outcome(Check check) => check.Passed switch
    {
        true => "pass",
        false => "FAIL",
        null => "-",
    };
}
