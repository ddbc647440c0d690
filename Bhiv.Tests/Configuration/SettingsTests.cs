using Bhiv.Api.Configuration;
using Bhiv.Domain;
using Bhiv.Domain.Tokens;
using Bhiv.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Bhiv.Tests.Configuration;

public sealed class SettingsTests
{
    private static readonly Dictionary<string, string> Good = new()
    {
        ["JWT_SECRET"] = "8f0c1b7e5d3a49268f0c1b7e5d3a4926",
        ["API_KEY"] = "5d3a49268f0c1b7e5d3a4926",
        ["DEMO_USERNAME"] = "admin",
        ["DEMO_PASSWORD"] = "the kettle sang twice",
        ["BHIV_DATA"] = "/var/lib/bhiv",
    };

    [Test]
    public void Good_values_are_taken()
    {
        var settings = Read(Good);

        Assert.That(settings.Database.FilePath, Is.EqualTo("/var/lib/bhiv/bhiv.db"));
        Assert.That(settings.Secrets.Published, Is.Empty);
        Assert.That(settings.OpenApiEnabled, Is.False);
        Assert.That(settings.Passwords.MinimumLength, Is.EqualTo(15));
    }

    [Test]
    public void Everything_that_is_missing_is_said_at_once_with_its_remedy()
    {
        Assert.That(Failures([]), Is.EqualTo(new[]
        {
            "JWT_SECRET is not set. Make one: JWT_SECRET=$(openssl rand -hex 32)",
            "API_KEY is not set. Make one: API_KEY=$(openssl rand -hex 24)",
            "DEMO_USERNAME is not set.",
            "DEMO_PASSWORD is not set. Make one: DEMO_PASSWORD=$(openssl rand -base64 18)",
            "BHIV_DATA is not set. Name the directory that shall hold the database: BHIV_DATA=/var/lib/bhiv",
        }));
    }

    [TestCase("JWT_SECRET", "your-256-bit-secret-key", "is a value that the runbook publishes.")]
    [TestCase("JWT_SECRET", "bhiv-secret-key-2024", "is a value that the runbook publishes.")]
    [TestCase("JWT_SECRET", "8f0c1b7e5d3a49268f0c1b7e5d3a492", "must be at least 32 bytes")]
    [TestCase("API_KEY", "bhiv-secret-key-2024", "is a value that the runbook publishes.")]
    [TestCase("API_KEY", "5d3a49268f0c1b7e5d3a492", "must be at least 24 bytes.")]
    [TestCase("API_KEY", " 5d3a49268f0c1b7e5d3a4926", "begin or end with a space")]
    [TestCase("API_KEY", "5d3a49268f0c\n1b7e5d3a4926", "must not hold a control character")]
    [TestCase("DEMO_PASSWORD", "bhiv2024", "is a value that the runbook publishes.")]
    [TestCase("DEMO_PASSWORD", "fourteen chars", "must be at least 15 characters.")]
    [TestCase("DEMO_PASSWORD", "passwordpassword", "is too easy to guess.")]
    [TestCase("DEMO_PASSWORD", "the kettle\u0007 sang twice", "must not hold a control character.")]
    [TestCase("DEMO_USERNAME", "ad\tmin", "must not hold a control character.")]
    [TestCase("SENTRY_DSN", "sentry.example.com", "is set but is no DSN")]
    [TestCase("SENTRY_DSN", "", "is set but is no DSN")]
    [TestCase("OTEL_EXPORTER_OTLP_ENDPOINT", "", "is set but is no address")]
    [TestCase("OTEL_EXPORTER_OTLP_ENDPOINT", "collector:4317", "is set but is no address")]
    [TestCase("OTEL_EXPORTER_OTLP_ENDPOINT", "/collector", "is set but is no address")]
    [TestCase("DATABASE_URL", "postgres://localhost/bhiv", "this build keeps its data in SQLite")]
    public void A_value_that_is_no_good_outside_Development_is_named(string name, string value, string problem)
    {
        var failures = Failures(new(Good) { [name] = value });

        Assert.That(failures, Has.Length.EqualTo(1));
        Assert.That(failures[0], Does.StartWith(name + " ").And.Contains(problem));
        if (value.Length > 5 && !name.StartsWith("DATABASE", StringComparison.Ordinal))
            Assert.That(failures[0], Does.Not.Contain(value), "a secret is never repeated");
    }

    [Test]
    public void A_variable_that_is_set_but_blank_is_an_error_everywhere(
        [Values("JWT_SECRET", "API_KEY", "DEMO_USERNAME", "DEMO_PASSWORD", "BHIV_DATA")] string name,
        [Values("", "  ")] string value,
        [Values] bool development)
    {
        var failures = Failures(new(Good) { [name] = value }, development: development);

        Assert.That(failures, Has.Length.EqualTo(1));
        Assert.That(failures[0], Does.StartWith(name + " is set but blank."));
    }

    [Test]
    public void Development_runs_on_the_published_values_and_names_them()
    {
        var settings = Read([], development: true);

        Assert.That(settings.Secrets.Published, Is.EqualTo(new[] { "JWT_SECRET", "API_KEY", "DEMO_PASSWORD" }));
        Assert.That(settings.Secrets.DemoUsername.Value, Is.EqualTo("admin"));
        Assert.That(settings.Database.Directory, Is.EqualTo(Path.GetFullPath(".data")));
        Assert.That(settings.Addresses, Is.EqualTo(new[] { "http://localhost:8000" }));
        Assert.That(settings.Passwords.MinimumLength, Is.EqualTo(8));
        Assert.That(settings.OpenApiEnabled, Is.True);
    }

    [TestCase("00:00:02", true)]
    [TestCase("00:01:00", true)]
    [TestCase("00:00:00", true)]
    [TestCase("00:00:00.250", true)]
    [TestCase("10", false)]
    [TestCase("24:00:00", false)]
    [TestCase("00:01:00.1", false)]
    [TestCase("-00:00:01", false)]
    [TestCase("10s", false)]
    [TestCase("", false)]
    [TestCase("1e3", false)]
    public void A_duration_is_written_in_one_way_and_has_bounds(string text, bool good)
    {
        var configuration = new Dictionary<string, string?> { ["Tokens:RefreshLeeway"] = text };

        if (good)
            Assert.That(Read(Good, configuration).Tokens.RefreshLeeway, Is.EqualTo(TimeSpan.Parse(text, null)));
        else
            Assert.That(Failures(Good, configuration), Is.EqualTo(new[]
            {
                $"Tokens:RefreshLeeway must be a duration [d.]hh:mm:ss, hours below 24, from 00:00:00 to 00:01:00; it is \"{text}\".",
            }));
    }

    [TestCase("Tokens:RefreshTokenLifetime", "90.00:00:00", true)]
    [TestCase("Tokens:RefreshTokenLifetime", "90.00:00:01", false)]
    [TestCase("Tokens:AccessTokenLifetime", "01:00:00", true)]
    [TestCase("Tokens:AccessTokenLifetime", "01:00:01", false)]
    [TestCase("Tokens:AccessTokenLifetime", "00:00:00", false)]
    [TestCase("Tokens:AccessTokenLifetime", "00:00:01.5", false)]
    [TestCase("Tokens:Issuer", " ", false)]
    [TestCase("Tokens:Audience", "designs", true)]
    [TestCase("Tokens:Audience", "", false)]
    [TestCase("Tokens:Audience", "d\u00e9signs", false)]
    [TestCase("Passwords:MinimumLength", "64", true)]
    [TestCase("Passwords:MinimumLength", "7", false)]
    [TestCase("Passwords:ConcurrentHashes", "0", false)]
    [TestCase("Passwords:ConcurrentHashes", "+1", false)]
    [TestCase("Http:AllowPlain", "yes", false)]
    [TestCase("Http:AllowPlain", "true", true)]
    [TestCase("Http:Proxies", "127.0.0.1", true)]
    [TestCase("Http:Proxies", "127.0.0.1 10.0.0.0/8,192.0.2.0/24, ::1 fd00::/8 2001:db8::/32", true)]
    [TestCase("Http:Proxies", "", false)]
    [TestCase("Http:Proxies", " ", false)]
    [TestCase("Http:Proxies", "nginx", false)]
    [TestCase("Http:Proxies", "*", false)]
    [TestCase("Http:Proxies", "1", false)]
    [TestCase("Http:Proxies", "0x7f.0.0.1", false)]
    [TestCase("Http:Proxies", "127.0.0.01", false)]
    [TestCase("Http:Proxies", "127.0.0.1:8000", false)]
    [TestCase("Http:Proxies", "[::1]", false)]
    [TestCase("Http:Proxies", "fe80::1%2", false)]
    [TestCase("Http:Proxies", "::ffff:10.0.0.1", false)]
    [TestCase("Http:Proxies", "::ffff:0.0.0.0/96", false)]
    [TestCase("Http:Proxies", "10.0.0.1/8", false)]
    [TestCase("Http:Proxies", "10.0.0.0/33", false)]
    [TestCase("Http:Proxies", "10.0.0.0/", false)]
    [TestCase("Http:Proxies", "10.0.0.0/8/8", false)]
    [TestCase("Http:Proxies", "0.0.0.0/0", false)]
    [TestCase("Http:Proxies", "0.0.0.0/1 128.0.0.0/1", false)]
    [TestCase("Http:Proxies", "::/0", false)]
    [TestCase("Http:Proxies", "0.0.0.0", false)]
    [TestCase("Http:Proxies", "::", false)]
    [TestCase("Http:Proxies", "10.0.0.1;10.0.0.2", false)]
    [TestCase("Http:Proxies:0", "10.0.0.1", false)]
    [TestCase("Http:AllowedOrigins", "https://app.example.com", true)]
    [TestCase("Http:AllowedOrigins", "https://app.example.com:8443, http://localhost:3000 http://[::1]:3000", true)]
    [TestCase("Http:AllowedOrigins", "*", false)]
    [TestCase("Http:AllowedOrigins", "https://*", false)]
    [TestCase("Http:AllowedOrigins", "https://*.example.com", false)]
    [TestCase("Http:AllowedOrigins", "null", false)]
    [TestCase("Http:AllowedOrigins", "app.example.com", false)]
    [TestCase("Http:AllowedOrigins", "https://app.example.com/", false)]
    [TestCase("Http:AllowedOrigins", "https://app.example.com/app", false)]
    [TestCase("Http:AllowedOrigins", "https://app.example.com?a", false)]
    [TestCase("Http:AllowedOrigins", "https://app.example.com:443", false)]
    [TestCase("Http:AllowedOrigins", "https://App.example.com", false)]
    [TestCase("Http:AllowedOrigins", "https://me@app.example.com", false)]
    [TestCase("Http:AllowedOrigins", "ftp://app.example.com", false)]
    [TestCase("Http:AllowedOrigins", "https://b\u00fccher.example", false)]
    [TestCase("Http:AllowedOrigins", "", false)]
    [TestCase("Http:AllowedOrigins:0", "https://app.example.com", false)]
    [TestCase("Http:MaximumConnections", "16", true)]
    [TestCase("Http:MaximumConnections", "15", false)]
    [TestCase("Http:MaximumConnections", "1000001", false)]
    [TestCase("Http:MaximumConnectionsPerAddress", "1", true)]
    [TestCase("Http:MaximumConnectionsPerAddress", "0", false)]
    [TestCase("Http:MaximumConnectionsPerAddress", "1000001", false)]
    [TestCase("OpenApi:Enabled", "true", true)]
    public void Each_setting_has_bounds(string key, string value, bool good)
    {
        var environment = new Dictionary<string, string>(Good) { ["DEMO_PASSWORD"] = string.Concat(Enumerable.Range('!', 90).Select(it => (char)(it ^ 1))) };
        var configuration = new Dictionary<string, string?> { [key] = value };

        if (good) Assert.That(() => Read(environment, configuration), Throws.Nothing);
        else Assert.That(Failures(environment, configuration), Has.Length.EqualTo(1).And.One.StartsWith(key.Replace(":0", "", StringComparison.Ordinal) + " "));
    }

    [TestCase("Tokens:RefreshLeway", "Tokens:RefreshLeway is not a setting. Tokens has: AccessTokenLifetime,")]
    [TestCase("Token:RefreshLeeway", "Token:RefreshLeeway is not a setting; Tokens:RefreshLeeway is.")]
    [TestCase("Password:MinimumLength", "Password:MinimumLength is not a setting; Passwords:MinimumLength is.")]
    [TestCase("AllowedHosts", "AllowedHosts is not supported.")]
    [TestCase("Tokens", "Tokens is a section and takes no value of its own.")]
    public void A_setting_that_nothing_reads_is_an_error(string key, string problem) =>
        Assert.That(
            Failures(Good, new() { [key] = "00:00:01" }), Has.Length.EqualTo(1).And.One.StartsWith(problem));

    [TestCase("FLAGS:ENABLED")]
    [TestCase("KEYCLOAK:ISSUER")]
    [TestCase("npm_config:registry")]
    public void A_variable_of_another_program_is_none_of_ours(string key) =>
        Assert.That(Failures(Good, new() { [key] = "true" }), Is.Empty);

    [Test]
    public void Two_secrets_of_one_value_are_refused_outside_Development()
    {
        var same = new Dictionary<string, string>(Good) { ["API_KEY"] = Good["JWT_SECRET"] };

        Assert.That(Failures(same), Is.EqualTo(new[] { "JWT_SECRET and API_KEY have the same value. Give each its own." }));
        Assert.That(Failures(same, development: true), Is.Empty);
    }

    [Test]
    public void A_section_of_the_file_that_nothing_reads_is_an_error()
    {
        using var directory = new TemporaryDirectory();
        var file = Path.Combine(directory.Path, "appsettings.json");
        File.WriteAllText(file, """{"Logging":{"LogLevel":{"Default":"Debug"}}}""");
        var configuration = (IConfigurationRoot)new ConfigurationBuilder().AddJsonFile(file).Build();

        var refusal = Assert.Throws<StartRefusedException>(() => Settings.Read(configuration, Good, development: false));

        Assert.That(refusal!.Message, Does.StartWith("appsettings.json: Logging is not a section."));
    }

    [TestCase("http://localhost:8000", true, true)]
    [TestCase("http://127.0.0.1:8000;http://[::1]:8000", true, true)]
    [TestCase("http://0.0.0.0:8000", false, false)]
    [TestCase("http://*:8000", false, false)]
    [TestCase("http://+:8000", false, false)]
    [TestCase("http://[::]:8000", false, false)]
    [TestCase("http://example.com:8000", false, false)]
    [TestCase("http://localhost:8000;http://0.0.0.0:8001", false, false)]
    [TestCase("https://0.0.0.0:8443", false, true)]
    [TestCase("http://[127.0.0.1]:8000", false, false)]
    [TestCase("http://localhost:8000/base", false, false)]
    [TestCase("localhost:8000", false, false)]
    [TestCase("ftp://localhost:8000", false, false)]
    public void Credentials_are_not_taken_in_plain_text_from_the_network(string urls, bool development, bool production)
    {
        var configuration = new Dictionary<string, string?> { ["urls"] = urls };

        Assert.That(Failures(Good, configuration, development: true), development ? Is.Empty : Has.Length.EqualTo(1));
        Assert.That(Failures(Good, configuration), production ? Is.Empty : Has.Length.EqualTo(1));
    }

    [Test]
    public void An_endpoint_of_Kestrels_own_section_is_judged_like_any_other()
    {
        Assert.That(Failures(Good, new() { ["Kestrel:Endpoints:a:Url"] = "http://0.0.0.0:8000" }), Has.Length.EqualTo(1));
        Assert.That(Failures(Good, new() { ["Kestrel:Endpoints:a:Protocols"] = "Http1" }), Has.Length.EqualTo(1));
        Assert.That(Failures(Good, new() { ["Kestrel:Endpoints:a:Url"] = "http://localhost:8000" }), Is.Empty);
    }

    [Test]
    public void Plain_http_from_the_network_can_be_allowed_outside_Development_alone()
    {
        var configuration = new Dictionary<string, string?> { ["http_ports"] = "8000", ["Http:AllowPlain"] = "true" };

        Assert.That(Failures(Good, configuration), Is.Empty);
        Assert.That(Failures(Good, configuration, development: true), Has.Length.EqualTo(1));
    }

    [Test]
    public void A_listed_proxy_may_be_listened_to_in_plain_text_outside_Development_alone()
    {
        var configuration = new Dictionary<string, string?> { ["urls"] = "http://0.0.0.0:8000", ["Http:Proxies"] = "10.0.0.9" };

        Assert.That(Failures(Good, configuration), Is.Empty);
        Assert.That(Failures(Good, configuration, development: true), Has.Length.EqualTo(1));
        Assert.That(Failures(Good, new(configuration) { ["Http:Proxies"] = "0.0.0.0/0" }), Has.Length.EqualTo(2), "a list that is refused opens nothing");
    }

    [TestCase("true", false)]
    [TestCase("True", false)]
    [TestCase("1", false)]
    [TestCase("", false)]
    [TestCase("false", true)]
    [TestCase("False", true)]
    public void The_frameworks_own_switch_to_believe_everybody_is_refused(string value, bool good)
    {
        var failures = Failures(Good, new() { ["ForwardedHeaders_Enabled"] = value });

        Assert.That(failures, good ? Is.Empty : Has.Length.EqualTo(1).And.All.Contains("ASPNETCORE_FORWARDEDHEADERS_ENABLED").And.All.Contains("Http:Proxies"));
    }

    [Test]
    public void The_file_says_what_the_defaults_are()
    {
        var file = (IConfigurationRoot)new ConfigurationBuilder()
            .AddJsonFile(Path.Combine(Repository.Root, "appsettings.json")).Build();

        var read = Settings.Read(file, Good, development: false).Tokens;

        foreach (var property in typeof(TokenOptions).GetProperties())
            Assert.That(property.GetValue(read), Is.EqualTo(property.GetValue(new TokenOptions())), property.Name);
    }

    [Test]
    public void A_secret_is_read_byte_for_byte()
    {
        var secret = " \tnot trimmed, not decoded: %41 \\u0041 ä ";

        var key = Read(new(Good) { ["JWT_SECRET"] = secret }).Secrets.SigningKeys.Active;

        Assert.That(key.Id, Is.EqualTo(new Domain.SigningKeys.SigningKey(secret).Id));
    }

    [Test]
    public async Task What_was_judged_at_start_is_not_read_again()
    {
        await using var service = await BhivService.StartAsync();
        var configuration = (IConfigurationRoot)service.Services.GetRequiredService<IConfiguration>();

        Assert.That(
            configuration.Providers.OfType<FileConfigurationProvider>().Select(file => file.Source.ReloadOnChange), Is.Not.Empty.And.All.False);
    }

    private static Settings Read(
        Dictionary<string, string> environment, Dictionary<string, string?>? configuration = null, bool development = false) =>
        Settings.Read(
            (IConfigurationRoot)new ConfigurationBuilder().AddInMemoryCollection(configuration ?? []).Build(), environment, development);

    private static string[] Failures(
        Dictionary<string, string> environment, Dictionary<string, string?>? configuration = null, bool development = false)
    {
        try
        {
            Read(environment, configuration, development);
            return [];
        }
        catch (StartRefusedException refusal)
        {
            return refusal.Message.Split(Environment.NewLine);
        }
    }
}
