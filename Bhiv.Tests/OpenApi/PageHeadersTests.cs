using Bhiv.Tests.Support;

namespace Bhiv.Tests.OpenApi;

public sealed class PageHeadersTests
{
    private BhivService service = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => service = await BhivService.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await service.DisposeAsync();

    [TestCase("/swagger/index.html")]
    [TestCase("/SWAGGER/index.html")]
    [TestCase("/swagger/page.js")]
    [TestCase("/swagger/swagger-ui-bundle.js")]
    [TestCase("/swagger/nowhere")]
    public async Task Everything_of_the_page_comes_with_its_policy(string path)
    {
        var headers = (await service.Client.GetAsync(path)).Headers;

        Assert.That(headers.GetValues("Content-Security-Policy").Single().Split("; "), Is.EquivalentTo(new[]
        {
            "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:", "connect-src 'self'",
            "frame-ancestors 'none'", "base-uri 'none'", "form-action 'none'",
        }));
        Assert.That(headers.GetValues("X-Content-Type-Options"), Is.EqualTo(new[] { "nosniff" }));
        Assert.That(headers.GetValues("Referrer-Policy"), Is.EqualTo(new[] { "no-referrer" }));
    }
}
