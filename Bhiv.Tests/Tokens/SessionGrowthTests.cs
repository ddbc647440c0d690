using Bhiv.Tests.Support;

namespace Bhiv.Tests.Tokens;

public sealed class SessionGrowthTests
{
    [Test]
    public async Task A_session_owns_one_row_and_no_more_room_however_often_it_is_refreshed()
    {
        await using var service = await BhivService.StartAsync();
        var token = (await service.Client.LoginAsync()).RefreshToken;
        token = await RefreshAsync(service, token, 10);
        var pages = Pages(service);

        var refreshes = Proofs.Size(500, 10_000);
        await RefreshAsync(service, token, refreshes);

        Assert.That(
            service.Query("SELECT generation FROM refresh_tokens", row => row.GetInt64(0)), Is.EqualTo(new[] { refreshes + 10L }));
        Assert.That(Pages(service), Is.EqualTo(pages));
        Assert.That(service.CountEvents() + service.Count("failed_logins"), Is.Zero);
        // The log of writes is begun again when it has a thousand pages.
        Assert.That(new FileInfo(service.DatabasePath + "-wal").Length, Is.LessThan(8 * 1024 * 1024));
    }

    private static async Task<string> RefreshAsync(BhivService service, string token, int times)
    {
        for (var at = 0; at < times; at++) token = (await service.Client.RefreshAsync(token)).RefreshToken;
        return token;
    }

    private static long Pages(BhivService service) => service.Query("PRAGMA page_count", row => row.GetInt64(0)).Single();
}
