using System.CommandLine;
using Bhiv.Api.Tokens;

namespace Bhiv.Api.CommandLine;

/// <summary>What the binary does beside serving. Each verb stands in the folder of its capability.</summary>
internal static class Verbs
{
    /// <summary>EX_USAGE of sysexits.h.</summary>
    private const int UsedWrongly = 64;

    /// <summary>
    /// Whether a verb, or help, is asked for. Without either the arguments are the server's settings, which all begin with two
    /// dashes.
    /// </summary>
    public static bool AreAskedFor(IReadOnlyList<string> args) =>
        args is [var first, ..] && (!first.StartsWith("--", StringComparison.Ordinal) || first is "--help" or "--version");

    public static Task<int> RunAsync(IReadOnlyList<string> args)
    {
        var parsed = Describe().Parse(args);
        if (parsed.Errors.Count == 0)
        {
            return parsed.InvokeAsync(new InvocationConfiguration
            {
                // Faults end where the server's do, and a signal ends what runs in its own time.
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
            });
        }
        foreach (var error in parsed.Errors) Console.Error.WriteLine(error.Message);
        Console.Error.WriteLine("Ask with --help what there is.");
        return Task.FromResult(UsedWrongly);
    }

    /// <summary>The verb is refused without the flag, which by itself may be left out.</summary>
    public static void Demand(this Command verb, Option<bool> flag) => verb.Validators.Add(given =>
    {
        if (given.GetResult(flag) is not { Implicit: false }) given.AddError($"{verb.Name} needs {flag.Name}: {flag.Description}");
    });

    private static RootCommand Describe() => new(
        "Turns prompts into building designs behind dual authentication. Without a verb it serves, and takes settings: "
        + "--urls http://localhost:8001, --Tokens:RefreshLeeway=00:00:30.")
    {
        ServeVerb.Describe(),
        SessionsVerb.Describe(),
    };
}
