using Bhiv.Api.Configuration;
using Bhiv.Domain;
using Bhiv.Tests.Support;
using Microsoft.Extensions.Configuration;
using static Bhiv.Tests.Configuration.ReadSettings;

namespace Bhiv.Tests.Configuration;

/// <summary>What nobody would read is a slip, and said.</summary>
public sealed class UnreadSettingsTests
{
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
    public void A_section_of_the_file_that_nothing_reads_is_an_error()
    {
        using var directory = new TemporaryDirectory();
        var file = Path.Combine(directory.Path, "appsettings.json");
        File.WriteAllText(file, """{"Logging":{"LogLevel":{"Default":"Debug"}}}""");
        var configuration = (IConfigurationRoot)new ConfigurationBuilder().AddJsonFile(file).Build();

        var refusal = Assert.Throws<StartRefusedException>(() => Settings.Read(configuration, Good, development: false));

        Assert.That(refusal!.Message, Does.StartWith("appsettings.json: Logging is not a section."));
    }
}
