using Bhiv.Api.Health;
using Bhiv.Api.Http;
using Bhiv.Domain;
using Bhiv.Domain.Accounts;
using Bhiv.Domain.ApiKeys;
using Bhiv.Domain.SigningKeys;
using Bhiv.Domain.Throttling;
using Bhiv.Domain.Tokens;
using Bhiv.Infrastructure.Database;
using Microsoft.Extensions.Configuration.Json;

namespace Bhiv.Api.Configuration;

/// <summary>
/// Everything that this process is told, read once at start. Whatever is wrong is found here, all of it at once, and not at the
/// first login.
/// </summary>
internal sealed record Settings(
    bool Development,
    Secrets Secrets,
    SecretFiles SecretFiles,
    IReadOnlyDictionary<string, string> SecretTexts,
    SigningKeyOptions SigningKeys,
    ApiKeyOptions ApiKeys,
    TokenOptions Tokens,
    PasswordOptions Passwords,
    ThrottleOptions Throttle,
    DatabaseOptions Database,
    IReadOnlyList<string> Addresses,
    HttpOptions Http,
    HealthOptions Health,
    RateLimitOptions RateLimits,
    bool OpenApiEnabled,
    bool MetricsEnabled,
    bool OtlpEnabled,
    string? SentryDsn,
    IReadOnlyList<string> Names)
{
    /// <summary>Sections and keys of <c>appsettings.json</c> that the framework and Serilog read themselves.</summary>
    private static readonly string[] Foreign = ["Kestrel", "Serilog", "urls", "http_ports", "https_ports"];

    /// <exception cref="StartRefusedException">Something is wrong; the message lists all of it.</exception>
    public static Settings Read(
        IConfigurationRoot configuration, IReadOnlyDictionary<string, string> environment, bool development)
    {
        var failures = new List<string>();
        var settings = Read(configuration, environment, development, failures);
        return failures.Count == 0 ? settings : throw new StartRefusedException(string.Join(Environment.NewLine, failures));
    }

    /// <summary>
    /// For whoever judges them and serves nobody. In place of what is wrong stands the default; where a secret or the database is, which
    /// have none, all of the secrets and the database are missing.
    /// </summary>
    public static Settings Read(
        IConfigurationRoot configuration, IReadOnlyDictionary<string, string> environment, bool development, List<string> failures)
    {
        var signingKeys = new SectionReader(configuration, "SigningKeys", failures);
        var apiKeys = new SectionReader(configuration, "ApiKeys", failures);
        var tokens = new SectionReader(configuration, "Tokens", failures);
        var passwords = new SectionReader(configuration, "Passwords", failures);
        var throttle = new SectionReader(configuration, "Throttle", failures);
        var http = new SectionReader(configuration, "Http", failures);
        var health = new SectionReader(configuration, "Health", failures);
        var rateLimits = new SectionReader(configuration, "RateLimits", failures);
        var openApi = new SectionReader(configuration, "OpenApi", failures);
        var metrics = new SectionReader(configuration, "Metrics", failures);

        var signingKeyOptions = ReadSigningKeys(signingKeys);
        var apiKeyOptions = ReadApiKeys(apiKeys);
        var tokenOptions = ReadTokens(tokens, failures);
        var passwordOptions = ReadPasswords(passwords, development);
        var throttleOptions = ReadThrottle(throttle, development);
        var addresses = Configuration.Addresses.Read(configuration);
        var httpOptions = HttpOptions.Read(http);
        Configuration.Addresses.Judge(addresses, development, httpOptions, failures);
        var healthOptions = new HealthOptions
        {
            DrainDelay = health.Duration(
                nameof(HealthOptions.DrainDelay),
                // Nobody sends calls to a machine that is worked on, and Ctrl+C shall end it.
                development ? TimeSpan.Zero : new HealthOptions().DrainDelay, TimeSpan.Zero, TimeSpan.FromMinutes(5)),
        };
        var rateLimitOptions = new RateLimitOptions
        {
            RequestsPerMinute = rateLimits.Number(
                nameof(RateLimitOptions.RequestsPerMinute), new RateLimitOptions().RequestsPerMinute, 1, RateLimitOptions.Maximum),
        };
        var openApiEnabled = openApi.Switch("Enabled", development);
        var metricsEnabled = metrics.Switch("Enabled", true);
        SectionReader[] sections = [signingKeys, apiKeys, tokens, passwords, throttle, rateLimits, http, health, openApi, metrics];
        RefuseUnknown(configuration, sections, failures);

        var secretFiles = new SecretFiles(environment, failures);
        var secretTexts = secretFiles.Read(lastGood: null, failures);
        var secrets = Secrets.Read(secretTexts, development, passwordOptions.MinimumLength, failures);
        var database = ReadDatabase(environment, development, failures);
        var sentryDsn = ReadSentryDsn(environment, failures);
        var otlpEnabled = ReadOtlp(environment, failures);

        return new Settings(
            development, secrets!, secretFiles, secretTexts, signingKeyOptions, apiKeyOptions, tokenOptions, passwordOptions, throttleOptions, database!, addresses, httpOptions,
            healthOptions, rateLimitOptions, openApiEnabled, metricsEnabled, otlpEnabled, sentryDsn,
            [.. sections.SelectMany(section => section.Known.Select(key => $"{section.Name}:{key}"))]);
    }

    private static ApiKeyOptions ReadApiKeys(SectionReader section)
    {
        var it = new ApiKeyOptions();
        return new ApiKeyOptions
        {
            BootstrapScopes = section.Scopes(nameof(it.BootstrapScopes), it.BootstrapScopes),
            RotateAfter = section.Duration(nameof(it.RotateAfter), it.RotateAfter, TimeSpan.FromDays(1), TimeSpan.FromDays(365)),
            Overlap = section.Duration(nameof(it.Overlap), it.Overlap, TimeSpan.Zero, TimeSpan.FromDays(90)),
        };
    }

    private static SigningKeyOptions ReadSigningKeys(SectionReader section)
    {
        var it = new SigningKeyOptions();
        return new SigningKeyOptions
        {
            RotateAfter = section.Duration(nameof(it.RotateAfter), it.RotateAfter, TimeSpan.FromDays(1), TimeSpan.FromDays(365)),
        };
    }

    private static TokenOptions ReadTokens(SectionReader section, List<string> failures)
    {
        var second = TimeSpan.FromSeconds(1);
        var minute = TimeSpan.FromMinutes(1);
        var it = new TokenOptions();
        var options = new TokenOptions
        {
            AccessTokenLifetime = section.Duration(
                nameof(it.AccessTokenLifetime), it.AccessTokenLifetime, second, TimeSpan.FromHours(1)),
            RefreshTokenLifetime = section.Duration(
                nameof(it.RefreshTokenLifetime), it.RefreshTokenLifetime, second, TimeSpan.FromDays(90)),
            SessionLifetime = section.Duration(nameof(it.SessionLifetime), it.SessionLifetime, second, TimeSpan.FromDays(365)),
            RefreshLeeway = section.Duration(nameof(it.RefreshLeeway), it.RefreshLeeway, TimeSpan.Zero, minute),
            ClockSkew = section.Duration(nameof(it.ClockSkew), it.ClockSkew, TimeSpan.Zero, minute),
            MaxStaleness = section.Duration(nameof(it.MaxStaleness), it.MaxStaleness, 2 * second, 5 * minute),
            Issuer = section.Text(nameof(it.Issuer), it.Issuer, 256)!,
            Audience = section.Text(nameof(it.Audience), it.Audience, 256),
        };
        // A JWT counts whole seconds.
        foreach (var (key, lifetime) in new[]
        {
            (nameof(it.AccessTokenLifetime), options.AccessTokenLifetime),
            (nameof(it.RefreshTokenLifetime), options.RefreshTokenLifetime),
            (nameof(it.SessionLifetime), options.SessionLifetime),
        })
        {
            if (lifetime.Ticks % TimeSpan.TicksPerSecond != 0)
                failures.Add($"Tokens:{key} must be whole seconds; it is \"{lifetime}\".");
        }
        return options;
    }

    private static PasswordOptions ReadPasswords(SectionReader section, bool development)
    {
        var it = new PasswordOptions();
        return new PasswordOptions
        {
            MinimumLength = section.Number(
                nameof(it.MinimumLength), development ? 8 : it.MinimumLength, 8, PlainTextPassword.MaximumLength),
            ConcurrentHashes = section.Number(nameof(it.ConcurrentHashes), it.ConcurrentHashes, 1, 256),
        };
    }

    private static ThrottleOptions ReadThrottle(SectionReader section, bool development)
    {
        var it = new ThrottleOptions();
        return new ThrottleOptions
        {
            FreeFailures = section.Number(nameof(it.FreeFailures), development ? 20 : it.FreeFailures, 1, 100),
            FailuresPerAddress = section.Number(nameof(it.FailuresPerAddress), it.FailuresPerAddress, 1, 1_000_000),
        };
    }

    private static DatabaseOptions? ReadDatabase(
        IReadOnlyDictionary<string, string> environment, bool development, List<string> failures)
    {
        if (environment.ContainsKey("DATABASE_URL"))
            failures.Add("DATABASE_URL is set, and this build keeps its data in SQLite. Unset it and set BHIV_DATA.");
        if (environment.TryGetValue("BHIV_DATA", out var directory))
        {
            if (!string.IsNullOrWhiteSpace(directory)) return new DatabaseOptions(Path.GetFullPath(directory));
            failures.Add("BHIV_DATA is set but blank. Name the directory that shall hold the database: BHIV_DATA=/var/lib/bhiv");
            return null;
        }
        if (development) return new DatabaseOptions(Path.GetFullPath(".data"));
        failures.Add("BHIV_DATA is not set. Name the directory that shall hold the database: BHIV_DATA=/var/lib/bhiv");
        return null;
    }

    private static string? ReadSentryDsn(IReadOnlyDictionary<string, string> environment, List<string> failures)
    {
        if (!environment.TryGetValue("SENTRY_DSN", out var dsn)) return null;
        if (WebAddressOf(dsn) is { UserInfo.Length: > 0, AbsolutePath.Length: > 1 }) return dsn;
        failures.Add("SENTRY_DSN is set but is no DSN (https://KEY@HOST/PROJECT). "
            + "Copy it from the project's settings in Sentry, or unset it.");
        return null;
    }

    /// <summary>Whether there is a collector. Where, and the standard's other variables, the exporter reads itself.</summary>
    private static bool ReadOtlp(IReadOnlyDictionary<string, string> environment, List<string> failures)
    {
        if (!environment.TryGetValue("OTEL_EXPORTER_OTLP_ENDPOINT", out var endpoint)) return false;
        if (WebAddressOf(endpoint) is not null) return true;
        failures.Add("OTEL_EXPORTER_OTLP_ENDPOINT is set but is no address (http://HOST:4317). Name the collector, or unset it.");
        return false;
    }

    private static Uri? WebAddressOf(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp)
            ? uri
            : null;

    /// <summary>A setting that nothing reads is a misspelling, and would be found out when it is needed.</summary>
    private static void RefuseUnknown(IConfigurationRoot configuration, SectionReader[] sections, List<string> failures)
    {
        foreach (var section in sections) section.RefuseUnknown();

        var names = sections.Select(section => section.Name).ToList();
        var inFiles = configuration.Providers.OfType<JsonConfigurationProvider>()
            .SelectMany(file => file.GetChildKeys([], null))
            .Distinct(StringComparer.OrdinalIgnoreCase);
        foreach (var name in inFiles.Except([.. names, .. Foreign], StringComparer.OrdinalIgnoreCase))
            failures.Add($"appsettings.json: {name} is not a section. There are: {string.Join(", ", names.Concat(Foreign))}.");

        // Variables of other programs stand beside ours, so that a misspelt section is known by what it resembles and holds.
        foreach (var stray in configuration.GetChildren())
        {
            foreach (var home in sections.Where(section => Resembles(stray.Key, section.Name)))
            {
                foreach (var key in stray.GetChildren().Select(child => child.Key).Where(home.Known.Contains))
                    failures.Add($"{stray.Key}:{key} is not a setting; {home.Name}:{key} is.");
            }
        }
        // The framework would answer a foreign Host by itself, with a page and without a code.
        if (configuration["AllowedHosts"] is not (null or "*"))
            failures.Add("AllowedHosts is not supported. Let the proxy in front choose which hosts it forwards.");
        // By this one the framework believes X-Forwarded-For of everybody (ASPNETCORE_FORWARDEDHEADERS_ENABLED).
        if (configuration["ForwardedHeaders_Enabled"] is { } believe && !believe.Equals("false", StringComparison.OrdinalIgnoreCase))
            failures.Add("ForwardedHeaders_Enabled (ASPNETCORE_FORWARDEDHEADERS_ENABLED) would let every caller say where he comes from. "
                + "Unset it, and name the proxies in Http:Proxies.");

        static bool Resembles(string stray, string name) => stray.Length >= 3 && stray.Length != name.Length
            && (name.StartsWith(stray, StringComparison.OrdinalIgnoreCase)
                || stray.StartsWith(name, StringComparison.OrdinalIgnoreCase));
    }
}
