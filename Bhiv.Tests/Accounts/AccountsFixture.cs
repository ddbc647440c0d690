using System.Net;
using Bhiv.Tests.ApiKeys;
using Bhiv.Tests.Support;

namespace Bhiv.Tests.Accounts;

/// <summary>Tests of the administration of accounts, over real sockets and a real file.</summary>
public abstract class AccountsFixture
{
    private protected BhivService Service { get; private set; } = null!;

    /// <summary>An administrator's: the environment's account.</summary>
    protected string Token { get; private set; } = null!;

    protected HttpClient Client => Service.Client;

    [SetUp]
    public async Task StartAsync()
    {
        Service = await BhivService.StartAsync();
        Token = (await Client.LoginAsync()).AccessToken;
    }

    [TearDown]
    public async Task StopAsync() => await Service.DisposeAsync();

    /// <summary>The environment's.</summary>
    private protected string Administrator() => Service.Query("SELECT account_id FROM accounts WHERE name = 'admin'", row => row.GetString(0)).Single();

    /// <summary>With a password of her own: the one-time one is spent.</summary>
    private protected async Task<(string Id, string Password)> MakeAsync(string name, params string[] roles)
    {
        var made = await Client.MakeAccountAsync(Token, name, roles);
        var password = $"the passphrase of {made.AccountId()[^12..]}";
        Assert.That((await Client.LoginWithNewAsync(password, made.OneTimePassword(), name)).Status, Is.EqualTo(HttpStatusCode.OK));
        await Client.PostAsync(Calls.RevokeSessions, new { account_id = made.AccountId() }, accessToken: Token);
        return (made.AccountId(), password);
    }

    private protected async Task<List<(string? Account, string? By, string? Name, string? Roles)>> EventsAsync(string kind) =>
    [
        .. (await Client.GetAsync($"{Calls.AuditEvents}?kind={kind}", Token)).Json.GetProperty("items").EnumerateArray().Select(it => (
            it.Text("account_id"),
            it.GetProperty("evidence").Text("by"),
            it.GetProperty("evidence").Text("username"),
            it.GetProperty("evidence").TryGetProperty("roles", out var roles) ? roles.GetString() : null)),
    ];
}
