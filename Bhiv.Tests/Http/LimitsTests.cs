using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using Bhiv.Api.Http;
using Bhiv.Domain.Accounts;
using Bhiv.Tests.Support;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.Extensions.DependencyInjection;
using Moq;

namespace Bhiv.Tests.Http;

/// <summary>What one request may be, and how long it may last.</summary>
public sealed class LimitsTests
{
    private BhivService service = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => service = await BhivService.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await service.DisposeAsync();

    [TestCase(15_000, 200)]
    [TestCase(17_000, 431)]
    public async Task Headers_have_a_size(int size, int status) => Assert.That(
        await Peer.SendAsync(service.Client.BaseAddress!, $"GET /health HTTP/1.1\r\nHost: x\r\nConnection: close\r\nA: {new string('a', size)}\r\n\r\n"),
        Does.StartWith($"HTTP/1.1 {status} "));

    [TestCase(64, 200)]
    [TestCase(65, 431)]
    public async Task Headers_have_a_number(int count, int status) => Assert.That(
        await Peer.SendAsync(
            service.Client.BaseAddress!,
            $"GET /health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n{string.Concat(Enumerable.Range(2, count - 2).Select(number => $"A{number}: a\r\n"))}\r\n"),
        Does.StartWith($"HTTP/1.1 {status} "));

    [TestCase(8_000, 200)]
    [TestCase(8_200, 414)]
    public async Task A_request_line_has_a_size(int size, int status) => Assert.That(
        await Peer.SendAsync(service.Client.BaseAddress!, $"GET /health?{new string('a', size)} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"),
        Does.StartWith($"HTTP/1.1 {status} "));

    /// <summary>By each timer of the server its rate is good enough.</summary>
    [Test]
    public async Task A_body_that_drips_is_ended_by_the_time_that_the_whole_may_take()
    {
        await using var brief = await BriefAsync();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var socket = await Peer.ConnectAsync("127.0.0.1", "127.0.0.1", brief.Client.BaseAddress!.Port, patience.Token);
        await socket.SendAsync(
            Encoding.ASCII.GetBytes($"POST /api/v1/auth/login HTTP/1.1\r\nHost: x\r\nX-API-Key: {Calls.ApiKey}\r\nContent-Length: 60000\r\n\r\n"), patience.Token);
        var reading = Peer.ReadToEndAsync(socket, patience.Token);
        try
        {
            while (!reading.IsCompleted)
            {
                await socket.SendAsync(new byte[100], patience.Token);
                await Task.Delay(100, patience.Token);
            }
        }
        catch (SocketException)
        {
            // It is closed.
        }

        Assert.That(
            await reading,
            Does.StartWith("HTTP/1.1 408 ").And.Contains("\"code\":\"request_timeout\"").And.Contains("Connection: close").And.Contains("X-Frame-Options: DENY"));
    }

    [Test]
    public async Task A_call_that_waits_too_long_for_anything_is_answered_and_let_go()
    {
        var accounts = new Mock<IAccountStore>();
        var isLetGo = false;
        accounts.Setup(it => it.FindByNameAsync(It.IsAny<AccountName>(), It.IsAny<CancellationToken>())).Returns(async (AccountName _, CancellationToken token) =>
        {
            await using var _1 = token.Register(() => isLetGo = true);
            await Task.Delay(Timeout.Infinite, token);
            return null;
        });
        await using var brief = await BriefAsync(services => services.AddSingleton(accounts.Object));

        var answer = await brief.Client.LoginAsync();

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.RequestTimeout));
        Assert.That(answer.Code, Is.EqualTo("request_timeout"));
        Assert.That(answer.Response.Headers.CacheControl!.NoStore, Is.True);
        Assert.That(isLetGo, Is.True);
    }

    [TestCase("ndjson", 30_000)]
    [TestCase("csv", 30_001)]
    public async Task An_answer_that_has_begun_may_take_as_long_as_its_reader_likes(string format, int lines)
    {
        await using var brief = await BriefAsync();
        var token = (await brief.Client.LoginAsync()).AccessToken;
        brief.Execute("""
            WITH RECURSIVE number(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < 30000)
            INSERT INTO failed_logins (failed_login_id, at, client_id, address, user_agent, reason, trace_id)
            SELECT printf('%08x-%04x-7000-8000-000000000000', n >> 16, n & 65535), n, 'default', '192.0.2.1', hex(zeroblob(120)), 'invalid_token', hex(randomblob(16))
            FROM number
            """);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{Calls.FailedLogins}?format={format}");
        request.Headers.Add("X-API-Key", Calls.ApiKey);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);

        using var response = await brief.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        var read = 0;
        for (; await reader.ReadLineAsync() is not null; read++)
        {
            if (read == 100) await Task.Delay(2500);
        }

        Assert.That(read, Is.EqualTo(lines));
    }

    /// <summary>It gives each request a second.</summary>
    private static Task<BhivService> BriefAsync(Action<IServiceCollection>? replace = null) => BhivService.StartAsync(replace: services =>
    {
        services.Configure<RequestTimeoutOptions>(timeouts => timeouts.DefaultPolicy = TimeLimit.Of(TimeSpan.FromSeconds(1)));
        replace?.Invoke(services);
    });
}
