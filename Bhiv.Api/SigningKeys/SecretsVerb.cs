using System.CommandLine;
using System.Security.Cryptography;
using Bhiv.Api.CommandLine;

namespace Bhiv.Api.SigningKeys;

/// <summary><c>secrets new</c>. It needs no configuration: what it prints becomes one.</summary>
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

    public static Command Describe()
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
        return new Command("secrets", "What the service signs and authenticates with.") { create };
    }
}
