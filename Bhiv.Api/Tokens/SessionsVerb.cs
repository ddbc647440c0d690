using System.CommandLine;
using Bhiv.Api.CommandLine;
using Bhiv.Application.Tokens;
using Bhiv.Domain.Audit;

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
        var database = await Program.OpenDatabaseAsync(app);
        var ended = await app.Services.GetRequiredService<SessionAdministration>().RevokeEverythingAsync(new Author($"cli:{Environment.UserName}"));
        Console.WriteLine($"Every session in {database} is ended; {ended} could have been refreshed.");
        return 0;
    }
}
