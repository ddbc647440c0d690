using System.Net;
using Bhiv.Application.Accounts;
using Bhiv.Domain.Accounts;
using Bhiv.Domain.Audit;
using Bhiv.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Bhiv.Tests.Accounts;

/// <summary>What a restart with the same or with other variables does to the account and its sessions.</summary>
public sealed class EnvironmentAccountTests : DataDirectoryFixture
{
    [Test]
    public async Task A_restart_with_the_same_values_ends_nobodys_session()
    {
        var token = await LogInAndStopAsync();

        await using var again = await BhivService.StartAsync(directory: DataDirectory);

        Assert.That((await again.Client.RefreshAsync(token)).Status, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task Another_password_is_applied_and_ends_the_sessions_of_the_former()
    {
        var token = await LogInAndStopAsync();

        await using var again = await BhivService.StartAsync(
            new() { ["DEMO_PASSWORD"] = "another-password" }, directory: DataDirectory);

        Assert.That((await again.Client.RefreshAsync(token)).Code, Is.EqualTo("revoked_refresh_token"));
        Assert.That((await again.Client.LoginAsync()).Code, Is.EqualTo("invalid_credentials"));
        Assert.That((await again.Client.LoginAsync(password: "another-password")).Status, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task A_password_that_was_changed_since_stays_changed()
    {
        await using (var first = await BhivService.StartAsync(directory: DataDirectory))
        {
            first.Execute("UPDATE accounts SET password_hash = (SELECT password_hash FROM accounts), epoch = 7");
        }

        await using var again = await BhivService.StartAsync(directory: DataDirectory);

        Assert.That(again.Query("SELECT epoch FROM accounts", row => row.GetInt64(0)), Is.EqualTo(new[] { 7 }));
    }

    [Test]
    public async Task Another_name_disables_the_former_account_and_ends_its_sessions()
    {
        var token = await LogInAndStopAsync();

        await using var again = await BhivService.StartAsync(new() { ["DEMO_USERNAME"] = "root" }, directory: DataDirectory);

        Assert.That((await again.Client.RefreshAsync(token)).Code, Is.EqualTo("revoked_refresh_token"));
        Assert.That((await again.Client.LoginAsync()).Code, Is.EqualTo("invalid_credentials"));
        Assert.That((await again.Client.LoginAsync("root")).Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(
            again.Query("SELECT reason FROM failed_logins", row => row.GetString(0)), Is.EqualTo(new[] { "account_disabled" }));
        Assert.That(again.Query("SELECT version FROM accounts ORDER BY name", row => row.GetInt64(0)), Is.EqualTo(new[] { 1, 0 }), "an administrator who has read it before is told");
    }

    /// <summary>Nobody calls, and an administrator is made or unmade all the same.</summary>
    [Test]
    public async Task What_the_environment_does_is_recorded_as_what_administrators_do()
    {
        await LogInAndStopAsync();
        await using (await BhivService.StartAsync(new() { ["DEMO_USERNAME"] = "root" }, directory: DataDirectory))
        {
        }
        await using (await BhivService.StartAsync(new() { ["DEMO_USERNAME"] = "root" }, directory: DataDirectory))
        {
        }

        await using var again = await BhivService.StartAsync(new() { ["DEMO_USERNAME"] = "admin" }, directory: DataDirectory);

        Assert.That(
            again.Query("SELECT kind, evidence, cutoff IS NOT NULL FROM audit_events ORDER BY sequence", row => (row.GetString(0), row.GetString(1), row.GetBoolean(2))),
            Is.EquivalentTo(new[]
            {
                ("environment_account_applied", By("admin"), false),
                ("environment_account_applied", By("root"), false), ("account_disabled", By("admin"), true),
                ("environment_account_applied", By("admin"), true), ("account_disabled", By("root"), true),
            }));

        static string By(string name) => $$"""{"by":"environment","username":"{{name}}"}""";
    }

    [Test]
    public async Task The_first_name_again_enables_its_account_and_revives_no_session()
    {
        var token = await LogInAndStopAsync();
        await using (await BhivService.StartAsync(new() { ["DEMO_USERNAME"] = "root" }, directory: DataDirectory))
        {
        }

        await using var again = await BhivService.StartAsync(directory: DataDirectory);

        Assert.That((await again.Client.LoginAsync()).Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await again.Client.RefreshAsync(token)).Code, Is.EqualTo("revoked_refresh_token"));
        Assert.That(again.Count("accounts"), Is.EqualTo(2));
    }

    [Test]
    public async Task The_name_in_another_case_is_the_same_account()
    {
        var token = await LogInAndStopAsync();

        await using var again = await BhivService.StartAsync(new() { ["DEMO_USERNAME"] = "ADMIN" }, directory: DataDirectory);

        Assert.That((await again.Client.RefreshAsync(token)).Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(again.Count("accounts"), Is.EqualTo(1));
    }

    [Test]
    public async Task Another_password_is_later_than_the_former_though_no_time_has_passed_and_no_one_time_password()
    {
        await using (var first = await BhivService.StartAsync(directory: DataDirectory))
            first.Execute("UPDATE accounts SET one_time_password_until = 1");

        await using var again = await BhivService.StartAsync(
            new() { ["DEMO_PASSWORD"] = "another-password" }, directory: DataDirectory);

        Assert.That(
            again.Query("SELECT password_changed_at - created_at, one_time_password_until, version FROM accounts", row => (row.GetInt64(0), row.IsDBNull(1), row.GetInt64(2))),
            Is.EqualTo(new[] { (1L, true, 1L) }));
    }

    /// <summary>It is no administrator's at the start, and becomes one's later.</summary>
    [Test]
    public async Task What_the_runbook_publishes_opens_no_account_outside_Development_whoever_enables_it()
    {
        await LogInAndStopAsync();
        await using var production = await BhivService.StartAsync(
            new()
            {
                ["JWT_SECRET"] = "8f0c1b7e5d3a49268f0c1b7e5d3a4926",
                ["API_KEY"] = "5d3a49268f0c1b7e5d3a4926",
                ["DEMO_USERNAME"] = "boss",
                ["DEMO_PASSWORD"] = "the kettle sang twice",
            },
            ["--environment=Production"],
            directory: DataDirectory);
        var accounts = production.Services.GetRequiredService<AccountAdministration>();
        var former = (await accounts.FindAsync(AccountName.Of("admin"), default))!.Id;
        Assert.That(await accounts.EnableAsync(former, null, new Author("cli:test")), Is.TypeOf<AccountEditResult.Done>());

        Assert.That((await production.Client.LoginAsync(apiKey: "5d3a49268f0c1b7e5d3a4926")).Code, Is.EqualTo("invalid_credentials"));
        Assert.That(production.Query("SELECT reason FROM failed_logins", row => row.GetString(0)), Is.EqualTo(new[] { "published_password" }));
    }

    private async Task<string> LogInAndStopAsync()
    {
        await using var service = await BhivService.StartAsync(directory: DataDirectory);
        return (await service.Client.LoginAsync()).RefreshToken;
    }
}
