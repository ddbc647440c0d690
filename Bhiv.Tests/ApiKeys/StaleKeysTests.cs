using System.Net;
using Bhiv.Application.ApiKeys;
using Bhiv.Application.SigningKeys;
using Bhiv.Domain.ApiKeys;
using Bhiv.Domain.Audit;
using Bhiv.Domain.SigningKeys;
using Bhiv.Domain.Tokens;
using Bhiv.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Bhiv.Tests.ApiKeys;

/// <summary>A key is as good as what is known of revocations, and that is asked for before anybody guesses.</summary>
public sealed class StaleKeysTests : DataDirectoryFixture
{
    private static readonly Author By = new("test");

    [Test]
    public async Task Whoever_cannot_know_what_was_revoked_accepts_no_key_but_tells_operators_how_it_is()
    {
        await using var service = await BhivService.StartAsync();
        var login = await service.Client.LoginAsync();
        service.Execute("ALTER TABLE audit_events RENAME TO gone");
        service.Clock.Advance(new TokenOptions().MaxStaleness + TimeSpan.FromSeconds(1));

        foreach (var answer in new[]
        {
            await service.Client.LoginAsync(password: "wrong"), await service.Client.IntrospectAsync(login.RefreshToken),
            await service.Client.RefreshAsync(login.RefreshToken),
        })
        {
            Assert.That((answer.Status, answer.Code), Is.EqualTo((HttpStatusCode.ServiceUnavailable, "unavailable")));
            Assert.That(answer.Response.Headers.RetryAfter, Is.Not.Null);
        }
        Assert.That((await service.Client.SendAsync(HttpMethod.Get, Calls.Metrics)).Status, Is.EqualTo(HttpStatusCode.OK));
        service.Execute("ALTER TABLE gone RENAME TO audit_events");
        service.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.That((await service.Client.LoginAsync()).Status, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task One_that_was_made_here_is_the_same_key_in_API_KEY_and_is_revoked_by_the_id_that_is_shown()
    {
        StoredKey key;
        await using (var before = await BhivService.StartAsync(directory: DataDirectory)) key = await before.MakeKeyAsync();
        await using var service = await BhivService.StartAsync(new() { ["API_KEY"] = key.Text }, directory: DataDirectory);
        Assert.That(service.Services.GetRequiredService<IApiKeys>().NameOf(new ApiKeyId(key.Id)), Is.EqualTo("API_KEY"));
        Assert.That((await service.Client.LoginAsync(apiKey: key.Text)).Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(service.Count("api_keys"), Is.EqualTo(2), "no row of its own beside its own");

        await service.Services.GetRequiredService<ApiKeyAdministration>().RevokeAsync(new ApiKeyId(key.Id), By);

        Assert.That((await service.Client.LoginAsync(apiKey: key.Text)).Code, Is.EqualTo("revoked_api_key"));
    }

    [Test]
    public async Task A_session_from_before_keys_were_kept_ends_with_the_key_of_the_environment()
    {
        await using var service = await BhivService.StartAsync();
        var login = await service.Client.LoginAsync();
        service.Execute("UPDATE refresh_tokens SET api_key_id = NULL");
        var key = await service.MakeKeyAsync();
        var id = service.Query("SELECT key_id FROM api_keys WHERE secret_hash IS NULL", row => row.GetString(0)).Single();

        Assert.That(await service.Services.GetRequiredService<ApiKeyAdministration>().RevokeAsync(new ApiKeyId(id), By), Is.EqualTo(1));

        Assert.That((await service.Client.GenerateAsync(login.AccessToken, apiKey: key.Text)).Code, Is.EqualTo("revoked_token"));
        Assert.That((await service.Client.RefreshAsync(login.RefreshToken, key.Text)).Code, Is.EqualTo("revoked_refresh_token"));
    }

    [Test]
    public async Task What_was_revoked_while_the_clock_stood_ahead_stays_so_when_it_is_right_again()
    {
        await using var service = await BhivService.StartAsync();
        var (key, other) = (await service.MakeKeyAsync(client: "ci"), await service.MakeKeyAsync(client: "ci"));
        var login = await service.Client.LoginAsync(apiKey: key.Text);
        var start = service.Clock.GetUtcNow();
        service.Clock.AdjustTime(start + TimeSpan.FromHours(1));
        await service.Services.GetRequiredService<ApiKeyAdministration>().RevokeAsync(new ApiKeyId(key.Id), By);

        service.Clock.AdjustTime(start + TimeSpan.FromMinutes(1));

        Assert.That((await service.Client.GenerateAsync(login.AccessToken, apiKey: other.Text)).Code, Is.EqualTo("revoked_token"));
    }

    [Test]
    public async Task While_no_key_can_sign_nobody_learns_which_names_exist()
    {
        await using var service = await BhivService.StartAsync();
        await service.Services.GetRequiredService<SigningKeyAdministration>().MarkCompromisedAsync(new SigningKey(Calls.JwtSecret).Id, By);

        var known = await service.Client.LoginAsync(password: "wrong");
        var unknown = await service.Client.LoginAsync("nobody", "wrong");

        Assert.That((known.Status, known.Code), Is.EqualTo((unknown.Status, unknown.Code)));
        Assert.That(known.Status, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
    }
}
