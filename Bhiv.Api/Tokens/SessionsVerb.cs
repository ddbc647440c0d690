using System.CommandLine;
using Bhiv.Api.CommandLine;
using Bhiv.Application.Tokens;

namespace Bhiv.Api.Tokens;

/// <summary><c>sessions revoke --all</c>.</summary>
internal static class SessionsVerb
{
    public static Command Describe()
    {
        var all = new Option<bool>("--all") { Description = "Every session of every account.", Arity = ArgumentArity.Zero };
        var revoke = new Verb(
            "revoke",
            "Ends sessions and their access tokens. A running server follows within a second.",
            "Bhiv.Api sessions revoke --all",
            "Bhiv.Api sessions revoke --all --json")
        {
            all, Verb.Json,
        };
        revoke.Demand(all);
        revoke.DoesOnDatabase((database, _, output) => RevokeEverythingAsync(database, output));
        return new Command("sessions", "Who is logged in.") { revoke };
    }

    private static async Task<int> RevokeEverythingAsync(OpenDatabase database, VerbOutput output)
    {
        var ended = await database.Get<SessionAdministration>().RevokeEverythingAsync(Operator.Author);
        output.Answer(
            new { Database = database.Path, Ended = ended },
            $"Every session in {database.Path} is ended; {ended} could have been refreshed.");
        return ExitCode.Done;
    }
}
