using System.CommandLine;
using System.CommandLine.Help;
using Bhiv.Api.Accounts;
using Bhiv.Api.ApiKeys;
using Bhiv.Api.Doctor;
using Bhiv.Api.Explaining;
using Bhiv.Api.Monitoring;
using Bhiv.Api.SigningKeys;
using Bhiv.Api.Tokens;
using Bhiv.Domain;

namespace Bhiv.Api.CommandLine;

/// <summary>What the binary does beside serving. Each verb stands in the folder of its capability.</summary>
internal static class Verbs
{
    // No argument is the name of a file to read further arguments from: they may be names that people chose.
    private static readonly ParserConfiguration Parsing = new() { ResponseFileTokenReplacer = null };

    /// <summary>
    /// Whether a verb, or help, is asked for. Without either the arguments are the server's settings, which all begin with two
    /// dashes.
    /// </summary>
    public static bool AreAskedFor(IReadOnlyList<string> args) =>
        args is [var first, ..] && (!first.StartsWith("--", StringComparison.Ordinal) || first is "--help" or "--version");

    public static async Task<int> RunAsync(IReadOnlyList<string> args)
    {
        var parsed = Describe().Parse(args, Parsing);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors) Complain(error.Message);
            return Complain("Ask with --help what there is.", ExitCode.UsedWrongly);
        }
        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration
            {
                // Faults end where the server's do, and a signal ends what runs in its own time.
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
            });
        }
        catch (StartRefusedException refusal)
        {
            return Complain(refusal.Message, ExitCode.Refused);
        }
        catch (StoreUnavailableException outage)
        {
            return Complain($"{outage.Message} Try again. ({outage.GetBaseException().Message})", ExitCode.TryAgain);
        }
    }

    internal static RootCommand Describe()
    {
        var root = new RootCommand(
            "Turns prompts into building designs behind dual authentication. Without a verb it serves, and takes settings: "
            + "--urls http://localhost:8001, --Tokens:RefreshLeeway=00:00:30.")
        {
            AccountsVerb.Describe(),
            ClientsVerb.Describe(),
            DoctorVerb.Describe(),
            ExplainVerb.Describe(),
            KeysVerb.Describe(),
            MigrateVerb.Describe(),
            SecretsVerb.Describe(),
            ServeVerb.Describe(),
            SessionsVerb.Describe(),
        };
        root.Options.OfType<HelpOption>().Single().Action = new VerbHelp();
        return root;
    }

    private static int Complain(string message, int exitCode = ExitCode.Failed)
    {
        Console.Error.WriteLine(SafeText.WriteOut(CredentialShapes.Mask(message)));
        return exitCode;
    }
}
