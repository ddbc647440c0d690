using System.Net;
using Bhiv.Application.SigningKeys;
using Bhiv.Domain.Audit;
using Bhiv.Domain.SigningKeys;
using Bhiv.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Bhiv.Tests.Explaining;

/// <summary>What an operator is told of a token, whole: <c>BHIV_APPROVE=1 dotnet test --filter Explain</c> accepts a change.</summary>
public sealed class ExplainTokenTests
{
    private const string Other = "0a1b2c3d4e5f60718293a4b5c6d7e8f9";

    private BhivService service = null!;
    private Answer login = null!;

    [SetUp]
    public async Task StartAsync()
    {
        service = await BhivService.StartAsync();
        login = await service.Client.LoginAsync();
    }

    [TearDown]
    public async Task StopAsync() => await service.DisposeAsync();

    [Test]
    public async Task Access_good()
    {
        service.Clock.Advance(TimeSpan.FromSeconds(192));
        await AssertIsAsync("access-good", login.AccessToken);
    }

    [Test]
    public async Task Access_expired()
    {
        service.Clock.Advance(TimeSpan.FromMinutes(15) + TimeSpan.FromSeconds(192));
        await AssertIsAsync("access-expired", login.AccessToken);
    }

    [Test]
    public async Task Access_revoked_by_logout()
    {
        service.Clock.Advance(TimeSpan.FromMinutes(1));
        await service.Client.LogoutAsync(login.AccessToken);
        service.Clock.Advance(TimeSpan.FromMinutes(1));
        await AssertIsAsync("access-revoked", login.AccessToken);
    }

    [Test]
    public async Task Access_revoked_with_the_account_which_was_disabled_since()
    {
        service.Clock.Advance(TimeSpan.FromMinutes(1));
        await service.Client.LogoutAsync(login.AccessToken, "all");
        service.Execute("UPDATE accounts SET disabled_at = sessions_ended_at");
        await AssertIsAsync("access-account-disabled", login.AccessToken);
    }

    [TestCase("access-changed", 0)]
    [TestCase("access-cut-off", 19)]
    public Task Access_changed_or_cut_off(string name, int cut) =>
        AssertIsAsync(name, cut > 0 ? login.AccessToken[..^cut] : HandMadeJwt.Forge(login.AccessToken, claims => claims["roles"] = "x", Other));

    [TestCase("access-wrong-type", "type", "other")]
    [TestCase("access-wrong-issuer", "iss", "somebody")]
    [TestCase("access-without-an-account", "sub", null)]
    public Task Access_that_says_something_else(string name, string claim, string? says) =>
        AssertIsAsync(name, HandMadeJwt.Forge(login.AccessToken, claims => claims[claim] = says));

    [TestCase("access-of-the-future", 60, 960)]
    [TestCase("access-for-too-long", 0, 90000)]
    public Task Access_of_another_time(string name, int issued, int expires) => AssertIsAsync(name, HandMadeJwt.Forge(login.AccessToken, claims =>
    {
        var now = service.Clock.GetUtcNow().ToUnixTimeSeconds();
        (claims["iat"], claims["exp"]) = (now + issued, now + expires);
    }));

    [Test]
    public Task Access_of_a_key_that_nobody_has() => AssertIsAsync(
        "access-unknown-key", SignedByOther("""{"typ":"JWT","alg":"HS256","kid":"0a1b2c3d4e5f"}"""));

    [Test]
    public Task Access_of_a_key_that_was_here()
    {
        service.Execute("INSERT INTO signing_keys (kid, first_seen_at, signs_since) VALUES ('0a1b2c3d4e5f', 1764547200000000, 1764633600000000)");
        return AssertIsAsync("access-former-key", SignedByOther("""{"typ":"JWT","alg":"HS256","kid":"0a1b2c3d4e5f"}"""));
    }

    [Test]
    public async Task Access_of_a_key_that_others_know()
    {
        var administration = service.Services.GetRequiredService<SigningKeyAdministration>();
        await administration.MarkCompromisedAsync(new SigningKey(Calls.JwtSecret).Id, new Author("test"));
        await AssertIsAsync("access-compromised-key", login.AccessToken);
    }

    [Test]
    public Task Access_with_several_things_wrong() => AssertIsAsync("access-all-wrong", HandMadeJwt.Forge(
        login.AccessToken,
        claims => (claims["iss"], claims["iat"], claims["exp"], claims["username"]) = ("somebody", 1_700_000_000, 1_700_090_000, 7),
        Other));

    [Test]
    public Task Access_with_one_segment_lost() => AssertIsAsync("access-in-two", login.AccessToken[..login.AccessToken.LastIndexOf('.')]);

    [Test]
    public Task Access_longer_than_any() => AssertIsAsync("access-too-long", login.AccessToken + new string('A', 4096));

    [Test]
    public async Task Access_of_a_session_that_is_gone()
    {
        service.Execute("DELETE FROM refresh_tokens");
        await AssertIsAsync("access-gone", login.AccessToken);
        Assert.That((await service.Client.GenerateAsync(login.AccessToken)).Status, Is.EqualTo(HttpStatusCode.OK), "as it is said");
    }

    [Test]
    public async Task Access_as_a_document()
    {
        service.Clock.Advance(TimeSpan.FromMinutes(15) + TimeSpan.FromSeconds(192));
        var said = await service.ExplainAsync(login.AccessToken, json: true);

        Asking.AssertKeepsToken(said, login.AccessToken);
        Approved.AssertIs("Explaining/Golden", "access-expired.json", said);
    }

    [Test]
    public Task Access_without_a_key_id() =>
        AssertIsAsync("access-without-kid", HandMadeJwt.Forge(login.AccessToken, _ => { }, header: """{"typ":"JWT","alg":"HS256"}"""));

    [Test]
    public Task Access_by_no_algorithm() =>
        AssertIsAsync("access-alg-none", HandMadeJwt.Forge(login.AccessToken, _ => { }, header: """{"typ":"JWT","alg":"none"}"""));

    [Test]
    public Task Refresh_good() => AssertIsAsync("refresh-good", login.RefreshToken);

    [TestCase("refresh-retry", 4)]
    [TestCase("refresh-reused", 14)]
    public async Task Refresh_used_before(string name, int seconds)
    {
        service.Clock.Advance(TimeSpan.FromMinutes(1));
        await service.Client.RefreshAsync(login.RefreshToken);
        service.Clock.Advance(TimeSpan.FromSeconds(seconds));
        await AssertIsAsync(name, login.RefreshToken);
    }

    [Test]
    public async Task Refresh_used_long_before()
    {
        var next = await service.Client.RefreshAsync(login.RefreshToken);
        await service.Client.RefreshAsync(next.RefreshToken);
        await AssertIsAsync("refresh-old", login.RefreshToken);
    }

    [Test]
    public async Task Refresh_newer_than_its_session()
    {
        var next = await service.Client.RefreshAsync(login.RefreshToken);
        service.Execute("UPDATE refresh_tokens SET generation = 0");
        await AssertIsAsync("refresh-ahead", next.RefreshToken);
    }

    [Test]
    public async Task Refresh_used_before_by_a_clock_that_stepped_back()
    {
        await service.Client.RefreshAsync(login.RefreshToken);
        service.Execute("UPDATE refresh_tokens SET rotated_at = rotated_at + 60000000");
        await AssertIsAsync("refresh-clock-stepped-back", login.RefreshToken);
        Assert.That((await service.Client.RefreshAsync(login.RefreshToken)).Code, Is.EqualTo("invalid_refresh_token"), "as it is said");
    }

    [Test]
    public async Task Refresh_revoked()
    {
        await service.Client.RevokeAsync(login.RefreshToken);
        service.Clock.Advance(TimeSpan.FromHours(3));
        await AssertIsAsync("refresh-revoked", login.RefreshToken);
    }

    [Test]
    public async Task Refresh_expired()
    {
        service.Clock.Advance(TimeSpan.FromDays(7.5));
        await AssertIsAsync("refresh-expired", login.RefreshToken);
    }

    [Test]
    public Task Refresh_that_the_session_never_gave_out() =>
        AssertIsAsync("refresh-made", HandMadeJwt.Forge(login.RefreshToken, claims => claims["jti"] = "AAAAAAAAAAAAAAAAAAAAAA"));

    [Test]
    public async Task Refresh_of_a_session_that_is_gone()
    {
        service.Execute("DELETE FROM refresh_tokens");
        await AssertIsAsync("refresh-gone", login.RefreshToken);
    }

    [Test]
    public async Task It_answers_what_the_call_is_answered_and_leaves_no_trace()
    {
        var forged = HandMadeJwt.Forge(login.AccessToken, claims => claims["roles"] = "x", Other);
        foreach (var token in new[] { login.AccessToken, forged, login.RefreshToken, login.AccessToken[..^1] }) await service.ExplainAsync(token);
        Assert.That((service.Count("failed_logins"), service.CountEvents()), Is.EqualTo((0L, 0L)));

        Assert.That(await service.ExplainAsync(forged), Does.Contain((await service.Client.GenerateAsync(forged)).Code));
        await service.Client.LogoutAsync(login.AccessToken);
        Assert.That(await service.ExplainAsync(login.AccessToken), Does.Contain((await service.Client.GenerateAsync(login.AccessToken)).Code));
        Assert.That(await service.ExplainAsync(login.RefreshToken), Does.Contain((await service.Client.RefreshAsync(login.RefreshToken)).Code));
    }

    private string SignedByOther(string header) => HandMadeJwt.Forge(login.AccessToken, _ => { }, Other, header);

    private async Task AssertIsAsync(string name, string token)
    {
        var said = await service.ExplainAsync(token);

        Asking.AssertKeepsToken(said, token);
        Asking.AssertKeepsToken(said, login.AccessToken);
        Asking.AssertKeepsToken(said, login.RefreshToken);
        Approved.AssertIs("Explaining/Golden", $"{name}.txt", said);
    }
}
