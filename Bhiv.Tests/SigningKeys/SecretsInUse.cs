using System.Security.Cryptography;
using System.Text;
using Bhiv.Domain.ApiKeys;
using Bhiv.Domain.SigningKeys;

namespace Bhiv.Tests.SigningKeys;

/// <summary>The secrets that rotate, as a process has them at one step of a rotation.</summary>
internal sealed record SecretsInUse(
    string JwtSecret, string ApiKey, string? JwtSecretPrevious = null, string? JwtSecretNext = null, string? ApiKeyPrevious = null)
{
    public string SigningKeyId => new SigningKey(JwtSecret).Id;

    /// <summary>
    /// By the name of the variable, in the order in which files are to be replaced: what was good stays good all the while, and what is
    /// signed with is known before. Null where there is none.
    /// </summary>
    public IReadOnlyList<(string Name, string? Text)> Variables =>
    [
        ("JWT_SECRET_PREVIOUS", JwtSecretPrevious), ("API_KEY_PREVIOUS", ApiKeyPrevious),
        ("JWT_SECRET", JwtSecret), ("API_KEY", ApiKey),
        ("JWT_SECRET_NEXT", JwtSecretNext),
    ];

    /// <summary>What the log says of them once they count, in their order.</summary>
    public (string SigningKeys, string ApiKeys) Ids => (
        string.Join(", ", new SigningKeySet(new(JwtSecret), KeyOf(JwtSecretPrevious), KeyOf(JwtSecretNext)).All.Select(key => key.Id)),
        string.Join(", ", new EnvironmentApiKeys(ApiKeyOf(ApiKey)!, ApiKeyOf(ApiKeyPrevious)).All.Select(key => key.KnownAs)));

    public static SecretsInUse Make() => new(RandomNumberGenerator.GetHexString(64), RandomNumberGenerator.GetHexString(48));

    private static SigningKey? KeyOf(string? secret) => secret is null ? null : new(secret);

    private static PlainTextApiKey? ApiKeyOf(string? key) => key is null ? null : new(Encoding.UTF8.GetBytes(key));
}
