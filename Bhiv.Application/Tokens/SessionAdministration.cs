using Bhiv.Domain;
using Bhiv.Domain.Audit;
using Bhiv.Domain.Tokens;
using Microsoft.Extensions.Logging;

namespace Bhiv.Application.Tokens;

/// <summary>Ends sessions for whoever runs the service.</summary>
public sealed class SessionAdministration(ISessionStore sessions, TimeProvider time, ILogger<SessionAdministration> logger)
{
    /// <summary>
    /// Ends every session of everybody: after a secret leaked, and after a database was restored, in which what was revoked since
    /// the backup lives again.
    /// </summary>
    /// <param name="by">Who does it, for the record.</param>
    /// <returns>How many sessions could have been refreshed.</returns>
    public async Task<long> RevokeEverythingAsync(Author by)
    {
        var ended = await sessions.RevokeEverythingAsync(AuditEvent.OfEverything(by, time.Now()));
        logger.EverySessionRevoked(by.Name, ended);
        return ended;
    }
}
