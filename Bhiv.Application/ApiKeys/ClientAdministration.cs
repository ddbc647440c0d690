using Bhiv.Domain;
using Bhiv.Domain.ApiKeys;
using Bhiv.Domain.Audit;
using Microsoft.Extensions.Logging;

namespace Bhiv.Application.ApiKeys;

/// <summary>Makes, disables and enables clients for whoever runs the service.</summary>
public sealed class ClientAdministration(IClientStore clients, TimeProvider time, ILogger<ClientAdministration> logger)
{
    public Task<IReadOnlyList<Client>> ListAsync(CancellationToken cancellationToken) => clients.ListAsync(cancellationToken);

    /// <summary>Null: the id is taken.</summary>
    public async Task<Client?> TryCreateAsync(ClientId id, Author by)
    {
        var now = time.Now();
        var client = new Client { Id = id, CreatedAt = now };
        if (!await clients.TryAddAsync(client, AuditEvent.OfClient(AuditEventKind.ClientCreated, id, by, now))) return null;
        logger.ClientCreated(id.Value, by.Name);
        return client;
    }

    /// <summary>
    /// From now on none of its keys is good, and its sessions are ended. Null: there is no such client, or it is disabled.
    /// </summary>
    /// <returns>How many sessions were ended.</returns>
    public async Task<int?> DisableAsync(ClientId id, Author by)
    {
        var ended = await clients.TryDisableAsync(id, AuditEvent.OfClient(AuditEventKind.ClientDisabled, id, by, time.Now()));
        if (ended is not null) logger.ClientDisabled(id.Value, by.Name, ended.Value);
        return ended;
    }

    /// <summary>Its keys are good again. False: there is no such client, or it is not disabled.</summary>
    public async Task<bool> EnableAsync(ClientId id, Author by)
    {
        var enabled = await clients.TryEnableAsync(id, AuditEvent.OfClient(AuditEventKind.ClientEnabled, id, by, time.Now()));
        if (enabled) logger.ClientEnabled(id.Value, by.Name);
        return enabled;
    }
}
