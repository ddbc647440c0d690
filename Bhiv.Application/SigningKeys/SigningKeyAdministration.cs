using Bhiv.Domain;
using Bhiv.Domain.Audit;
using Bhiv.Domain.SigningKeys;
using Microsoft.Extensions.Logging;

namespace Bhiv.Application.SigningKeys;

/// <summary>Takes signing keys back for whoever runs the service.</summary>
public sealed class SigningKeyAdministration(
    ISigningKeyStore keys, TimeProvider time, ILogger<SigningKeyAdministration> logger)
{
    /// <summary>
    /// Refuses every token of the key for ever, whatever any environment says later. False: it has been before.
    /// </summary>
    public async Task<bool> MarkCompromisedAsync(string id, Author by)
    {
        if (!await keys.TryMarkCompromisedAsync(id, AuditEvent.OfCompromised(id, by, time.Now()))) return false;
        logger.SigningKeyCompromised(id, by.Name);
        return true;
    }
}
