using Bhiv.Domain.Monitoring;
using Bhiv.Domain.Tokens;
using Bhiv.Infrastructure.Database;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Bhiv.Infrastructure.Tokens;

internal sealed class SessionPurge(
    ISessionStore sessions, BhivMetrics metrics, IHostApplicationLifetime host, TimeProvider time, ILogger<SessionPurge> logger)
    : Purge("refresh_tokens", metrics, host, time, logger)
{
    protected override Task<int> PurgeAsync(DateTimeOffset now, int batch, CancellationToken cancellationToken) =>
        sessions.PurgeAsync(now, batch, cancellationToken);

    protected override async Task CountAsync(DateTimeOffset now, CancellationToken cancellationToken) =>
        Metrics.SessionsCounted(await sessions.CountLiveAsync(now, cancellationToken));
}
