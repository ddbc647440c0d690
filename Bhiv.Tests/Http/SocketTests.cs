using System.Net.Sockets;
using System.Text;
using Bhiv.Tests.Support;

namespace Bhiv.Tests.Http;

/// <summary>What no client library would send.</summary>
public sealed class SocketTests
{
    private BhivService service = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => service = await BhivService.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await service.DisposeAsync();

    [Test]
    public async Task A_key_with_a_byte_that_is_no_ASCII_is_refused_with_its_code()
    {
        var answer = await SendAsync([.. "POST /api/v1/auth/login HTTP/1.1\r\nHost: x\r\nX-API-Key: caf"u8, 0xE9, .. "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8]);

        Assert.That(answer, Does.StartWith("HTTP/1.1 401 ").And.Contains("\"code\":\"invalid_api_key\""));
    }

    [Test]
    public async Task A_key_that_is_configured_as_UTF_8_is_taken_byte_for_byte()
    {
        await using var accented = await BhivService.StartAsync(new() { ["API_KEY"] = "clé-de-la-maison" });
        var body = """{"username":"admin","password":"bhiv2024"}""";

        var answer = await SendAsync(
            Encoding.UTF8.GetBytes($"POST /api/v1/auth/login HTTP/1.1\r\nHost: x\r\nX-API-Key: clé-de-la-maison\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n{body}"),
            accented);

        Assert.That(answer, Does.StartWith("HTTP/1.1 200 "));
    }

    /// <summary>A client library folds two header lines into one value; an attacker does not.</summary>
    [Test]
    public async Task Two_headers_of_a_credential_are_refused_as_two_though_each_would_pass()
    {
        var token = (await service.Client.LoginAsync()).AccessToken;
        var (key, bearer) = ($"X-API-Key: {Calls.ApiKey}\r\n", $"Authorization: Bearer {token}\r\n");
        const string rest = "Content-Length: 0\r\nConnection: close\r\n\r\n";

        var twoKeys = await SendAsync(Encoding.ASCII.GetBytes($"POST /api/v1/generate HTTP/1.1\r\nHost: x\r\n{key}{key}{bearer}{rest}"));
        var twoTokens = await SendAsync(Encoding.ASCII.GetBytes($"POST /api/v1/generate HTTP/1.1\r\nHost: x\r\n{key}{bearer}{bearer}{rest}"));

        Assert.That(twoKeys, Does.StartWith("HTTP/1.1 401 ").And.Contains("There is more than one X-API-Key header."));
        Assert.That(twoTokens, Does.StartWith("HTTP/1.1 401 ").And.Contains("There is more than one Authorization header."));
    }

    [TestCase("Transfer-Encoding: chunked\r\n\r\nZZ\r\n{}\r\n0\r\n\r\n")]
    [TestCase("Transfer-Encoding: chunked\r\n\r\n-1\r\n{}\r\n0\r\n\r\n")]
    public async Task A_chunk_of_a_bad_size_is_a_malformed_body(string rest)
    {
        var answer = await SendAsync(Encoding.ASCII.GetBytes(
            $"POST /api/v1/auth/login HTTP/1.1\r\nHost: x\r\nX-API-Key: {Calls.ApiKey}\r\nContent-Type: application/json\r\n{rest}"));

        Assert.That(answer, Does.StartWith("HTTP/1.1 400 ").And.Contains("\"code\":\"malformed_body\""));
    }

    [Test]
    public async Task Ten_megabytes_are_refused_before_they_are_sent()
    {
        var answer = await SendAsync(Encoding.ASCII.GetBytes(
            $"POST /api/v1/auth/login HTTP/1.1\r\nHost: x\r\nX-API-Key: {Calls.ApiKey}\r\nContent-Type: application/json\r\nContent-Length: 10000000\r\n\r\n"));

        Assert.That(answer, Does.StartWith("HTTP/1.1 413 ").And.Contains("\"code\":\"payload_too_large\""));
    }

    [Test]
    public async Task A_body_that_comes_too_slowly_is_a_timeout()
    {
        var answer = await SendAsync(Encoding.ASCII.GetBytes(
            $"POST /api/v1/auth/login HTTP/1.1\r\nHost: x\r\nX-API-Key: {Calls.ApiKey}\r\nContent-Type: application/json\r\nContent-Length: 50000\r\n\r\n{{"));

        Assert.That(answer, Does.StartWith("HTTP/1.1 408 ").And.Contains("\"code\":\"request_timeout\""));
    }

    [Test]
    public async Task A_HEAD_is_refused_without_a_body()
    {
        var answer = await SendAsync("HEAD /api/v1/auth/login HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"u8.ToArray());

        Assert.That(answer, Does.StartWith("HTTP/1.1 405 ").And.Contains("Allow: POST").And.Not.Contain("{"));
    }

    private async Task<string> SendAsync(byte[] request, BhivService? to = null)
    {
        using var socket = new TcpClient();
        var address = (to ?? service).Client.BaseAddress!;
        await socket.ConnectAsync(address.Host, address.Port);
        var stream = socket.GetStream();
        await stream.WriteAsync(request);
        using var reader = new StreamReader(stream, Encoding.Latin1);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        return await reader.ReadToEndAsync(patience.Token);
    }
}
