using System.Net;
using Bhiv.Tests.Support;

namespace Bhiv.Tests.ApiKeys;

/// <summary>Tokens belong to a client, and so do keys: what goes together and what does not.</summary>
public sealed class ClientLifeTests
{
    private BhivService service = null!;

    private HttpClient Client => service.Client;

    [SetUp]
    public async Task StartAsync()
    {
        service = await BhivService.StartAsync();
        await Client.MakeClientAsync("mobile");
    }

    [TearDown]
    public async Task StopAsync() => await service.DisposeAsync();

    [Test]
    public async Task A_token_works_with_any_key_of_its_client_and_with_none_of_another()
    {
        await Client.MakeClientAsync("kiosk");
        var (first, second, other) = (await Client.MakeKeyAsync("mobile"), await Client.MakeKeyAsync("mobile"), await Client.MakeKeyAsync("kiosk"));
        var login = await Client.LoginAsync(apiKey: first.Key());

        Assert.That((await Client.GenerateAsync(login.AccessToken, apiKey: second.Key())).Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await Client.GenerateAsync(login.AccessToken, apiKey: other.Key())).Code, Is.EqualTo("wrong_client"));
        Assert.That((await Client.GenerateAsync(login.AccessToken)).Code, Is.EqualTo("wrong_client"));
        Assert.That((await Client.RefreshAsync(login.RefreshToken, other.Key())).Code, Is.EqualTo("invalid_refresh_token"));
        Assert.That((await Client.RefreshAsync(login.RefreshToken, second.Key())).Status, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task Another_clients_key_takes_no_token_back()
    {
        await Client.MakeClientAsync("kiosk");
        var (own, other) = (await Client.MakeKeyAsync("mobile"), await Client.MakeKeyAsync("kiosk"));
        var login = await Client.LoginAsync(apiKey: own.Key());

        Assert.That((await Client.RevokeAsync(login.RefreshToken, other.Key())).Status, Is.EqualTo(HttpStatusCode.OK));

        Assert.That((await Client.GenerateAsync(login.AccessToken, apiKey: own.Key())).Status, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task A_disabled_client_is_refused_whole_and_comes_back_without_its_sessions()
    {
        var (first, second) = (await Client.MakeKeyAsync("mobile"), await Client.MakeKeyAsync("mobile"));
        var sessions = new[] { await Client.LoginAsync(apiKey: first.Key()), await Client.LoginAsync(apiKey: second.Key()) };
        var others = await Client.LoginAsync();

        var disabled = await Client.DisableClientAsync("mobile");

        Assert.That((disabled.Status, disabled.Body), Is.EqualTo((HttpStatusCode.OK, "{\"sessions_ended\":2}")));
        foreach (var key in new[] { first, second })
        {
            var refused = await Client.LoginAsync(apiKey: key.Key());
            Assert.That((refused.Code, refused.Json.Text("detail")), Is.EqualTo(("revoked_api_key", "The client that it belongs to is disabled.")));
            Assert.That((await Client.KeyAsync(key.KeyId())).Text("state"), Is.EqualTo("client_disabled"));
        }
        foreach (var token in sessions.SelectMany(session => new[] { session.AccessToken, session.RefreshToken }))
            Assert.That((await Client.IntrospectAsync(token)).Body, Is.EqualTo("{\"active\":false}"));
        Assert.That((await Client.GenerateAsync(others.AccessToken)).Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await Client.MakeKeyAsync("mobile")).Json.Text("detail"), Is.EqualTo("The client is disabled."));
        Assert.That((await Client.RotateKeyAsync(first.KeyId())).Code, Is.EqualTo("conflict"));

        Assert.That((await Client.EnableClientAsync("mobile")).Status, Is.EqualTo(HttpStatusCode.NoContent));

        foreach (var (session, key) in sessions.Zip([first, second]))
        {
            Assert.That((await Client.GenerateAsync(session.AccessToken, apiKey: key.Key())).Code, Is.EqualTo("revoked_token"));
            Assert.That((await Client.RefreshAsync(session.RefreshToken, key.Key())).Code, Is.EqualTo("revoked_refresh_token"));
            Assert.That((await Client.LoginAsync(apiKey: key.Key())).Status, Is.EqualTo(HttpStatusCode.OK));
        }
    }

    [Test]
    public async Task A_key_that_was_revoked_comes_back_with_no_client()
    {
        var key = await Client.MakeKeyAsync("mobile");
        await Client.RevokeKeyAsync(key.KeyId());
        await Client.DisableClientAsync("mobile");

        await Client.EnableClientAsync("mobile");

        Assert.That((await Client.LoginAsync(apiKey: key.Key())).Json.Text("detail"), Is.EqualTo("The API key was revoked."));
    }

    [Test]
    public async Task The_list_has_every_client_by_its_id()
    {
        await Client.MakeClientAsync("a.b-c_9");
        await Client.DisableClientAsync("mobile");

        var clients = (await Client.GetAsync(Calls.Clients, (await Client.LoginAsync()).AccessToken)).Json.EnumerateArray().ToList();

        Assert.That(clients.Select(client => client.Text("client_id")), Is.EqualTo(new[] { "a.b-c_9", "default", "mobile" }));
        Assert.That(clients.Select(client => client.Text("disabled_at") is not null), Is.EqualTo(new[] { false, false, true }));
    }

    [Test]
    public async Task Who_is_no_administrator_makes_no_key_whatever_the_key_may_do()
    {
        var key = await Client.MakeKeyAsync("mobile", "auth admin");
        service.Execute("""UPDATE accounts SET roles = '["member"]'""");
        var token = (await Client.LoginAsync(apiKey: key.Key())).AccessToken;

        var refused = await Client.PostAsync(Calls.ApiKeys, new { client_id = "mobile", scopes = new[] { "admin" } }, key.Key(), token);

        Assert.That((refused.Status, refused.Code), Is.EqualTo((HttpStatusCode.Forbidden, "forbidden")));
        Assert.That(service.Count("api_keys"), Is.EqualTo(2));
    }
}
