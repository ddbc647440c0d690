using System.CommandLine;
using System.CommandLine.Parsing;
using System.Diagnostics;
using System.Globalization;
using Bhiv.Api.CommandLine;
using Bhiv.Application.ApiKeys;
using Bhiv.Domain.ApiKeys;

namespace Bhiv.Api.ApiKeys;

/// <summary><c>keys list|create|rotate|revoke</c>.</summary>
internal static class KeysVerb
{
    public static Command Describe() => new("keys", "What clients call with: API keys.") { List(), Create(), Rotate(), Revoke() };

    /// <summary>A client's id, or the line is refused.</summary>
    public static void DemandClientId(this SymbolResult given)
    {
        if (given.Tokens is [var id] && !ClientId.IsValid(id.Value)) given.AddError($"{id.Value} is no id of a client: it {ClientIdRule.Rule}");
    }

    private static Verb List()
    {
        var client = Client("Of this client alone.");
        var list = new Verb(
            "list",
            "All there are, the newest first, without their text. With --json more is told of each.",
            "Bhiv.Api keys list",
            "Bhiv.Api keys list --client mobile --json")
        {
            client, Verb.Json,
        };
        list.DoesOnDatabase(async (database, given, output) =>
        {
            var of = given.GetValue(client) is { } id ? new ClientId(id) : (ClientId?)null;
            var keys = await database.Get<ApiKeyAdministration>().ListAsync(of, CancellationToken.None);
            output.Rows(
                [.. keys.Select(ApiKeyResponse.Of)],
                "There is no API key.",
                new Column<ApiKeyResponse>("KEY", key => key.KeyId),
                new("CLIENT", key => key.ClientId),
                new("STATE", key => key.State),
                new("SCOPES", key => string.Join(' ', key.Scopes), Wraps: true),
                new("ROTATE BY", key => key.RotateBy),
                new("LAST USED", key => key.LastUsedAt),
                new("SESSIONS", key => key.LiveSessions),
                new("SAFE TO REMOVE", key => key.SafeToRemoveAt));
            return ExitCode.Done;
        });
        return list;
    }

    private static Verb Create()
    {
        var (client, days) = (Client("Whose it is."), Days("--days", "After how many days it expires; 30 unless the service is set otherwise."));
        client.Required = true;
        var scopes = new Option<string>("--scopes")
        {
            Description = $"What it may be used for: words of {Scopes.All.ToText()}.",
            HelpName = "SCOPES",
            Required = true,
        };
        scopes.Validators.Add(DemandScopes);
        var create = new Verb(
            "create",
            "Makes an API key and prints it, this once: what is kept of it is a hash. A running server follows within a second.",
            "Bhiv.Api keys create --client mobile --scopes \"auth generate\"",
            "API_KEY=$(Bhiv.Api keys create --client ci --scopes auth --days 90)")
        {
            client, scopes, days, Verb.Json,
        };
        create.DoesOnDatabase(async (database, given, output) =>
        {
            var id = given.GetRequiredValue(client);
            return await database.Get<ApiKeyAdministration>().CreateAsync(
                new ClientId(id), ScopesText.OfKnown(given.GetRequiredValue(scopes)), Span(given.GetValue(days)), Operator.Author, CancellationToken.None) switch
            {
                CreationResult.Created(var key) => Show(key, NewApiKeyResponse.Of(key), "", output),
                CreationResult.NoClient => output.Refuse(ExitCode.NotThere, $"There is no client {id}. Make it: clients create {id}"),
                CreationResult.ClientDisabled => output.Refuse(ExitCode.Failed, $"Client {id} is disabled."),
                _ => throw new UnreachableException(),
            };
        });
        return create;
    }

    private static Verb Rotate()
    {
        var (id, days) = (Id(), Days("--overlap-days", "For how many days the old one stays good; 7 unless the service is set otherwise."));
        var rotate = new Verb(
            "rotate",
            "Makes a new API key of the same client and scopes and prints it, this once. The old one stays good for the overlap.",
            "Bhiv.Api keys rotate 4fT9kQ2mXb7L",
            "API_KEY=$(Bhiv.Api keys rotate 4fT9kQ2mXb7L --overlap-days 1)")
        {
            id, days, Verb.Json,
        };
        rotate.DoesOnDatabase(async (database, given, output) =>
        {
            var old = given.GetRequiredValue(id);
            return await database.Get<ApiKeyAdministration>().RotateAsync(
                new ApiKeyId(old), Span(given.GetValue(days)), Operator.Author, CancellationToken.None) switch
            {
                RotationResult.Rotated(var key, var oldExpires) =>
                    Show(key, RotatedApiKeyResponse.Of(key, old, oldExpires), $" The old one, {old}, is good until {TextOf(oldExpires)}.", output),
                RotationResult.NotFound => output.Refuse(ExitCode.NotThere, $"There is no API key {old}."),
                RotationResult.NotLive => output.Refuse(ExitCode.Failed, ApiKeyRefusals.NotLive),
                RotationResult.OfEnvironment => output.Refuse(ExitCode.Failed, ApiKeyRefusals.OfEnvironment),
                _ => throw new UnreachableException(),
            };
        });
        return rotate;
    }

    private static Verb Revoke()
    {
        var id = Id();
        var revoke = new Verb(
            "revoke",
            "Refuses an API key for ever and ends the sessions that hang on it, as is due when it leaked. A running server follows within a second.",
            "Bhiv.Api keys revoke 4fT9kQ2mXb7L")
        {
            id, Verb.Json,
        };
        revoke.DoesOnDatabase(async (database, given, output) =>
        {
            var key = given.GetRequiredValue(id);
            if (await database.Get<ApiKeyAdministration>().RevokeAsync(new ApiKeyId(key), Operator.Author) is not { } ended)
                return output.Refuse(ExitCode.NotThere, $"There is no API key {key}, or it was revoked before.");
            output.Answer(new SessionsEndedResponse(ended), $"API key {key} is revoked. Sessions that ended: {ended}.");
            return ExitCode.Done;
        });
        return revoke;
    }

    /// <summary>The key alone on standard output, so that <c>$(…)</c> is the key; what is to be said of it beside that.</summary>
    private static int Show<TDocument>(NewApiKey made, TDocument document, string ofOld, VerbOutput output)
    {
        var key = made.Key;
        output.Answer(
            document,
            made.Text.Reveal(),
            $"API key {key.Id} of client {key.ClientId} is good until {TextOf(key.ExpiresAt!.Value)}. It is shown now and never again.{ofOld}");
        return ExitCode.Done;
    }

    private static void DemandScopes(OptionResult given)
    {
        if (given.Tokens is not [var text] || ScopesText.TryParse(text.Value, out _)) return;
        var unknown = text.Value.Split(' ', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault(word => !ScopesText.TryParse(word, out _));
        given.AddError(unknown is null ? "--scopes names none." : $"There is no scope {unknown}; there are {Scopes.All.ToText()}.");
    }

    private static Option<string> Client(string description)
    {
        var client = new Option<string>("--client") { Description = description, HelpName = "ID" };
        client.Validators.Add(given => given.DemandClientId());
        return client;
    }

    private static Option<int?> Days(string name, string description)
    {
        var days = new Option<int?>(name) { Description = description, HelpName = "N" };
        days.Validators.Add(given =>
        {
            if (given.Tokens is [var text] && int.TryParse(text.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                && number is >= 1 and <= ApiKeyAdministration.MaximumDays)
                return;
            given.AddError(string.Create(CultureInfo.InvariantCulture, $"{name} is a number of days, 1 to {ApiKeyAdministration.MaximumDays}."));
        });
        return days;
    }

    private static Argument<string> Id() => new("ID") { Description = "Its id, as keys list has it." };

    private static TimeSpan? Span(int? days) => days is { } number ? TimeSpan.FromDays(number) : null;

    private static string TextOf(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
