using System.Net;
using Bhiv.Domain.Tokens;
using Bhiv.Infrastructure.Tokens;
using Bhiv.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Bhiv.Tests.Tokens;

/// <summary>What a process knows of what was revoked before it started, and by others.</summary>
public sealed class RevocationFeedTests
{
    [Test]
    public async Task What_was_revoked_is_revoked_after_a_restart()
    {
        using var directory = new TemporaryDirectory();
        Answer ended;
        Answer live;
        await using (var before = await BhivService.StartAsync(directory: directory.Path))
        {
            (ended, live) = (await before.Client.LoginAsync(), await before.Client.LoginAsync());
            await before.Client.LogoutAsync(ended.AccessToken);
        }

        await using var after = await BhivService.StartAsync(directory: directory.Path);

        Assert.That((await after.Client.GenerateAsync(ended.AccessToken)).Code, Is.EqualTo("revoked_token"));
        Assert.That((await after.Client.GenerateAsync(live.AccessToken)).Status, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task What_another_process_revoked_is_refused_within_the_bound()
    {
        using var directory = new TemporaryDirectory();
        await using var one = await BhivService.StartAsync(directory: directory.Path);
        await using var other = await BhivService.StartAsync(directory: directory.Path);
        var (ended, live) = (await one.Client.LoginAsync(), await one.Client.LoginAsync());
        Assert.That((await other.Client.GenerateAsync(ended.AccessToken)).Status, Is.EqualTo(HttpStatusCode.OK));
        await one.Client.LogoutAsync(ended.AccessToken);

        // Past the bound nobody answers from an old set: what was not heard is asked for first.
        other.Clock.Advance(new TokenOptions().MaxStaleness + TimeSpan.FromTicks(1));

        Assert.That((await other.Client.GenerateAsync(ended.AccessToken)).Code, Is.EqualTo("revoked_token"));
        Assert.That((await other.Client.GenerateAsync(live.AccessToken)).Status, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task A_revocation_of_a_kind_that_only_a_newer_build_knows_counts_and_other_news_of_it_stops_nobody()
    {
        using var directory = new TemporaryDirectory();
        await using var running = await BhivService.StartAsync(directory: directory.Path);
        var (ended, live) = (await running.Client.LoginAsync(), await running.Client.LoginAsync());
        var session = HandMadeJwt.Payload(ended.AccessToken).GetProperty("sid").GetString();
        foreach (var (id, reason) in new[] { (session, "'of_later'"), (null, "NULL") })
            running.Execute($"""
                INSERT INTO audit_events (at, kind, session_id, reason, evidence)
                SELECT created_at, 'of_later', session_id, {reason}, '[]' FROM refresh_tokens WHERE session_id = '{id}' OR '{id}' = ''
                """);

        running.Clock.Advance(new TokenOptions().MaxStaleness + TimeSpan.FromTicks(1));
        await using var restarted = await BhivService.StartAsync(directory: directory.Path);

        foreach (var service in new[] { running, restarted })
        {
            Assert.That((await service.Client.GenerateAsync(ended.AccessToken)).Code, Is.EqualTo("revoked_token"));
            Assert.That((await service.Client.GenerateAsync(live.AccessToken)).Status, Is.EqualTo(HttpStatusCode.OK));
        }
    }

    [Test]
    public async Task The_feed_asks_by_itself_each_second()
    {
        using var directory = new TemporaryDirectory();
        await using var one = await BhivService.StartAsync(directory: directory.Path);
        await using var other = await BhivService.StartAsync(directory: directory.Path);
        var login = await one.Client.LoginAsync();
        await one.Client.LogoutAsync(login.AccessToken);
        var set = other.Services.GetRequiredService<RevocationSet>();
        Assert.That(set.Count, Is.Zero);

        other.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.That(() => set.Count, Is.EqualTo(1).After(10).Seconds.PollEvery(10));
        var feed = other.Services.GetRequiredService<RevocationFeed>();
        Assert.That(() => feed.Staleness, Is.EqualTo(TimeSpan.Zero).After(10).Seconds.PollEvery(10));
    }

    [Test]
    public async Task Past_the_bound_without_the_database_calls_are_unavailable_and_come_back_with_it()
    {
        using var directory = new TemporaryDirectory();
        var data = Path.Combine(directory.Path, "data");
        await using var its = await BhivService.StartAsync(directory: data);
        var login = await its.Client.LoginAsync();
        SqliteConnection.ClearAllPools();
        Directory.Move(data, data + "-gone");

        its.Clock.Advance(new TokenOptions().MaxStaleness);
        var within = await its.Client.GenerateAsync(login.AccessToken);
        its.Clock.Advance(TimeSpan.FromTicks(10));
        var past = await its.Client.GenerateAsync(login.AccessToken);
        Directory.Move(data + "-gone", data);
        for (var call = 0; call < 2; call++)
        {
            its.Clock.Advance(TimeSpan.FromMilliseconds(124));
            await its.Client.GenerateAsync(login.AccessToken);
        }
        its.Clock.Advance(TimeSpan.FromMilliseconds(2));
        var again = await its.Client.GenerateAsync(login.AccessToken);

        // One asks; until it may be asked again the others are told at once, and their asking puts nothing off.
        Assert.That(within.Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(past.Code, Is.EqualTo("unavailable"));
        Assert.That(past.Response.Headers.RetryAfter, Is.Not.Null);
        Assert.That(past.Challenges, Is.Empty);
        Assert.That(again.Status, Is.EqualTo(HttpStatusCode.OK));
    }
}
