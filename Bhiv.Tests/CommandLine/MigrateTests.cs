using System.Text.Json;
using Bhiv.Infrastructure.Database;
using Bhiv.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Bhiv.Tests.CommandLine;

/// <summary><c>migrate</c>, and the verbs that ask for it.</summary>
public sealed class MigrateTests : DataDirectoryFixture
{
    [Test]
    public async Task It_brings_the_database_of_an_older_build_up_and_no_other_verb_does()
    {
        var (older, latest) = await MakeOlderAsync();
        var file = Path.Combine(DataDirectory, "bhiv.db");

        var other = await RunAsync("sessions", "revoke", "--all");
        var migrate = await RunAsync("migrate");
        var again = await RunAsync("migrate");

        Assert.That((other.ExitCode, other.Output), Is.EqualTo((78, "")));
        Assert.That(other.Errors, Is.EqualTo(
            $"BHIV_DATA: the database {file} is of an older build ({older}): stop the servers and bring it up with `migrate`.\n"));
        Assert.That((migrate.ExitCode, migrate.Output), Is.EqualTo((0, $"{file} is brought from {older} to {latest}.\n")), migrate.Errors);
        Assert.That((again.ExitCode, again.Output), Is.EqualTo((0, $"{file} has the schema of this build, {latest}.\n")));
        Assert.That((await RunAsync("sessions", "revoke", "--all")).Output, Does.Contain("1 could have been refreshed"));
    }

    [Test]
    public async Task With_json_it_says_from_what_to_what()
    {
        var (older, latest) = await MakeOlderAsync();

        var migrate = await RunAsync("migrate", "--json");

        var said = JsonDocument.Parse(migrate.Output).RootElement;
        Assert.That(said.EnumerateObject().Select(it => (it.Name, it.Value.GetString())),
            Is.EqualTo(new[] { ("database", Path.Combine(DataDirectory, "bhiv.db")), ("from", older), ("to", latest) }));
    }

    private async Task<(string Older, string Latest)> MakeOlderAsync()
    {
        await using var service = await BhivService.StartAsync(directory: DataDirectory, clock: new FakeTimeProvider(TimeProvider.System.GetUtcNow()));
        await service.Client.LoginAsync();
        await using var context = await service.Services
            .GetRequiredService<IDbContextFactory<SqliteBhivDbContext>>().CreateDbContextAsync();
        var migrations = context.Database.GetMigrations().ToList();
        await context.Database.MigrateAsync(migrations[^2]);
        return (migrations[^2], migrations[^1]);
    }

    private Task<Verb> RunAsync(params string[] arguments) => Verb.RunAsync(
        new() { ["ASPNETCORE_ENVIRONMENT"] = "Development", ["BHIV_DATA"] = DataDirectory }, arguments);
}
