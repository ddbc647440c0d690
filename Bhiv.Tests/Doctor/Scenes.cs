using System.Runtime.Versioning;
using Bhiv.Api.Doctor;
using Bhiv.Application.Accounts;
using Bhiv.Application.ApiKeys;
using Bhiv.Application.SigningKeys;
using Bhiv.Domain.Accounts;
using Bhiv.Domain.ApiKeys;
using Bhiv.Domain.Audit;
using Bhiv.Domain.SigningKeys;
using Bhiv.Infrastructure.Database;
using Bhiv.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Bhiv.Tests.Doctor;

/// <summary>What has to be the case for each finding to be found, by its id.</summary>
[UnsupportedOSPlatform("windows")]
internal static class Scenes
{
    private static readonly Author By = new("test");

    public static readonly IReadOnlyDictionary<string, Func<Scene, Task>> All = new Dictionary<string, Func<Scene, Task>>
    {
        ["configuration_refused"] = Set(it => it.Remove("API_KEY"), it => it["DATABASE_URL"] = "postgres://localhost/bhiv"),
        ["configuration_taken"] = scene => scene.ServeAsync(),
        ["configuration_development"] = scene => Given(scene, "--environment=Development"),
        ["settings_given"] = scene => Given(scene, "--Tokens:RefreshLeeway=00:00:30", "--Health:DrainDelay=00:00:00"),

        ["secret_good"] = async scene =>
        {
            await scene.ServeAsync();
            scene.Environment["JWT_SECRET_PREVIOUS"] = Scene.OtherSecret;
            scene.Clock.Advance(TimeSpan.FromDays(1));
            await scene.ServeAsync();
            scene.Clock.Advance(TimeSpan.FromDays(12));
            await PutInFileAsync(scene, "DEMO_PASSWORD", UnixFileMode.UserRead);
        },
        ["secret_published"] = async scene =>
        {
            await Given(scene, "--environment=Development");
            foreach (var name in new[] { "JWT_SECRET", "API_KEY", "DEMO_PASSWORD" }) scene.Environment.Remove(name);
        },
        ["secret_unseen"] = ServedThen(it => it["JWT_SECRET_NEXT"] = Scene.OtherSecret),
        ["secret_due"] = scene => ServedDaysAgoAsync(scene, 20),
        ["secret_overdue"] = scene => ServedDaysAgoAsync(scene, 91),
        ["secret_shared"] = async scene =>
        {
            await Given(scene, "--environment=Development");
            scene.Environment["API_KEY"] = Scene.Secret;
        },
        ["secret_file_open"] = scene => PutInFileAsync(scene, "JWT_SECRET", UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead),

        ["signing_key_signs"] = scene => scene.ServeAsync(),
        ["signing_key_compromised"] = scene => scene.ServeAsync(service => MarkAsync(service, Scene.Secret)),
        ["signing_key_useless"] = async scene =>
        {
            await scene.ServeAsync(service => MarkAsync(service, Scene.OtherSecret));
            scene.Environment["JWT_SECRET_PREVIOUS"] = Scene.OtherSecret;
        },
        ["signing_key_returned"] = async scene =>
        {
            await RotateSigningKeyAsync(scene);
            scene.Environment["JWT_SECRET"] = Scene.Secret;
            scene.Environment.Remove("JWT_SECRET_PREVIOUS");
        },
        ["signing_key_announced"] = ServedThen(it => it["JWT_SECRET_NEXT"] = Scene.OtherSecret),
        ["previous_signing_key_needed"] = scene => RotateSigningKeyAsync(scene),
        ["previous_signing_key_unneeded"] = async scene =>
        {
            await RotateSigningKeyAsync(scene);
            scene.Clock.Advance(TimeSpan.FromDays(7));
        },
        ["sessions_orphaned"] = async scene =>
        {
            await scene.ServeAsync(LogInAsync);
            scene.Environment["JWT_SECRET"] = Scene.OtherSecret;
        },

        ["account_published"] = scene => scene.ServeAsync(async service => await service.Services.GetRequiredService<AccountAdministration>()
            .TryCreateAsync(AccountName.Of("guest"), PlainTextPassword.Of("bhiv2024"), [Role.Admin], By, CancellationToken.None)),
        ["api_key_refused"] = scene => scene.ServeAsync(async service => await service.Services.GetRequiredService<ApiKeyAdministration>()
            .RevokeAsync(new PlainTextApiKey(System.Text.Encoding.UTF8.GetBytes(Scene.ApiKey)).Fingerprint, By)),
        ["api_key_returned"] = async scene =>
        {
            await RotateApiKeyAsync(scene);
            scene.Environment["API_KEY"] = Scene.ApiKey;
            scene.Environment.Remove("API_KEY_PREVIOUS");
        },
        ["previous_api_key_needed"] = scene => RotateApiKeyAsync(scene),
        ["previous_api_key_unneeded"] = async scene =>
        {
            await RotateApiKeyAsync(scene);
            scene.Clock.Advance(TimeSpan.FromDays(8));
        },
        ["stored_keys_good"] = scene => WithStoredKeyAsync(scene, days: 0),
        ["stored_key_due"] = scene => WithStoredKeyAsync(scene, days: 20),
        ["stored_key_overdue"] = scene => WithStoredKeyAsync(scene, days: 30),
        ["bootstrap_scopes_wide"] = scene => WithStoredKeyAsync(scene, days: 0),

        ["database_good"] = scene => scene.ServeAsync(),
        ["database_missing"] = _ => Task.CompletedTask,
        ["database_unreadable"] = scene => PutDatabaseAsync(scene, new string('x', 5000)),
        ["database_busy"] = async scene =>
        {
            // As a crash or a careless copy leaves it.
            await scene.ServeAsync();
            await File.WriteAllTextAsync(scene.Database + "-wal", "");
        },
        ["database_foreign"] = scene =>
        {
            Directory.CreateDirectory(scene.DataDirectory);
            scene.Execute("CREATE TABLE notes (text TEXT)");
            return Task.CompletedTask;
        },
        ["database_damaged"] = async scene =>
        {
            await scene.ServeAsync();
            await using var file = File.OpenWrite(scene.Database);
            // The leaves of an index, and nothing that is read before it is checked.
            file.Position = 4096 * 6;
            await file.WriteAsync(new byte[4096 * 2]);
        },
        ["database_newer"] = async scene =>
        {
            await scene.ServeAsync();
            scene.Execute("INSERT INTO __EFMigrationsHistory VALUES ('99990101000000_Later', '99.0.0')");
        },
        ["database_older"] = scene => scene.ServeAsync(async service =>
        {
            await using var context = await service.Services.GetRequiredService<IDbContextFactory<SqliteBhivDbContext>>().CreateDbContextAsync();
            await context.Database.MigrateAsync("20261124163322_CountedFailedLogins");
        }),
        ["database_not_durable"] = async scene =>
        {
            await scene.ServeAsync();
            scene.Execute("PRAGMA journal_mode = delete");
        },
        ["database_file_open"] = async scene =>
        {
            await scene.ServeAsync();
            SetMode(scene.Database, "640");
        },
        ["directory_read_only"] = scene => scene.ServeAsync(),
        ["directory_writable"] = scene => WithDirectoryAsync(scene, "770"),
        ["directory_enterable"] = scene => WithDirectoryAsync(scene, "711"),
        ["disk_low"] = scene => scene.ServeAsync(),

        ["clock_good"] = scene => scene.ServeAsync(),
        ["clock_behind"] = async scene =>
        {
            var now = scene.Clock.GetUtcNow();
            scene.Clock.Advance(TimeSpan.FromHours(51));
            await scene.ServeAsync();
            scene.Clock.AdjustTime(now);
        },

        ["address_good"] = scene => Given(scene, "--urls=http://localhost:8001;https://0.0.0.0:8443"),
        ["address_plain"] = scene => Given(scene, "--urls=http://0.0.0.0:8000", "--Http:AllowPlain=true"),
        ["sentry_on"] = Set(it => it["SENTRY_DSN"] = "https://key@sentry.example.com/1"),
        ["sentry_off"] = _ => Task.CompletedTask,
        ["collector_on"] = Set(it => it["OTEL_EXPORTER_OTLP_ENDPOINT"] = "http://localhost:4317"),
        ["collector_off"] = _ => Task.CompletedTask,
    };

    /// <summary>What no test can bring about: a full disk, and modes that bind who runs the tests.</summary>
    public static Evidence Alter(string id, Evidence evidence) => (id, evidence.Database) switch
    {
        ("disk_low", { } database) => evidence with { Database = database with { FreeBytes = 42L << 20 } },
        ("directory_read_only", { } database) => evidence with { Database = database with { MayWriteDirectory = false } },
        _ => evidence,
    };

    public static void SetMode(string path, string octal) => File.SetUnixFileMode(path, (UnixFileMode)Convert.ToInt32(octal, 8));

    public static async Task PutInFileAsync(Scene scene, string name, UnixFileMode mode)
    {
        var file = Path.Combine(scene.Root, name);
        await File.WriteAllTextAsync(file, scene.Environment[name]);
        File.SetUnixFileMode(file, mode);
        scene.Environment.Remove(name);
        scene.Environment[name + "_FILE"] = file;
    }

    public static async Task RotateSigningKeyAsync(Scene scene)
    {
        await scene.ServeAsync(LogInAsync);
        scene.Clock.Advance(TimeSpan.FromHours(1));
        scene.Environment["JWT_SECRET"] = Scene.OtherSecret;
        scene.Environment["JWT_SECRET_PREVIOUS"] = Scene.Secret;
        await scene.ServeAsync();
    }

    private static async Task RotateApiKeyAsync(Scene scene)
    {
        await scene.ServeAsync(LogInAsync);
        scene.Clock.Advance(TimeSpan.FromHours(1));
        scene.Environment["API_KEY"] = Scene.OtherApiKey;
        scene.Environment["API_KEY_PREVIOUS"] = Scene.ApiKey;
        await scene.ServeAsync();
    }

    private static async Task WithStoredKeyAsync(Scene scene, int days)
    {
        await scene.ServeAsync(async service => scene.Masks.Add((await service.MakeKeyAsync(Scopes.Auth, "website")).Id, "aBcDeFgHiJkL"));
        scene.Clock.Advance(TimeSpan.FromDays(days));
    }

    private static async Task WithDirectoryAsync(Scene scene, string mode)
    {
        await scene.ServeAsync();
        SetMode(scene.DataDirectory, mode);
    }

    private static async Task PutDatabaseAsync(Scene scene, string text)
    {
        Directory.CreateDirectory(scene.DataDirectory);
        await File.WriteAllTextAsync(scene.Database, text);
    }

    private static async Task ServedDaysAgoAsync(Scene scene, int days)
    {
        await scene.ServeAsync();
        scene.Clock.Advance(TimeSpan.FromDays(days));
    }

    private static async Task LogInAsync(BhivService service)
    {
        var login = await service.Client.LoginAsync(password: "the kettle sang twice", apiKey: Scene.ApiKey);
        Assert.That(login.Status, Is.EqualTo(System.Net.HttpStatusCode.OK));
    }

    private static Task<bool> MarkAsync(BhivService service, string secret) =>
        service.Services.GetRequiredService<SigningKeyAdministration>().MarkCompromisedAsync(new SigningKey(secret).Id, By);

    private static Func<Scene, Task> ServedThen(Action<Dictionary<string, string>> change) => async scene =>
    {
        await scene.ServeAsync();
        change(scene.Environment);
    };

    private static Func<Scene, Task> Set(params Action<Dictionary<string, string>>[] changes) => scene =>
    {
        foreach (var change in changes) change(scene.Environment);
        return Task.CompletedTask;
    };

    private static Task Given(Scene scene, params string[] settings)
    {
        scene.Settings.AddRange(settings);
        return Task.CompletedTask;
    }
}
