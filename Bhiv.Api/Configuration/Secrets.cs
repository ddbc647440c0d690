using System.Text;
using Bhiv.Domain.Accounts;
using Bhiv.Domain.ApiKeys;
using Bhiv.Domain.SigningKeys;

namespace Bhiv.Api.Configuration;

/// <summary>
/// The four variables of the runbook, read from the environment alone and byte for byte: a secret has no business in a file that
/// is committed, nor on a command line that <c>ps</c> shows.
/// </summary>
/// <param name="Published">The variables that hold, or default to, what the runbook publishes.</param>
internal sealed record Secrets(
    SigningKey SigningKey,
    PlainTextApiKey ApiKey,
    AccountName DemoUsername,
    PlainTextPassword DemoPassword,
    IReadOnlyList<string> Published)
{
    private const int MinimumApiKeyBytes = 24;
    private const int MaximumApiKeyBytes = 256;

    public static Secrets? Read(
        IReadOnlyDictionary<string, string> environment, bool development, int minimumPasswordLength,
        ICollection<string> failures)
    {
        var reader = new SecretReader(environment, development, failures);
        var jwtSecret = reader.Read("JWT_SECRET", Runbook.JwtSecret, "openssl rand -hex 32", secret =>
            !development && Encoding.UTF8.GetByteCount(secret) < SigningKey.Size
                ? $"must be at least {SigningKey.Size} bytes (RFC 7518 §3.2)." : null);
        var apiKey = reader.Read("API_KEY", Runbook.ApiKey, "openssl rand -hex 24", key => ApiKeyProblem(key, development));
        var username = reader.Read("DEMO_USERNAME", Runbook.DemoUsername, null, name =>
            AccountName.TryCreate(name, out _, out var problem) ? null : problem);
        var password = reader.Read("DEMO_PASSWORD", Runbook.DemoPassword, "openssl rand -base64 18", text =>
            !PlainTextPassword.TryCreate(text, out _, out var problem) ? problem
            : development ? null
            : PasswordPolicy.Problem(text, minimumPasswordLength));

        // Who holds one of them must not hold another: a client that knew the signing secret could be anyone.
        if (!development)
        {
            var values = new (string Name, string? Value)[]
            {
                ("JWT_SECRET", jwtSecret), ("API_KEY", apiKey), ("DEMO_USERNAME", username), ("DEMO_PASSWORD", password),
            };
            foreach (var same in values.Where(it => it.Value is not null).GroupBy(it => it.Value).Where(it => it.Count() > 1))
                failures.Add($"{string.Join(" and ", same.Select(it => it.Name))} have the same value. Give each its own.");
        }
        return jwtSecret is null || apiKey is null || username is null || password is null
            ? null
            : new Secrets(
                new SigningKey(jwtSecret),
                new PlainTextApiKey(Encoding.UTF8.GetBytes(apiKey)),
                AccountName.Of(username),
                PlainTextPassword.Of(password),
                reader.Published);
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
            if (!isSet && development) value = published;
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
