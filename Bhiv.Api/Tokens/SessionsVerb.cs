using System.CommandLine;
using Bhiv.Api.CommandLine;
using Bhiv.Api.Configuration;
using Bhiv.Application.Tokens;
using Bhiv.Domain;

namespace Bhiv.Api.Tokens;

/// <summary><c>sessions revoke --all</c>.</summary>
internal static class SessionsVerb
{
    public static Command Describe()
    {
        var all = new Option<bool>("--all") { Description = "Every session of every account.", Arity = ArgumentArity.Zero };
        var revoke = new Command("revoke", "Ends sessions and their access tokens. A running server follows within a second.") { all };
        revoke.Demand(all);
        revoke.SetAction((_, _) => RevokeEverythingAsync());
        return new Command("sessions", "Who is logged in.") { revoke };
    }

    private static async Task<int> RevokeEverythingAsync()
    {
        await using var app = Program.Create([], Program.Variables(), logToStandardError: true);
        var database = app.Services.GetRequiredService<Settings>().Database.FilePath;
        // A new one would be made, and nobody's session ended.
        if (!File.Exists(database)) throw new StartRefusedException($"BHIV_DATA: there is no database {database}. Name the server's directory.");
        await Program.PrepareDatabaseAsync(app);
        var ended = await app.Services.GetRequiredService<SessionAdministration>().RevokeEverythingAsync($"cli:{Environment.UserName}");
        Console.WriteLine($"Every session in {database} is ended; {ended} could have been refreshed.");
        return 0;
    }
}
