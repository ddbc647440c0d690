using System.CommandLine;
using Bhiv.Api.Accounts;
using Bhiv.Api.ApiKeys;
using Bhiv.Api.CommandLine;
using Bhiv.Application.Accounts;
using Bhiv.Application.Tokens;
using Bhiv.Domain.Accounts;
using Bhiv.Domain.ApiKeys;
using Bhiv.Domain.Tokens;

namespace Bhiv.Api.Tokens;

/// <summary><c>sessions list|revoke</c>.</summary>
internal static class SessionsVerb
{
    public static Command Describe() => new("sessions", "Who is logged in.") { List(), Revoke() };

    private static Verb List()
    {
        var account = AccountsVerb.Name("Whose.");
        var list = new Verb("list", "Where an account is logged in, the newest first.", "Bhiv.Api sessions list alice", "Bhiv.Api sessions list alice --json")
        {
            account, Verb.Json,
        };
        list.DoesOnDatabase(async (database, given, output) =>
        {
            var name = given.GetRequiredValue(account);
            if (await FindAsync(database, name) is not { } found) return output.Refuse(ExitCode.NotThere, AccountsVerb.NotThere(name));
            var live = await database.Get<SessionAdministration>().ListAsync(found.Id, CancellationToken.None) ?? [];
            output.Rows(
                [.. live.Select(session => SessionResponse.Of(session, current: default))],
                $"{found.Name} is logged in nowhere.",
                new Column<SessionResponse>("SESSION", session => session.SessionId),
                new("CLIENT", session => session.ClientId),
                new("ADDRESS", session => session.Address),
                new("DEVICE", session => session.Device, Wraps: true),
                new("REFRESHED", session => session.RefreshedAt),
                new("EXPIRES", session => session.ExpiresAt));
            return ExitCode.Done;
        });
        return list;
    }

    private static Verb Revoke()
    {
        var session = new Option<string>("--session") { Description = "This one.", HelpName = "ID" };
        session.Validators.Add(given =>
        {
            if (given.Tokens is [var id] && !SessionId.TryParse(id.Value, out _)) given.AddError("--session is a session_id, as sessions list has it.");
        });
        var account = new Option<string>("--account") { Description = "All of this account.", HelpName = "NAME" };
        account.Validators.Add(given => given.DemandName());
        var client = new Option<string>("--client") { Description = "All that this client began, whoever logged in.", HelpName = "ID" };
        client.Validators.Add(given => given.DemandClientId());
        var all = new Option<bool>("--all") { Description = "Every session of every account.", Arity = ArgumentArity.Zero };
        var revoke = new Verb(
            "revoke",
            "Ends sessions and their access tokens. A running server follows within a second.",
            "Bhiv.Api sessions revoke --account alice",
            "Bhiv.Api sessions revoke --client mobile",
            "Bhiv.Api sessions revoke --session 01993f1c-8e4b-7a90-8d15-6b7c93e0f528",
            "Bhiv.Api sessions revoke --all --json")
        {
            session, account, client, all, Verb.Json,
        };
        revoke.Validators.Add(given =>
        {
            if (new Option[] { session, account, client, all }.Count(it => given.GetResult(it) is { Implicit: false }) != 1)
                given.AddError("revoke needs one of --session, --account, --client and --all.");
        });
        revoke.DoesOnDatabase((database, given, output) =>
            given.GetValue(session) is { } id ? RevokeSessionAsync(database, id, output)
            : given.GetValue(account) is { } name ? RevokeAccountAsync(database, name, output)
            : given.GetValue(client) is { } of ? RevokeClientAsync(database, of, output)
            : RevokeEverythingAsync(database, output));
        return revoke;
    }

    private static async Task<int> RevokeSessionAsync(OpenDatabase database, string id, VerbOutput output) =>
        SessionId.TryParse(id, out var session) && await database.Get<SessionAdministration>().RevokeAsync(session, Operator.Author)
            ? Answer(1, $"Session {id} is ended.", database, output)
            : output.Refuse(ExitCode.NotThere, $"There is no session {id}, or it was ended before.");

    private static async Task<int> RevokeAccountAsync(OpenDatabase database, string name, VerbOutput output) =>
        await FindAsync(database, name) is { } account
        && await database.Get<SessionAdministration>().RevokeAccountAsync(account.Id, Operator.Author) is { } ended
            ? Answer(ended, $"Every session of {account.Name} is ended; {ended} could have been refreshed.", database, output)
            : output.Refuse(ExitCode.NotThere, AccountsVerb.NotThere(name));

    private static async Task<int> RevokeClientAsync(OpenDatabase database, string client, VerbOutput output) =>
        await database.Get<SessionAdministration>().RevokeClientAsync(new ClientId(client), Operator.Author) is { } ended
            ? Answer(ended, $"Every session of client {client} is ended; {ended} could have been refreshed.", database, output)
            : output.Refuse(ExitCode.NotThere, $"There is no client {client}.");

    private static async Task<int> RevokeEverythingAsync(OpenDatabase database, VerbOutput output)
    {
        var ended = await database.Get<SessionAdministration>().RevokeEverythingAsync(Operator.Author);
        return Answer(ended, $"Every session in {database.Path} is ended; {ended} could have been refreshed.", database, output);
    }

    private static int Answer(long ended, string sentence, OpenDatabase database, VerbOutput output)
    {
        output.Answer(new { Database = database.Path, Ended = ended }, sentence);
        return ExitCode.Done;
    }

    private static Task<Account?> FindAsync(OpenDatabase database, string name) =>
        database.Get<AccountAdministration>().FindAsync(AccountName.Of(name), CancellationToken.None);
}
