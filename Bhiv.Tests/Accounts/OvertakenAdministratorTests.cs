using System.Net;
using Bhiv.Application.ApiKeys;
using Bhiv.Domain.Accounts;
using Bhiv.Domain.ApiKeys;
using Bhiv.Domain.Audit;
using Bhiv.Infrastructure.Accounts;
using Bhiv.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Bhiv.Tests.Accounts;

/// <summary>An administrator was let in, and is none any more when his change has its turn.</summary>
public sealed class OvertakenAdministratorTests
{
    private InterruptedHasher hasher = null!;
    private BhivService service = null!;
    private string token = null!;

    private HttpClient Client => service.Client;

    [SetUp]
    public async Task StartAsync()
    {
        service = await BhivService.StartAsync(replace: services => services.AddSingleton<IPasswordHasher>(provider =>
            hasher = new InterruptedHasher(ActivatorUtilities.CreateInstance<Argon2idPasswordHasher>(provider))));
        token = (await Client.LoginAsync()).AccessToken;
    }

    [TearDown]
    public async Task StopAsync() => await service.DisposeAsync();

    [TestCase("disabled", "revoked_token")]
    [TestCase("deleted", "revoked_token")]
    [TestCase("logged out", "revoked_token")]
    [TestCase("demoted", "forbidden")]
    public async Task Whoever_is_put_out_while_a_password_is_hashed_for_him_does_not_act(string how, string code)
    {
        foreach (var act in new[] { "create", "reset" })
        {
            var (alice, login) = await MakeAsync($"alice-{act}", "admin");
            var (bob, _) = await MakeAsync($"bob-{act}", "member");
            hasher.WhileHashing = () =>
            {
                hasher.WhileHashing = null;
                return how switch
                {
                    "disabled" => Client.DisableAccountAsync(token, alice),
                    "deleted" => Client.DeleteAccountAsync(token, alice),
                    "demoted" => Client.SetRolesAsync(token, alice, ["member"]),
                    _ => Client.LogoutAsync(login),
                };
            };

            var answer = act == "create" ? await Client.MakeAccountAsync(login, "mallory", "admin") : await Client.ResetPasswordAsync(login, bob);

            Assert.That(answer.Code, Is.EqualTo(code), act);
        }
        Assert.That(service.Count("accounts WHERE name = 'mallory'"), Is.Zero);
        Assert.That(service.Count("accounts WHERE one_time_password_until IS NOT NULL"), Is.Zero);
        Assert.That(service.Count("audit_events WHERE kind = 'account_password_reset' OR evidence LIKE '%mallory%'"), Is.Zero);
        Assert.That(service.Count("audit_events WHERE kind = 'access_forbidden'"), Is.EqualTo(how == "demoted" ? 2 : 0));
    }

    /// <summary>His session was begun by another key of the client, and lives on.</summary>
    [Test]
    public async Task Whose_key_is_revoked_while_a_password_is_hashed_for_him_does_not_act()
    {
        var key = await service.MakeKeyAsync();
        hasher.WhileHashing = () => service.Services.GetRequiredService<ApiKeyAdministration>().RevokeAsync(new ApiKeyId(key.Id), new Author("cli:test"));

        var answer = await Client.PostAsync(Calls.Accounts, new { username = "mallory", roles = new[] { "admin" } }, key.Text, token);

        Assert.That(answer.Code, Is.EqualTo("revoked_api_key"));
        Assert.That(service.Count("accounts WHERE name = 'mallory'"), Is.Zero);
    }

    /// <summary>Whoever stays behind is no last one: a third is there.</summary>
    [Test]
    public async Task Of_two_who_put_each_other_out_at_once_one_does()
    {
        for (var round = 0; round < Proofs.Size(10, 200); round++)
        {
            var ((alice, hers), (bob, his)) = (await MakeAsync($"alice-{round}", "admin"), await MakeAsync($"bob-{round}", "admin"));

            var answers = await Task.WhenAll(Client.DisableAccountAsync(hers, bob), Client.DisableAccountAsync(his, alice));

            Assert.That(answers.Count(answer => answer.Status == HttpStatusCode.OK), Is.EqualTo(1));
            Assert.That(answers.Single(answer => answer.Status != HttpStatusCode.OK).Code, Is.EqualTo("revoked_token"));
        }
    }

    /// <summary>Logged in with a password of its own.</summary>
    private async Task<(string Id, string AccessToken)> MakeAsync(string name, string role)
    {
        var made = await Client.MakeAccountAsync(token, name, role);
        var login = await Client.LoginWithNewAsync($"the passphrase of {made.AccountId()[^12..]}", made.OneTimePassword(), name);
        return (made.AccountId(), login.AccessToken);
    }
}
