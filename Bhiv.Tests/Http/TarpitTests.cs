using System.Diagnostics;
using System.Net;
using Bhiv.Api.Http;
using Bhiv.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Bhiv.Tests.Http;

public sealed class TarpitTests
{
    private static readonly string[] Narrow = ["--RateLimits:RequestsPerMinute=1"];

    [Test]
    public async Task A_refusal_is_held_for_a_second_and_says_nothing_of_the_connection()
    {
        await using var service = await BhivService.StartAsync(arguments: Narrow, replace: services => services.AddSingleton(new Tarpit()));
        await service.Client.LoginAsync();
        var began = Stopwatch.GetTimestamp();
        var refused = await service.Client.LoginAsync();

        Assert.That(Stopwatch.GetElapsedTime(began), Is.GreaterThan(TimeSpan.FromSeconds(0.95)));
        Assert.That(refused.Status, Is.EqualTo(HttpStatusCode.TooManyRequests));
        Assert.That(refused.Response.Headers.ConnectionClose, Is.Null);
    }

    [Test]
    public async Task A_login_that_is_turned_away_is_held_too()
    {
        await using var service = await BhivService.StartAsync(
            arguments: ["--Throttle:FreeFailures=1"], replace: services => services.AddSingleton(new Tarpit()));
        await service.Client.LoginAsync(password: "wrong");
        var began = Stopwatch.GetTimestamp();

        Assert.That((await service.Client.LoginAsync()).Code, Is.EqualTo("too_many_attempts"));
        Assert.That(Stopwatch.GetElapsedTime(began), Is.GreaterThan(TimeSpan.FromSeconds(0.95)));
    }

    [Test]
    public async Task When_as_many_are_held_as_may_be_the_next_is_answered_at_once_and_its_connection_closed()
    {
        var full = new Tarpit(TimeSpan.FromSeconds(30));
        using var over = new CancellationTokenSource();
        var held = Enumerable.Range(0, Tarpit.MaximumHeld).Select(_ => full.HoldAsync(over.Token)).ToList();
        await using (var service = await BhivService.StartAsync(arguments: Narrow, replace: services => services.AddSingleton(full)))
        {
            await service.Client.LoginAsync();
            var began = Stopwatch.GetTimestamp();
            var refused = await service.Client.LoginAsync();

            Assert.That(refused.Code, Is.EqualTo("rate_limited"));
            Assert.That(refused.Response.Headers.ConnectionClose, Is.True);
            Assert.That(Stopwatch.GetElapsedTime(began), Is.LessThan(TimeSpan.FromSeconds(10)));
            Assert.That(held.All(one => !one.IsCompleted));
        }
        await over.CancelAsync();

        Assert.That(await Task.WhenAll(held), Is.All.True);
    }

    [Test]
    public async Task Whoever_hangs_up_makes_room()
    {
        var tarpit = new Tarpit(TimeSpan.FromMinutes(1));
        using var over = new CancellationTokenSource();
        var held = Enumerable.Range(0, Tarpit.MaximumHeld).Select(_ => tarpit.HoldAsync(over.Token)).ToList();
        Assert.That(await tarpit.HoldAsync(CancellationToken.None), Is.False);
        await over.CancelAsync();
        await Task.WhenAll(held);

        using var another = new CancellationTokenSource();
        var next = tarpit.HoldAsync(another.Token);
        Assert.That(next.IsCompleted, Is.False);
        await another.CancelAsync();
        Assert.That(await next, Is.True);
    }
}
