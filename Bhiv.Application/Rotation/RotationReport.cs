using Bhiv.Domain;
using Bhiv.Domain.ApiKeys;
using Bhiv.Domain.Rotation;
using Bhiv.Domain.SigningKeys;

namespace Bhiv.Application.Rotation;

/// <summary>How old each secret is that is in use.</summary>
public sealed class RotationReport(
    SigningKeyRing ring,
    ISigningKeyStore signingKeys,
    IApiKeys apiKeys,
    IApiKeyStore apiKeyStore,
    SigningKeyOptions signingKeyPolicy,
    ApiKeyOptions apiKeyPolicy,
    TimeProvider time)
{
    public async Task<IReadOnlyList<SecretAge>> ListAsync(CancellationToken cancellationToken)
    {
        var now = time.Now();
        var records = (await signingKeys.ListAsync(cancellationToken)).ToDictionary(record => record.Id);
        var keys = await apiKeyStore.ListGoodAsync(now, cancellationToken);
        return [.. OfSigningKeys(records, now), .. keys.Where(IsInUse).Select(OfApiKey)];
    }

    private IEnumerable<SecretAge> OfSigningKeys(Dictionary<string, SigningKeyRecord> records, DateTimeOffset now)
    {
        var (active, previous, next) = ring.Configured;
        foreach (var (name, key) in new[]
        {
            (SecretAge.JwtSecret, active), (SecretAge.JwtSecretPrevious, previous), (SecretAge.JwtSecretNext, next),
        })
        {
            if (key is null) continue;
            // Not yet seen by the store: the database did not answer when it came.
            var record = records.GetValueOrDefault(key.Id) ?? new SigningKeyRecord { Id = key.Id, FirstSeenAt = now };
            yield return new SecretAge(
                name, key.Id, Client: null, record.FirstSeenAt, name == SecretAge.JwtSecretPrevious ? null : record.RotateBy(signingKeyPolicy));
        }
    }

    private bool IsInUse(ApiKey key) => !key.IsOfEnvironment || apiKeys.NameOf(key.Id) is not null;

    private SecretAge OfApiKey(ApiKey key) => new(
        apiKeys.NameOf(key.Id) ?? SecretAge.ApiKey,
        key.Id.Value,
        key.ClientId,
        key.CreatedAt,
        // One that was rotated has been replaced, and so has the environment's previous one.
        key.ReplacedBy is not null || apiKeys.NameOf(key.Id) == SecretAge.EnvironmentApiKeyPrevious ? null : key.RotateBy(apiKeyPolicy));
}
