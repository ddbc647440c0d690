using System.Net;
using System.Text.Json;
using Bhiv.Tests.Support;

namespace Bhiv.Tests.CommandLine;

/// <summary><c>serve --ephemeral</c> as the suite of another project runs it.</summary>
public sealed class EphemeralServiceTests
{
    [Test]
    public async Task Its_first_line_is_all_that_a_suite_needs()
    {
        using var service = Start();
        using var client = new HttpClient { BaseAddress = await service.AddressAsync() };
        var line = await LineAsync(service);

        Assert.That(line.GetProperty("url").GetString(), Is.EqualTo(client.BaseAddress!.OriginalString));
        var key = line.GetProperty("api_key").GetString()!;
        foreach (var account in line.GetProperty("accounts").EnumerateArray())
        {
            var login = await client.LoginAsync(
                account.GetProperty("username").GetString()!, account.GetProperty("password").GetString()!, key);
            Assert.That(login.Json.GetProperty("expires_in").GetInt32(), Is.EqualTo(10));
            Assert.That(HandMadeJwt.Verifies(login.AccessToken, line.GetProperty("jwt_secret").GetString()!), Is.True);
            Assert.That(
                HandMadeJwt.Payload(login.AccessToken).GetProperty("roles").ToString(), Is.EqualTo(account.GetProperty("roles").ToString()));
            Assert.That((await client.GenerateAsync(login.AccessToken, apiKey: key)).Status, Is.EqualTo(HttpStatusCode.OK));
        }
        Assert.That(line.GetProperty("accounts").EnumerateArray().Select(it => it.GetProperty("username").GetString()),
            Is.EqualTo(new[] { "admin", "member" }));
    }

    [Test]
    public async Task Two_at_once_share_nothing_and_leave_nothing()
    {
        using var here = new TemporaryDirectory();
        // Of no use to it: what the caller's own service runs on.
        var environment = new Dictionary<string, string>
        {
            ["JWT_SECRET"] = "short",
            ["API_KEY"] = "",
            ["BHIV_DATA"] = "/proc/nowhere",
            ["SENTRY_DSN"] = "nonsense",
            ["TMPDIR"] = here.Path,
        };
        using var one = Start(environment);
        using var other = Start(environment);
        using var client = new HttpClient { BaseAddress = await one.AddressAsync() };
        Assert.That(await other.AddressAsync(), Is.Not.EqualTo(client.BaseAddress));

        Assert.That((await client.LoginAsync(apiKey: (await LineAsync(other)).GetProperty("api_key").GetString())).Code, Is.EqualTo("invalid_api_key"));
        foreach (var service in new[] { one, other })
        {
            service.Terminate();
            Assert.That(await service.ExitCodeAsync(), Is.Zero);
        }
        Assert.That(Directory.EnumerateDirectories(here.Path, "bhiv-*"), Is.Empty);
    }

    [Test]
    public async Task Settings_of_the_suite_win()
    {
        using var service = Start(null, "--Tokens:AccessTokenLifetime=00:15:00");
        using var client = new HttpClient { BaseAddress = await service.AddressAsync() };
        var line = await LineAsync(service);

        var login = await client.LoginAsync(
            password: line.GetProperty("accounts")[0].GetProperty("password").GetString()!, apiKey: line.GetProperty("api_key").GetString());

        Assert.That(login.Json.GetProperty("expires_in").GetInt32(), Is.EqualTo(900));
    }

    [Test]
    public async Task It_serves_this_machine_alone()
    {
        using var service = Start(null, "--urls=http://0.0.0.0:0");

        Assert.That(await service.ExitCodeAsync(), Is.EqualTo(78));
        Assert.That(service.Output, Does.Contain("is open to the network"));
    }

    private static ServiceProcess Start(Dictionary<string, string>? environment = null, params string[] settings) =>
        ServiceProcess.Start(environment ?? [], ["serve", "--ephemeral", .. settings]);

    private static async Task<JsonElement> LineAsync(ServiceProcess service)
    {
        string? line = null;
        await Eventually.IsTrueAsync(() => (line = service.Output.Split('\n').FirstOrDefault(it => it.StartsWith('{'))) is not null);
        return JsonDocument.Parse(line!).RootElement;
    }
}
