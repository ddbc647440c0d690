using System.Net;
using Bhiv.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Bhiv.Tests.ApiKeys;

/// <summary>Two services on one database: what one decides of keys the other follows within the interval of the feed.</summary>
public sealed class ApiKeyFeedTests
{
    private TemporaryDirectory directory = null!;
    private FakeTimeProvider clock = null!;
    private BhivService one = null!;
    private BhivService other = null!;

    [SetUp]
    public async Task StartAsync()
    {
        directory = new TemporaryDirectory();
        clock = new FakeTimeProvider(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
        one = await BhivService.StartAsync(directory: directory.Path, clock: clock);
        other = await BhivService.StartAsync(directory: directory.Path, clock: clock);
        await one.Client.MakeClientAsync("mobile");
    }

    [TearDown]
    public async Task StopAsync()
    {
        await one.DisposeAsync();
        await other.DisposeAsync();
        directory.Dispose();
    }

    [Test]
    public async Task A_key_is_good_at_the_other_a_second_after_it_was_made_and_refused_a_second_after_it_was_revoked()
    {
        var key = await one.Client.MakeKeyAsync("mobile");
        Assert.That((await other.Client.LoginAsync(apiKey: key.Key())).Code, Is.EqualTo("invalid_api_key"), "the feed has not ticked");
        await FollowAsync(key.Key(), "good");
        var login = await other.Client.LoginAsync(apiKey: key.Key());

        await one.Client.RevokeKeyAsync(key.KeyId());
        await FollowAsync(key.Key(), "revoked_api_key");

        var second = await one.Client.MakeKeyAsync("mobile");
        await FollowAsync(second.Key(), "good");
        Assert.That((await other.Client.GenerateAsync(login.AccessToken, apiKey: second.Key())).Code, Is.EqualTo("revoked_token"));
        Assert.That((await other.Client.RefreshAsync(login.RefreshToken, second.Key())).Code, Is.EqualTo("revoked_refresh_token"));
    }

    [Test]
    public async Task A_rotation_and_the_end_of_a_client_are_followed_as_well()
    {
        var old = await one.Client.MakeKeyAsync("mobile");
        var next = await one.Client.RotateKeyAsync(old.KeyId(), overlap: 1);
        await FollowAsync(next.Key(), "good");
        var login = await other.Client.LoginAsync(apiKey: old.Key());
        Assert.That(login.Response.Headers.Contains("API-Key-Rotate-By"), Is.True);

        await one.Client.DisableClientAsync("mobile");
        await FollowAsync(next.Key(), "revoked_api_key");
        Assert.That((await other.Client.IntrospectAsync(login.AccessToken)).Body, Is.EqualTo("{\"active\":false}"));
        await one.Client.EnableClientAsync("mobile");
        await FollowAsync(next.Key(), "good");

        Assert.That((await other.Client.GenerateAsync(login.AccessToken, apiKey: next.Key())).Code, Is.EqualTo("revoked_token"));
    }

    [Test]
    public async Task Nothing_begins_or_goes_on_with_a_key_that_is_revoked_and_not_yet_heard_of()
    {
        var (first, second) = (await one.Client.MakeKeyAsync("mobile"), await one.Client.MakeKeyAsync("mobile"));
        await FollowAsync(second.Key(), "good");
        var session = await other.Client.LoginAsync(apiKey: first.Key());
        await one.Client.RevokeKeyAsync(second.KeyId());

        // The other has not heard of it, and accepts the key; what it would write is refused.
        var login = await other.Client.LoginAsync(apiKey: second.Key());
        var refresh = await other.Client.RefreshAsync(session.RefreshToken, second.Key());

        foreach (var refused in new[] { login, refresh })
        {
            Assert.That((refused.Status, refused.Code), Is.EqualTo((HttpStatusCode.Unauthorized, "revoked_api_key")));
            Assert.That(refused.Challenges.Single(), Does.StartWith("ApiKey realm=\"bhiv\", error=\"invalid_client\""));
            Assert.That(refused.Json.GetProperty("refusals")[0].Text("credential"), Is.EqualTo("api_key"));
        }
        Assert.That((await other.Client.RefreshAsync(session.RefreshToken, first.Key())).Status, Is.EqualTo(HttpStatusCode.OK), "as it was");
    }

    /// <summary>A tick of the feed, and then no more of the clock.</summary>
    private async Task FollowAsync(string key, string expected)
    {
        clock.Advance(TimeSpan.FromSeconds(1));
        var patience = DateTime.UtcNow.AddSeconds(10);
        string outcome;
        do
        {
            // Of scope auth, and of no account: it costs no hash.
            var answer = await other.Client.RefreshAsync("x", key);
            outcome = answer.Code == "invalid_refresh_token" ? "good" : answer.Code;
        }
        while (outcome != expected && DateTime.UtcNow < patience);
        Assert.That(outcome, Is.EqualTo(expected));
    }
}
