using System.Net;
using Bhiv.Tests.Support;

namespace Bhiv.Tests.Database;

public sealed class CrashTests
{
    [Test]
    public async Task What_was_answered_before_a_kill_holds_after_it()
    {
        using var directory = new TemporaryDirectory();
        string refreshToken;
        using (var first = ServiceProcess.StartDevelopment(directory.Path))
        {
            using var client = new HttpClient { BaseAddress = await first.AddressAsync() };
            refreshToken = (await client.LoginAsync()).RefreshToken;
            first.Kill();
        }

        using var second = ServiceProcess.StartDevelopment(directory.Path);
        using var again = new HttpClient { BaseAddress = await second.AddressAsync() };
        var refresh = await again.RefreshAsync(refreshToken);
        second.Kill();

        Assert.That(refresh.Status, Is.EqualTo(HttpStatusCode.OK));
        using var third = ServiceProcess.StartDevelopment(directory.Path);
        using var last = new HttpClient { BaseAddress = await third.AddressAsync() };
        Assert.That((await last.RefreshAsync(refresh.RefreshToken)).Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await last.GenerateAsync(refresh.AccessToken)).Status, Is.EqualTo(HttpStatusCode.OK));
    }
}
