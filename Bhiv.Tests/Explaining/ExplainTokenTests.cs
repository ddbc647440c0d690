using Bhiv.Tests.Support;

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
        "access-unknown-key", HandMadeJwt.Forge(login.AccessToken, _ => { }, Other, """{"typ":"JWT","alg":"HS256","kid":"0a1b2c3d4e5f"}"""));

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
        Assert.That((service.Count("failed_logins"), service.Count("audit_events")), Is.EqualTo((0L, 0L)));

        Assert.That(await service.ExplainAsync(forged), Does.Contain((await service.Client.GenerateAsync(forged)).Code));
        await service.Client.LogoutAsync(login.AccessToken);
        Assert.That(await service.ExplainAsync(login.AccessToken), Does.Contain((await service.Client.GenerateAsync(login.AccessToken)).Code));
        Assert.That(await service.ExplainAsync(login.RefreshToken), Does.Contain((await service.Client.RefreshAsync(login.RefreshToken)).Code));
    }

    private async Task AssertIsAsync(string name, string token)
    {
        var said = await service.ExplainAsync(token);

        foreach (var part in token.Split('.')) Assert.That(part.Length < 8 || !said.Contains(part, StringComparison.Ordinal), "the token is not told");
        if (HandMadeJwt.Payload(login.AccessToken).GetProperty("jti").GetString() is { } id) Assert.That(said, Does.Not.Contain(id));
        Approved.AssertIs("Explaining/Golden", $"{name}.txt", said);
    }
}
