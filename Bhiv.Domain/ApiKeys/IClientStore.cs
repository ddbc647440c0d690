using Bhiv.Domain.Audit;

namespace Bhiv.Domain.ApiKeys;

/// <summary>Persists clients. As of <see cref="IApiKeyStore"/>, a change is committed with its record, and takes no cancellation.</summary>
public interface IClientStore
{
    /// <summary>By id.</summary>
    Task<IReadOnlyList<Client>> ListAsync(CancellationToken cancellationToken);

    Task<Client?> FindAsync(ClientId id, CancellationToken cancellationToken);

    /// <summary>False: the id is taken.</summary>
    Task<bool> TryAddAsync(Client client, AuditEvent recorded);

    /// <summary>
    /// From now on none of its keys is good, and its sessions are ended. Null: there is no such client, or it is disabled.
    /// </summary>
    /// <returns>How many sessions were ended.</returns>
    Task<int?> TryDisableAsync(ClientId id, AuditEvent recorded);

    /// <summary>Its keys are good again; sessions that were ended stay so. False: there is no such client, or it is not disabled.</summary>
    Task<bool> TryEnableAsync(ClientId id, AuditEvent recorded);
}
