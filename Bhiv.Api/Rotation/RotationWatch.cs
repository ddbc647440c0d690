using Bhiv.Application.Rotation;
using Bhiv.Domain;
using Bhiv.Domain.Monitoring;
using Bhiv.Domain.Rotation;

namespace Bhiv.Api.Rotation;

/// <summary>
/// Looks each minute at how old the secrets are: metrics and health tell of it at any time, the log when a warning is due. Nothing stops
/// working for it.
/// </summary>
internal sealed class RotationWatch(RotationReport report, BhivMetrics metrics, TimeProvider time, ILogger<RotationWatch> logger)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Reminder = TimeSpan.FromDays(1);

    private readonly Dictionary<string, (int Days, DateTimeOffset At)> told = [];
    private volatile IReadOnlyList<SecretAge> secrets = [];

    /// <summary>Each secret in use, as of the last look.</summary>
    public IReadOnlyList<SecretAge> Secrets => secrets;

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        metrics.ObserveSecrets(() => secrets, time.Now);
        return base.StartAsync(cancellationToken);
    }

    /// <summary>Due before anything is served, so that nobody asks before the first look.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        secrets = await report.ListAsync(cancellationToken);
        var now = time.Now();
        foreach (var secret in secrets)
        {
            if (secret.Warning(now) is { } days && IsDue(secret.Id, days, now)) Tell(secret, now);
        }
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => time.EachAsync(Interval, TryLookAsync, stoppingToken);

    private async Task TryLookAsync(CancellationToken cancellationToken)
    {
        try
        {
            await LookAsync(cancellationToken);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            // Who needs the database more says so; what was seen a minute ago is as good. Whatever it was, a fault that left here would
            // stop the service.
        }
    }

    /// <summary>Once for each warning, and of what is overdue once a day.</summary>
    private bool IsDue(string id, int days, DateTimeOffset now)
    {
        if (told.TryGetValue(id, out var last) && last.Days <= days && (days > 0 || now - last.At < Reminder)) return false;
        told[id] = (days, now);
        return true;
    }

    private void Tell(SecretAge secret, DateTimeOffset now)
    {
        var (age, left) = ((int)secret.Age(now).TotalDays, secret.Left(now)!.Value);
        if (left > TimeSpan.Zero) logger.SecretDue(secret.Name, secret.Id, secret.Client?.Value, age, (int)Math.Ceiling(left.TotalDays));
        else logger.SecretOverdue(secret.Name, secret.Id, secret.Client?.Value, age, (int)Math.Floor(-left.TotalDays));
    }
}
