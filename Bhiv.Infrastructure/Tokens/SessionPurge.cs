using Bhiv.Domain.Tokens;
using Bhiv.Infrastructure.Database;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Bhiv.Infrastructure.Tokens;

internal sealed class SessionPurge(
    ISessionStore sessions, IHostApplicationLifetime host, TimeProvider time, ILogger<SessionPurge> logger)
    : Purge("dead sessions", host, time, logger)
{
    protected override Task<int> PurgeAsync(DateTimeOffset now, int batch, CancellationToken cancellationToken) =>
        sessions.PurgeAsync(now, batch, cancellationToken);
}
