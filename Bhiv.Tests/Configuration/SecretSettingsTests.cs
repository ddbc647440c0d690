using static Bhiv.Tests.Configuration.ReadSettings;

namespace Bhiv.Tests.Configuration;

/// <summary>Variables with secrets and names: which are missing, published, too short or the same.</summary>
public sealed class SecretSettingsTests
{
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

    [Test]
    public void Two_secrets_of_one_value_are_refused_outside_Development()
    {
        var same = new Dictionary<string, string>(Good) { ["API_KEY"] = Good["JWT_SECRET"] };

        Assert.That(Failures(same), Is.EqualTo(new[] { "JWT_SECRET and API_KEY have the same value. Give each its own." }));
        Assert.That(Failures(same, development: true), Is.Empty);
    }

    [Test]
    public void A_secret_is_read_byte_for_byte()
    {
        var secret = " \tnot trimmed, not decoded: %41 \\u0041 ä ";

        var key = Read(new(Good) { ["JWT_SECRET"] = secret }).Secrets.SigningKeys.Active;

        Assert.That(key.Id, Is.EqualTo(new Domain.SigningKeys.SigningKey(secret).Id));
    }
}
