using System.CommandLine;
using System.Security.Cryptography;
using Bhiv.Api.CommandLine;
using Bhiv.Application.SigningKeys;
using Bhiv.Domain.SigningKeys;

namespace Bhiv.Api.SigningKeys;

/// <summary><c>secrets new</c>, which needs no configuration: what it prints becomes one. <c>secrets compromised</c>.</summary>
internal static class SecretsVerb
{
    // Neither a shell nor an env file asks for quotes around them; one character more than base64 needs for 18 bytes is as strong.
    private const string PasswordCharacters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    private static readonly IReadOnlyList<(string Name, Func<string> Make)> Secrets =
    [
        ("JWT_SECRET", () => RandomNumberGenerator.GetHexString(64, lowercase: true)),
        ("API_KEY", () => RandomNumberGenerator.GetHexString(48, lowercase: true)),
        ("DEMO_PASSWORD", () => RandomNumberGenerator.GetString(PasswordCharacters, 25)),
    ];

    public static Command Describe() =>
        new("secrets", "What the service signs and authenticates with.") { New(), Compromised() };

    private static Verb New()
    {
        var name = new Argument<string?>("NAME")
        {
            Description = "One of them, whose value is printed alone.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        name.Validators.Add(given =>
        {
            if (given.Tokens is [var asked] && Secrets.All(it => it.Name != asked.Value))
                given.AddError($"There is no secret {asked.Value}; there are {string.Join(", ", Secrets.Select(it => it.Name))}.");
        });
        var create = new Verb(
            "new",
            $"Makes the secrets that the service needs, as lines of an env file: {string.Join(", ", Secrets.Select(it => it.Name))}. "
            + "It stores nothing.",
            "(umask 077 && Bhiv.Api secrets new > bhiv.env)",
            "API_KEY=$(Bhiv.Api secrets new API_KEY)")
        {
            name,
        };
        create.Does((given, output) =>
        {
            var asked = given.GetValue(name);
            foreach (var (secret, make) in Secrets)
            {
                if (asked is null) output.Say($"{secret}={make()}");
                else if (asked == secret) output.Say(make());
            }
            return Task.FromResult(ExitCode.Done);
        });
        return create;
    }

    private static Verb Compromised()
    {
        var id = new Argument<string>("ID") { Description = "Of a signing key: the kid of the tokens that it signed; doctor shows it." };
        id.Validators.Add(given =>
        {
            if (given.Tokens is [var asked] && !IsKeyId(asked.Value)) given.AddError($"ID is the {SigningKey.IdLength} characters of a kid, and never the secret.");
        });
        var compromised = new Verb(
            "compromised",
            "Refuses every token of a signing key that others know, for ever and whatever is configured. Replace the secret before: where nothing else "
            + "can sign, nobody can log in.",
            "Bhiv.Api secrets compromised -- Y2s0wQ9vTnLx")
        {
            id, Verb.Json,
        };
        compromised.DoesOnDatabase(async (database, given, output) =>
        {
            var key = given.GetValue(id)!;
            var seen = (await database.Get<ISigningKeyStore>().ListAsync(CancellationToken.None)).Any(known => known.Id == key);
            var marked = await database.Get<SigningKeyAdministration>().MarkCompromisedAsync(key, Operator.Author);
            output.Answer(
                new { Kid = key, Marked = marked, Seen = seen },
                marked ? $"Signing key {key} is refused for ever.{(seen ? "" : " No server has ever had it: is the ID mistyped?")}" : $"Signing key {key} has been marked before, and is refused.");
            return ExitCode.Done;
        });
        return compromised;
    }

    private static bool IsKeyId(string text) =>
        text.Length == SigningKey.IdLength && text.All(it => char.IsAsciiLetterOrDigit(it) || it is '-' or '_');
}
