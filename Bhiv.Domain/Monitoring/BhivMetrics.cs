using System.Diagnostics.Metrics;
using Bhiv.Domain.ApiKeys;
using Bhiv.Domain.Audit;
using Bhiv.Domain.Rotation;
using Bhiv.Domain.Tokens;

namespace Bhiv.Domain.Monitoring;

/// <summary>
/// Everything of ours that is counted and measured, each instrument once. A label is one of a closed set or a client that has been
/// known by its key: whatever is sent, nothing grows. Any thread may tell it anything.
/// </summary>
public sealed class BhivMetrics : IDisposable
{
    public const string MeterName = "Bhiv";

    private const string Outcome = "outcome";
    private const string Reason = "reason";
    private const string Table = "table";
    private const string None = "none";

    private static readonly FailedLoginReason[] LoginRefusals =
    [
        FailedLoginReason.UnknownAccount, FailedLoginReason.WrongPassword, FailedLoginReason.AccountDisabled,
        FailedLoginReason.ExpiredPassword, FailedLoginReason.PublishedPassword,
        FailedLoginReason.AccountChanged, FailedLoginReason.Throttled,
    ];

    private static readonly string[] RefreshOutcomes = ["rotated", "retried", "reused", "invalid", "expired", "revoked"];

    private readonly Meter meter = new(MeterName);
    private readonly Counter<long> logins;
    private readonly Counter<long> refreshes;
    private readonly Counter<long> tokensIssued;
    private readonly Counter<long> revocations;
    private readonly Counter<long> accepted;
    private readonly Counter<long> refused;
    private readonly Counter<long> rateLimited;
    private readonly Counter<long> failedLogins;
    private readonly Counter<long> folded;
    private readonly Counter<long> logLinesDropped;
    private readonly Histogram<double> hashDuration;
    private readonly UpDownCounter<long> hashQueue;
    private readonly Counter<long> hashesRejected;
    private readonly Gauge<long> hashInfo;
    private readonly Gauge<long> sessions;
    private readonly Gauge<double> purgeRun;
    private readonly Counter<long> purged;
    private readonly Histogram<double> laneWait;
    private readonly Gauge<long> build;

    public BhivMetrics()
    {
        logins = meter.CreateCounter<long>("bhiv.logins", "{login}", "Logins, by outcome and reason.");
        refreshes = meter.CreateCounter<long>("bhiv.refreshes", "{refresh}", "Presented refresh tokens, by what became of them.");
        tokensIssued = meter.CreateCounter<long>("bhiv.tokens.issued", "{token}", "New tokens, by type.");
        revocations = meter.CreateCounter<long>(
            "bhiv.revocations", "{revocation}", "Sessions, and accounts with all their sessions, that this process ended, by reason.");
        accepted = meter.CreateCounter<long>(
            "bhiv.credentials.accepted", "{credential}", "API keys and access tokens that were good, by client.");
        refused = meter.CreateCounter<long>(
            "bhiv.credentials.refused", "{credential}", "API keys and access tokens that were missing or refused, by code.");
        rateLimited = meter.CreateCounter<long>(
            "bhiv.rate_limited", "{request}", "Requests beyond the rate limit, by who made them.");
        failedLogins = meter.CreateCounter<long>("bhiv.failed_logins", "{attempt}", "Attempts in the log of failed logins, by reason.");
        folded = meter.CreateCounter<long>(
            "bhiv.failed_logins.folded", "{attempt}", "Attempts that became no row of their own but a count in one.");
        logLinesDropped = meter.CreateCounter<long>(
            "bhiv.log_lines.dropped", "{line}", "Lines of the log that its reader was too slow to take.");
        hashDuration = meter.CreateHistogram(
            "bhiv.password_hash.duration", "s", "Time to compute a password hash, without the wait for a place.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.005, 0.01, 0.02, 0.03, 0.05, 0.1, 0.2, 0.5, 1, 2] });
        hashQueue = meter.CreateUpDownCounter<long>(
            "bhiv.password_hash.queue", "{hash}", "Password hashes that wait for a place.");
        hashesRejected = meter.CreateCounter<long>(
            "bhiv.password_hash.rejected", "{hash}", "Password hashes that found no place in time: their callers got 503.");
        hashInfo = meter.CreateGauge<long>("bhiv.password_hash.info", null, "Always 1; what new password hashes are made with.");
        sessions = meter.CreateGauge<long>("bhiv.sessions.live", "{session}", "Sessions that can be refreshed, counted each minute.");
        purgeRun = meter.CreateGauge<double>(
            "bhiv.purge.last_run.timestamp", "s", "When dead rows were last purged to the end, or the purge was started, since 1970.");
        purged = meter.CreateCounter<long>("bhiv.purge.rows", "{row}", "Dead rows that were deleted.");
        laneWait = meter.CreateHistogram(
            "bhiv.write_lane.wait", "s", "Time that a write waited for the writes of this process before it.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.0001, 0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5] });
        build = meter.CreateGauge<long>("bhiv.build.info", null, "Always 1; which build this is.");
    }

    /// <summary>
    /// Begins every series whose labels are known beforehand, so that the first event of a kind is an increase. Due once, when
    /// somebody listens.
    /// </summary>
    /// <param name="version">Of this build.</param>
    /// <param name="refusalCodes">What an API key and what an access token can be refused with.</param>
    public void Begin(string version, IReadOnlyDictionary<string, IReadOnlyList<string>> refusalCodes)
    {
        build.Record(1, Tag("version", version));
        logins.Add(0, Tag(Outcome, "succeeded"), Tag(Reason, None));
        foreach (var reason in LoginRefusals) logins.Add(0, Tag(Outcome, "refused"), Tag(Reason, EnumText.Of(reason)));
        foreach (var outcome in RefreshOutcomes) refreshes.Add(0, Tag(Outcome, outcome));
        foreach (var type in new[] { "access", "refresh" }) tokensIssued.Add(0, Tag("type", type));
        foreach (var reason in Enum.GetValues<RevocationReason>())
        {
            foreach (var target in new[] { "session", "account" })
                revocations.Add(0, Tag(Reason, EnumText.Of(reason)), Tag("target", target));
        }
        foreach (var reason in Enum.GetValues<FailedLoginReason>()) failedLogins.Add(0, Tag(Reason, EnumText.Of(reason)));
        folded.Add(0);
        foreach (var caller in new[] { "client", "unknown" }) rateLimited.Add(0, Tag("caller", caller));
        logLinesDropped.Add(0);
        hashQueue.Add(0);
        hashesRejected.Add(0);
        foreach (var (credential, codes) in refusalCodes)
        {
            foreach (var code in codes) refused.Add(0, Tag("credential", credential), Tag("code", code));
        }
    }

    public void LoginSucceeded()
    {
        logins.Add(1, Tag(Outcome, "succeeded"), Tag(Reason, None));
        PairIssued();
    }

    public void LoginRefused(FailedLoginReason reason) =>
        logins.Add(1, Tag(Outcome, "refused"), Tag(Reason, EnumText.Of(reason)));

    public void RefreshRotated()
    {
        refreshes.Add(1, Tag(Outcome, "rotated"));
        PairIssued();
    }

    public void RefreshRetried() => refreshes.Add(1, Tag(Outcome, "retried"));

    /// <param name="outcome"><c>invalid</c>, <c>expired</c>, <c>revoked</c> or <c>reused</c>.</param>
    public void RefreshRefused(string outcome) => refreshes.Add(1, Tag(Outcome, outcome));

    public void SessionRevoked(RevocationReason reason) =>
        revocations.Add(1, Tag(Reason, EnumText.Of(reason)), Tag("target", "session"));

    /// <param name="count">How many ended together.</param>
    public void SessionsRevoked(RevocationReason reason, int count) =>
        revocations.Add(count, Tag(Reason, EnumText.Of(reason)), Tag("target", "session"));

    public void AccountSessionsRevoked(RevocationReason reason) =>
        revocations.Add(1, Tag(Reason, EnumText.Of(reason)), Tag("target", "account"));

    public void CredentialAccepted(string credential, ClientId client) =>
        accepted.Add(1, Tag("credential", credential), Tag("client", client.Value));

    /// <param name="code">Of the closed set of refusals.</param>
    public void CredentialRefused(string credential, string code) =>
        refused.Add(1, Tag("credential", credential), Tag("code", code));

    /// <param name="isClient">Whether a good API key came with it.</param>
    public void RateLimited(bool isClient) => rateLimited.Add(1, Tag("caller", isClient ? "client" : "unknown"));

    /// <param name="isFolded">Whether it joined a row that was there.</param>
    public void FailedLoginLogged(FailedLoginReason reason, bool isFolded)
    {
        failedLogins.Add(1, Tag(Reason, EnumText.Of(reason)));
        if (isFolded) folded.Add(1);
    }

    public void LogLineDropped() => logLinesDropped.Add(1);

    public void PasswordHashQueued() => hashQueue.Add(1);

    public void PasswordHashUnqueued() => hashQueue.Add(-1);

    public void PasswordHashRejected() => hashesRejected.Add(1);

    public void PasswordHashed(TimeSpan duration) => hashDuration.Record(duration.TotalSeconds);

    public void PasswordHashParametersSet(string algorithm, int memoryKibibytes, int passes) =>
        hashInfo.Record(1, Tag("algorithm", algorithm), new("memory_kib", memoryKibibytes), new("passes", passes));

    public void SessionsCounted(long live) => sessions.Record(live);

    /// <summary>Until a run comes to its end: a series that is not there is older than nothing.</summary>
    public void PurgeStarted(string table, DateTimeOffset at) => PurgeEnded(table, at);

    public void PurgeEnded(string table, DateTimeOffset at) =>
        purgeRun.Record(at.ToUnixTimeMilliseconds() / 1000.0, Tag(Table, table));

    public void RowsPurged(string table, int rows) => purged.Add(rows, Tag(Table, table));

    public void WriteWaited(TimeSpan duration) => laneWait.Record(duration.TotalSeconds);

    /// <summary>Asked whenever the metrics are read.</summary>
    /// <param name="size">How many sessions and cutoffs are held as revoked.</param>
    /// <param name="lag">How long ago the last good read of what others revoked began.</param>
    public void ObserveRevocations(Func<int> size, Func<TimeSpan> lag)
    {
        meter.CreateObservableGauge(
            "bhiv.revocation_set.size", size, "{revocation}", "Sessions and cutoffs that access tokens are judged by.");
        meter.CreateObservableGauge(
            "bhiv.revocation_feed.lag", () => lag().TotalSeconds, "s", "Time since what other processes revoked was last read.");
    }

    /// <summary>Asked whenever the metrics are read.</summary>
    /// <param name="ages">The secrets that are in use.</param>
    public void ObserveSecrets(Func<IEnumerable<SecretAge>> ages, Func<DateTimeOffset> now)
    {
        meter.CreateObservableGauge(
            "bhiv.secret.age",
            () => ages().Select(secret => new Measurement<double>(secret.Age(now()).TotalSeconds, TagsOf(secret))),
            "s",
            "How old a secret is that is in use.");
        meter.CreateObservableGauge(
            "bhiv.secret.time_left",
            () => ages().Where(secret => secret.RotateBy is not null)
                .Select(secret => new Measurement<double>(secret.Left(now())!.Value.TotalSeconds, TagsOf(secret))),
            "s",
            "Time by which a secret shall be replaced; negative when it is overdue.");

        static KeyValuePair<string, object?>[] TagsOf(SecretAge secret) =>
            [Tag("secret", secret.Name), Tag("id", secret.Id), Tag("client", secret.Client?.Value ?? string.Empty)];
    }

    public void Dispose() => meter.Dispose();

    private static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);

    private void PairIssued()
    {
        tokensIssued.Add(1, Tag("type", "access"));
        tokensIssued.Add(1, Tag("type", "refresh"));
    }
}
