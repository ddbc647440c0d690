using System.CommandLine;
using Bhiv.Api.CommandLine;
using Bhiv.Application.ApiKeys;
using Bhiv.Domain.ApiKeys;

namespace Bhiv.Api.ApiKeys;

/// <summary><c>clients list|create|disable|enable</c>.</summary>
internal static class ClientsVerb
{
    public static Command Describe() => new("clients", "The calling applications.") { List(), Create(), Disable(), Enable() };

    private static Verb List()
    {
        var list = new Verb("list", "All there are.", "Bhiv.Api clients list", "Bhiv.Api clients list --json") { Verb.Json };
        list.DoesOnDatabase(async (database, _, output) =>
        {
            var clients = await database.Get<ClientAdministration>().ListAsync(CancellationToken.None);
            output.Rows(
                [.. clients.Select(ClientResponse.Of)],
                "There is no client.",
                new Column<ClientResponse>("CLIENT", client => client.ClientId),
                new("CREATED", client => client.CreatedAt),
                new("DISABLED", client => client.DisabledAt));
            return ExitCode.Done;
        });
        return list;
    }

    private static Verb Create()
    {
        var id = Id("What it is called from now on: a-z and 0-9, and between them . _ and - too.");
        id.Validators.Add(given => given.DemandClientId());
        var create = new Verb("create", "Makes a client. It has no API key yet: keys create.", "Bhiv.Api clients create mobile") { id, Verb.Json };
        create.DoesOnDatabase(async (database, given, output) =>
        {
            var name = given.GetRequiredValue(id);
            if (await database.Get<ClientAdministration>().TryCreateAsync(new ClientId(name), Operator.Author) is not { } client)
                return output.Refuse(ExitCode.Failed, $"There is a client {name}.");
            output.Answer(ClientResponse.Of(client), $"Client {name} is made.");
            return ExitCode.Done;
        });
        return create;
    }

    private static Verb Disable()
    {
        var id = Id("Its id.");
        var disable = new Verb(
            "disable",
            "From now on none of its API keys is good, and its sessions are ended. A running server follows within a second.",
            "Bhiv.Api clients disable mobile")
        {
            id, Verb.Json,
        };
        disable.DoesOnDatabase(async (database, given, output) =>
        {
            var name = given.GetRequiredValue(id);
            if (await database.Get<ClientAdministration>().DisableAsync(new ClientId(name), Operator.Author) is not { } ended)
                return output.Refuse(ExitCode.NotThere, $"There is no client {name}, or it is disabled already.");
            output.Answer(new SessionsEndedResponse(ended), $"Client {name} is disabled. Sessions that ended: {ended}.");
            return ExitCode.Done;
        });
        return disable;
    }

    private static Verb Enable()
    {
        var id = Id("Its id.");
        var enable = new Verb(
            "enable",
            "Its API keys are good again, unless they have expired or been revoked. Sessions that were ended stay so.",
            "Bhiv.Api clients enable mobile")
        {
            id, Verb.Json,
        };
        enable.DoesOnDatabase(async (database, given, output) =>
        {
            var name = given.GetRequiredValue(id);
            if (!await database.Get<ClientAdministration>().EnableAsync(new ClientId(name), Operator.Author))
                return output.Refuse(ExitCode.NotThere, $"There is no client {name}, or it is not disabled.");
            output.Answer(new { ClientId = name }, $"Client {name} is enabled.");
            return ExitCode.Done;
        });
        return enable;
    }

    private static Argument<string> Id(string description) => new("ID") { Description = description };
}
