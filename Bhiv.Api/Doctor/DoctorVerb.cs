using System.CommandLine;
using Bhiv.Api.CommandLine;
using Bhiv.Api.Monitoring;

namespace Bhiv.Api.Doctor;

/// <summary><c>doctor</c>.</summary>
internal static class DoctorVerb
{
    private static readonly Column<Row>[] Columns =
    [
        new("SEVERITY", row => row.Severity),
        new("FINDING", row => row.Id),
        new("WHAT WAS FOUND, AND WHAT MENDS IT", row => row.Mend is null ? row.Found : $"{row.Found} {row.Mend}", Wraps: true),
    ];

    public static Command Describe()
    {
        var doctor = new Verb(
            "doctor",
            "Judges configuration, secrets, keys, database and clock, and changes nothing: to be asked before and after each change. "
            + "A server's settings may follow.",
            "Bhiv.Api doctor",
            "Bhiv.Api doctor --json",
            "Bhiv.Api doctor --urls=http://localhost:8001")
        {
            Verb.Json,
        };
        doctor.TreatUnmatchedTokensAsErrors = false;
        doctor.Does(async (given, output) =>
        {
            if (given.UnmatchedTokens.FirstOrDefault(it => !IsSetting(it)) is { } other)
            {
                return output.Refuse(
                    ExitCode.UsedWrongly, $"{other} is no setting: --Tokens:RefreshLeeway=00:00:30 is one. Ask with --help what there is.");
            }
            return Answer(await Examination.RunAsync([.. given.UnmatchedTokens], Program.Variables(), TimeProvider.System), output);
        });
        return doctor;
    }

    /// <returns>The exit code.</returns>
    internal static int Answer(IReadOnlyList<Finding> findings, VerbOutput output)
    {
        output.Rows([.. findings.Select(Row.Of)], "", Columns);
        return findings.Max(finding => finding.Kind.Severity) switch
        {
            Severity.Error => ExitCode.FoundError,
            Severity.Warning => ExitCode.FoundWarning,
            _ => ExitCode.Done,
        };
    }

    private static bool IsSetting(string token) =>
        token.StartsWith("--", StringComparison.Ordinal) && token.IndexOf('=', StringComparison.Ordinal) > 2;

    private sealed record Row(string Id, string Severity, string Found, string? Mend)
    {
        /// <summary>A path may be a secret that was put where the name of its file belongs.</summary>
        public static Row Of(Finding it) => new(
            it.Kind.Id, it.Kind.Severity.ToString().ToLowerInvariant(), CredentialShapes.Mask(it.Found), it.Kind.Mend);
    }
}
