using Bhiv.Domain;
using Bhiv.Domain.ApiKeys;
using Bhiv.Domain.Rotation;
using Bhiv.Domain.SigningKeys;
using Microsoft.Extensions.Logging;

namespace Bhiv.Application.Rotation;

/// <summary>
/// The keys that the environment names, of both kinds. They are good from the moment on when they stand there; when each was first seen is
/// kept, so that its age is known.
/// </summary>
public sealed class EnvironmentSecrets(
    SigningKeyRing ring,
    IApiKeys apiKeys,
    ISigningKeyStore signingKeyStore,
    IApiKeyStore apiKeyStore,
    ApiKeyOptions policy,
    TimeProvider time,
    ILogger<EnvironmentSecrets> logger)
{
    /// <summary>Takes what the environment says now. False: none of its signing keys could sign, and nothing was taken.</summary>
    public bool TryApply(SigningKeySet signingKeys, EnvironmentApiKeys environment)
    {
        if (!ring.TryReplace(signingKeys)) return false;
        apiKeys.Replace(environment);
        return true;
    }

    /// <summary>Keeps when each was first seen, and tells of one that came back.</summary>
    /// <exception cref="StoreUnavailableException">Nothing was kept; they are good all the same.</exception>
    public async Task RememberAsync(SigningKeySet signingKeys, EnvironmentApiKeys environment, CancellationToken cancellationToken)
    {
        var now = time.Now();
        await signingKeyStore.SeeAsync(signingKeys, now, cancellationToken);
        var known = await apiKeyStore.SeeAsync(
            [.. environment.All.Select(key => ApiKey.FromEnvironment(key, policy.BootstrapScopes, now))], cancellationToken);

        var records = await signingKeyStore.ListAsync(cancellationToken);
        var active = records.Single(record => record.Id == signingKeys.Active.Id);
        if (active.HasReturned(records)) logger.SecretReturned(SecretAge.JwtSecret, active.Id, active.FirstSeenAt);

        var current = known.Single(key => key.Id == environment.Current.KnownAs);
        if (current.IsOfEnvironment && known.Any(key => key is { IsOfEnvironment: true, RevokedAt: null } && key.CreatedAt > current.CreatedAt))
            logger.SecretReturned(SecretAge.EnvironmentApiKey, current.Id.Value, current.CreatedAt);
        if (current.RevokedAt is not null) logger.RevokedKeyConfigured(SecretAge.EnvironmentApiKey);
    }
}
