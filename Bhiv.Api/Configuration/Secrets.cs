using System.Text;
using Bhiv.Domain.Accounts;
using Bhiv.Domain.ApiKeys;
using Bhiv.Domain.Rotation;
using Bhiv.Domain.SigningKeys;

namespace Bhiv.Api.Configuration;

/// <summary>
/// The variables of the runbook and those that rotate them, read from the environment alone and byte for byte: a secret has no business in
/// a file that is committed, nor on a command line that <c>ps</c> shows.
/// </summary>
/// <param name="Published">The variables that hold, or default to, what the runbook publishes.</param>
/// <param name="Doubled">Variables of one kind that have the same value, as a sentence each; at a start that is refused.</param>
internal sealed record Secrets(
    SigningKeySet SigningKeys,
    EnvironmentApiKeys ApiKeys,
    AccountName DemoUsername,
    PlainTextPassword DemoPassword,
    IReadOnlyList<string> Published,
    IReadOnlyList<string> Doubled)
{
    private const int MinimumApiKeyBytes = 24;
    private const int MaximumApiKeyBytes = 256;

    /// <param name="areReplaced">
    /// While the service runs. A rotation by files takes one step after the other: in between two files say the same, and it counts once.
    /// </param>
    public static Secrets? Read(
        IReadOnlyDictionary<string, string> environment, bool development, int minimumPasswordLength,
        ICollection<string> failures, bool areReplaced = false)
    {
        var reader = new SecretReader(environment, development, failures);
        var jwtSecret = reader.Read(SecretAge.JwtSecret, Runbook.JwtSecret, "openssl rand -hex 32", JwtSecretProblem);
        var jwtPrevious = reader.ReadOptional(SecretAge.JwtSecretPrevious, "openssl rand -hex 32", JwtSecretProblem);
        var jwtNext = reader.ReadOptional(SecretAge.JwtSecretNext, "openssl rand -hex 32", JwtSecretProblem);
        var apiKey = reader.Read(SecretAge.EnvironmentApiKey, Runbook.ApiKey, "openssl rand -hex 24", ApiKeyProblem);
        var apiKeyPrevious = reader.ReadOptional(SecretAge.EnvironmentApiKeyPrevious, "openssl rand -hex 24", ApiKeyProblem);
        var username = reader.Read("DEMO_USERNAME", Runbook.DemoUsername, null, name =>
            AccountName.TryCreate(name, out _, out var problem) ? null : problem);
        var password = reader.Read("DEMO_PASSWORD", Runbook.DemoPassword, "openssl rand -base64 18", text =>
            !PlainTextPassword.TryCreate(text, out var typed, out var problem) ? problem
            : development ? null
            : PasswordPolicy.Problem(typed, username is null ? null : AccountName.Of(username), minimumPasswordLength));

        var doubled = new List<string>();
        (string Name, string Kind, string? Value)[] values =
        [
            (SecretAge.JwtSecret, "key", jwtSecret), (SecretAge.JwtSecretNext, "key", jwtNext), (SecretAge.JwtSecretPrevious, "key", jwtPrevious),
            (SecretAge.EnvironmentApiKey, "API key", apiKey), (SecretAge.EnvironmentApiKeyPrevious, "API key", apiKeyPrevious),
            ("DEMO_USERNAME", "name", username), ("DEMO_PASSWORD", "password", password),
        ];
        foreach (var same in values.Where(it => it.Value is not null).GroupBy(it => it.Value).Where(it => it.Count() > 1))
        {
            var names = string.Join(" and ", same.Select(it => it.Name));
            var isOfOneKind = same.Select(it => it.Kind).Distinct().Count() == 1;
            if (isOfOneKind) (areReplaced ? doubled : failures).Add($"{names} have the same value. Take {same.Last().Name} away, or give it its own.");
            // Who holds one of them must not hold another: a client that knew the signing secret could be anyone.
            else if (!development) failures.Add($"{names} have the same value. Give each its own.");
        }
        return jwtSecret is null || apiKey is null || username is null || password is null
            ? null
            : new Secrets(
                new SigningKeySet(new SigningKey(jwtSecret), KeyOf(jwtPrevious), KeyOf(jwtNext)),
                new EnvironmentApiKeys(ApiKeyOf(apiKey)!, ApiKeyOf(apiKeyPrevious)),
                AccountName.Of(username),
                PlainTextPassword.Of(password),
                reader.Published,
                doubled);

        string? JwtSecretProblem(string secret) => !development && Encoding.UTF8.GetByteCount(secret) < SigningKey.Size
            ? $"must be at least {SigningKey.Size} bytes (RFC 7518 §3.2)." : null;

        string? ApiKeyProblem(string key) => Secrets.ApiKeyProblem(key, development);

        static SigningKey? KeyOf(string? secret) => secret is null ? null : new SigningKey(secret);

        static PlainTextApiKey? ApiKeyOf(string? key) => key is null ? null : new PlainTextApiKey(Encoding.UTF8.GetBytes(key));
    }

    public override string ToString() => "[secrets]";

    private static string? ApiKeyProblem(string key, bool development)
    {
        var size = Encoding.UTF8.GetByteCount(key);
        if (key.Any(char.IsControl) || key != key.Trim())
            return "must not hold a control character, nor begin or end with a space: no header could carry it.";
        if (size > MaximumApiKeyBytes) return $"must be at most {MaximumApiKeyBytes} bytes.";
        return !development && size < MinimumApiKeyBytes ? $"must be at least {MinimumApiKeyBytes} bytes." : null;
    }

    /// <summary>What holds for every one of them.</summary>
    private sealed class SecretReader(
        IReadOnlyDictionary<string, string> environment, bool development, ICollection<string> failures)
    {
        public List<string> Published { get; } = [];

        /// <param name="remedy">The command that makes a good value, where a value is made and not chosen.</param>
        /// <param name="judge">What is wrong with the value, as the end of a sentence that begins with its name.</param>
        public string? Read(string name, string published, string? remedy, Func<string, string?> judge)
        {
            var isSet = environment.TryGetValue(name, out var value);
            return Judge(name, isSet || !development ? value : published, remedy, judge);
        }

        /// <summary>One that there need not be.</summary>
        public string? ReadOptional(string name, string remedy, Func<string, string?> judge) =>
            environment.TryGetValue(name, out var value) ? Judge(name, value, remedy, judge) : null;

        private string? Judge(string name, string? value, string? remedy, Func<string, string?> judge)
        {
            // What is wrong with its file has been said.
            if (value is null && environment.ContainsKey(name + SecretFiles.Suffix)) return null;
            var problem = value switch
            {
                null => "is not set.",
                _ when string.IsNullOrWhiteSpace(value) => "is set but blank.",
                _ when value.Contains('\uFFFD', StringComparison.Ordinal) => "must be UTF-8.",
                _ when !development && Runbook.Publishes(value) => "is a value that the runbook publishes.",
                _ => judge(value),
            };
            if (problem is not null)
            {
                failures.Add(name + " " + problem + (remedy is null ? "" : $" Make one: {name}=$({remedy})"));
                return null;
            }
            if (Runbook.Publishes(value!)) Published.Add(name);
            return value;
        }
    }
}
