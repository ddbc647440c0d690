using Bhiv.Api.Configuration;
using Bhiv.Domain.Tokens;
using Bhiv.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using static Bhiv.Tests.Configuration.ReadSettings;

namespace Bhiv.Tests.Configuration;

public sealed class SettingsTests
{
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
    public void The_file_says_what_the_defaults_are()
    {
        var file = (IConfigurationRoot)new ConfigurationBuilder()
            .AddJsonFile(Path.Combine(Repository.Root, "appsettings.json")).Build();

        var read = Settings.Read(file, Good, development: false).Tokens;

        foreach (var property in typeof(TokenOptions).GetProperties())
            Assert.That(property.GetValue(read), Is.EqualTo(property.GetValue(new TokenOptions())), property.Name);
    }

    [Test]
    public async Task What_was_judged_at_start_is_not_read_again()
    {
        await using var service = await BhivService.StartAsync();
        var configuration = (IConfigurationRoot)service.Services.GetRequiredService<IConfiguration>();

        Assert.That(
            configuration.Providers.OfType<FileConfigurationProvider>().Select(file => file.Source.ReloadOnChange), Is.Not.Empty.And.All.False);
    }
}
