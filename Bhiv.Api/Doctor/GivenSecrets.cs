using System.Text;
using Bhiv.Api.Configuration;
using Bhiv.Domain.ApiKeys;
using Bhiv.Domain.Rotation;
using Bhiv.Domain.SigningKeys;

namespace Bhiv.Api.Doctor;

/// <summary>The secrets that are given, each for itself: whatever is wrong with one, the others can be judged.</summary>
/// <param name="All">Without any of them.</param>
/// <param name="SigningKeys">Null without <c>JWT_SECRET</c>.</param>
/// <param name="ApiKeys">Null without <c>API_KEY</c>.</param>
/// <param name="Shared">The names of those that have one value, together.</param>
internal sealed record GivenSecrets(
    IReadOnlyList<SecretFacts> All, SigningKeySet? SigningKeys, EnvironmentApiKeys? ApiKeys, IReadOnlyList<string> Shared)
{
    private const string Password = "DEMO_PASSWORD";

    private static readonly string[] Names =
    [
        SecretAge.JwtSecret, SecretAge.JwtSecretNext, SecretAge.JwtSecretPrevious, SecretAge.EnvironmentApiKey,
        SecretAge.EnvironmentApiKeyPrevious, Password,
    ];

    /// <summary>What Development runs on where nothing else is said.</summary>
    private static readonly Dictionary<string, string> Published = new()
    {
        [SecretAge.JwtSecret] = Runbook.JwtSecret,
        [SecretAge.EnvironmentApiKey] = Runbook.ApiKey,
        [Password] = Runbook.DemoPassword,
    };

    public static GivenSecrets Read(Settings settings)
    {
        var texts = new Dictionary<string, string>();
        foreach (var name in Names)
        {
            var text = settings.SecretTexts.GetValueOrDefault(name) ?? (settings.Development ? Published.GetValueOrDefault(name) : null);
            if (!string.IsNullOrWhiteSpace(text)) texts.Add(name, text);
        }
        var (jwt, apiKey) = (SigningKeyOf(SecretAge.JwtSecret), ApiKeyOf(SecretAge.EnvironmentApiKey));
        return new GivenSecrets(
            [.. texts.Select(it => FactsOf(it.Key, it.Value, settings))],
            jwt is null ? null : new SigningKeySet(jwt, SigningKeyOf(SecretAge.JwtSecretPrevious), SigningKeyOf(SecretAge.JwtSecretNext)),
            apiKey is null ? null : new EnvironmentApiKeys(apiKey, ApiKeyOf(SecretAge.EnvironmentApiKeyPrevious)),
            [.. texts.GroupBy(it => it.Value, it => it.Key).Where(it => it.Count() > 1).Select(it => string.Join(" and ", it))]);

        SigningKey? SigningKeyOf(string name) => texts.TryGetValue(name, out var text) ? new SigningKey(text) : null;

        PlainTextApiKey? ApiKeyOf(string name) => texts.TryGetValue(name, out var text) ? new PlainTextApiKey(Encoding.UTF8.GetBytes(text)) : null;
    }

    /// <summary>For services that want keys: what nobody has stands in for what is missing.</summary>
    public (SigningKeySet SigningKeys, EnvironmentApiKeys ApiKeys) OrStandIns() => (
        SigningKeys ?? new SigningKeySet(new SigningKey(Guid.NewGuid().ToString())), ApiKeys ?? new EnvironmentApiKeys(PlainTextApiKey.Generate()));

    public override string ToString() => "[secrets]";

    private static SecretFacts FactsOf(string name, string text, Settings settings)
    {
        var path = settings.SecretFiles.PathOf(name);
        return new SecretFacts(
            name,
            path ?? (settings.SecretTexts.ContainsKey(name) ? "the environment" : "the runbook"),
            path is null ? null : SecretFiles.ModeOf(path),
            Encoding.UTF8.GetByteCount(text),
            IdOf(name, text),
            Runbook.Publishes(text));
    }

    /// <summary>Derived one way. Of a password nothing is: it would be a hash that is quick to guess at.</summary>
    private static string? IdOf(string name, string text) => name switch
    {
        Password => null,
        SecretAge.EnvironmentApiKey or SecretAge.EnvironmentApiKeyPrevious => new PlainTextApiKey(Encoding.UTF8.GetBytes(text)).KnownAs.Value,
        _ => new SigningKey(text).Id,
    };
}

/// <summary>What may be told of a secret.</summary>
/// <param name="Source">Where it comes from; of a file its path.</param>
/// <param name="FileMode">Null where it stands in no file, or the system has no modes.</param>
/// <param name="Id">The <c>kid</c> of a signing key, the fingerprint of an API key.</param>
internal sealed record SecretFacts(string Name, string Source, UnixFileMode? FileMode, int Bytes, string? Id, bool IsPublished);
