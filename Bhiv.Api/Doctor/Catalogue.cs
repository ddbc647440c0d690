using System.Reflection;
using static Bhiv.Api.Doctor.Severity;

namespace Bhiv.Api.Doctor;

/// <summary>Everything that can be found: a closed set.</summary>
internal static class Catalogue
{
    public static readonly FindingKind ConfigurationRefused = new("configuration_refused", Error, "No server starts before it is mended.");
    public static readonly FindingKind ConfigurationTaken = new("configuration_taken", Ok, null);
    public static readonly FindingKind ConfigurationDevelopment = new(
        "configuration_development", Note, "Anywhere but on your own machine, run the published build without ASPNETCORE_ENVIRONMENT.");
    public static readonly FindingKind SettingsGiven = new("settings_given", Ok, null);

    public static readonly FindingKind SecretGood = new("secret_good", Ok, null);
    public static readonly FindingKind SecretPublished = new("secret_published", Note, "`secrets new` makes another.");
    public static readonly FindingKind SecretUnseen = new("secret_unseen", Note, "Its age counts from the next start of a server.");
    public static readonly FindingKind SecretDue = new("secret_due", Warning, "Replace it as RUNBOOK.md says: Replacing secrets in time.");
    public static readonly FindingKind SecretOverdue = new("secret_overdue", Error, "Replace it as RUNBOOK.md says: Replacing secrets in time.");
    public static readonly FindingKind SecretShared = new("secret_shared", Warning, "Give each its own: who holds one must not hold the other.");
    public static readonly FindingKind SecretFileOpen = new("secret_file_open", Warning, "chmod go= the file, if it is the service's alone.");

    public static readonly FindingKind SigningKeySigns = new("signing_key_signs", Ok, null);
    public static readonly FindingKind SigningKeyCompromised = new(
        "signing_key_compromised", Error, "Replace the secret, and tell each process: JWT_SECRET=$(openssl rand -hex 32)");
    public static readonly FindingKind SigningKeyUseless = new("signing_key_useless", Warning, "Take the variable away, or give it another secret.");
    public static readonly FindingKind SigningKeyReturned = new(
        "signing_key_returned", Warning, "If a rollback brought it back, bring the newer one in again: it is the one to sign.");
    public static readonly FindingKind SigningKeyAnnounced = new(
        "signing_key_announced", Note, "Once every process has it, let it sign: RUNBOOK.md, Replacing secrets in time.");
    public static readonly FindingKind PreviousKeyNeeded = new("previous_signing_key_needed", Note, "Keep it until then.");
    public static readonly FindingKind PreviousKeyUnneeded = new("previous_signing_key_unneeded", Note, "Take JWT_SECRET_PREVIOUS away.");
    public static readonly FindingKind SessionsOrphaned = new(
        "sessions_orphaned", Warning, "Put the secret back as JWT_SECRET_PREVIOUS until they have expired, or let their owners log in again.");

    public static readonly FindingKind AccountPublished = new(
        "account_published", Error, "`accounts reset-password` gives it another; before, no server starts.");

    public static readonly FindingKind ApiKeyRefused = new("api_key_refused", Error, "Give it another key: API_KEY=$(openssl rand -hex 24)");
    public static readonly FindingKind ApiKeyReturned = new(
        "api_key_returned", Warning, "If a rollback brought it back, bring the newer one in again.");
    public static readonly FindingKind PreviousApiKeyNeeded = new("previous_api_key_needed", Note, "Keep it until then.");
    public static readonly FindingKind PreviousApiKeyUnneeded = new("previous_api_key_unneeded", Note, "Take API_KEY_PREVIOUS away.");
    public static readonly FindingKind StoredKeysGood = new("stored_keys_good", Ok, null);
    public static readonly FindingKind StoredKeyDue = new("stored_key_due", Warning, "`keys rotate` makes the next one; give it to the client in time.");
    public static readonly FindingKind StoredKeyOverdue = new(
        "stored_key_overdue", Error, "`keys create` makes another; `keys revoke` if the client is gone.");
    public static readonly FindingKind BootstrapScopesWide = new(
        "bootstrap_scopes_wide", Note, "Narrow ApiKeys:BootstrapScopes to what is still done with API_KEY.");

    public static readonly FindingKind DatabaseGood = new("database_good", Ok, null);
    public static readonly FindingKind DatabaseMissing = new(
        "database_missing", Warning, "A server makes one at its start. If there should be one, BHIV_DATA is wrong.");
    public static readonly FindingKind DatabaseUnreadable = new(
        "database_unreadable", Error, "Run as the service's account, on the directory of the server's; or restore a backup.");
    public static readonly FindingKind DatabaseBusy = new(
        "database_busy", Warning, "Ask again. If it stays, find out which process holds it, or start a server, which mends what a crash left.");
    public static readonly FindingKind DatabaseForeign = new("database_foreign", Error, "Set BHIV_DATA to the directory of the server's.");
    public static readonly FindingKind DatabaseDamaged = new("database_damaged", Error, "Stop the servers and restore a backup: RUNBOOK.md, Back up and restore.");
    public static readonly FindingKind DatabaseNewer = new("database_newer", Error, "Run the build that wrote it, or restore a backup.");
    public static readonly FindingKind DatabaseOlder = new(
        "database_older", Warning, "Stop the servers and back it up; then `migrate`, or the start of a server, brings it up.");
    public static readonly FindingKind DatabaseNotDurable = new(
        "database_not_durable", Warning, "A server corrects it at its start, or refuses: it wants a local file system.");
    public static readonly FindingKind DatabaseFileOpen = new(
        "database_file_open", Warning, "chmod 600 the file; a server does so at its start. Who reads it can guess at passwords.");
    public static readonly FindingKind DirectoryReadOnly = new(
        "directory_read_only", Error, "Give the directory to the account that runs the service: SQLite makes files beside the database.");
    public static readonly FindingKind DirectoryWritable = new(
        "directory_writable", Warning, "chmod go-w the directory: who writes there can put another database in the place of this one.");
    public static readonly FindingKind DirectoryEnterable = new("directory_enterable", Note, "chmod 700 the directory, if it is the service's alone.");
    public static readonly FindingKind DiskLow = new("disk_low", Warning, "Make room: on a full disk nobody can log in.");

    public static readonly FindingKind ClockGood = new("clock_good", Ok, null);
    public static readonly FindingKind ClockBehind = new(
        "clock_behind", Warning, "Set the clock, by NTP: what is issued now seems to come from the past, and what has expired lives on.");

    public static readonly FindingKind AddressGood = new("address_good", Ok, null);
    public static readonly FindingKind AddressPlain = new(
        "address_plain", Warning, "Listen on loopback behind a TLS proxy, or on https://.");
    public static readonly FindingKind SentryOn = new("sentry_on", Ok, null);
    public static readonly FindingKind SentryOff = new("sentry_off", Note, "Set SENTRY_DSN to be told of faults and attacks.");
    public static readonly FindingKind CollectorOn = new("collector_on", Ok, null);
    public static readonly FindingKind CollectorOff = new("collector_off", Note, "Set OTEL_EXPORTER_OTLP_ENDPOINT if there is a collector.");

    public static IReadOnlyList<FindingKind> All { get; } =
    [
        .. typeof(Catalogue).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => field.GetValue(null)).OfType<FindingKind>(),
    ];
}
