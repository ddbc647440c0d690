using System.Text;
using Bhiv.Application.Accounts;
using Bhiv.Application.ApiKeys;
using Bhiv.Domain.Accounts;
using Bhiv.Domain.ApiKeys;
using Bhiv.Domain.Audit;
using Bhiv.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Bhiv.Tests.Http;

/// <summary>A caller sends all but the last byte, and is let in; then something is taken from him, and the last byte comes.</summary>
public sealed class LateJudgementTests
{
    private static readonly Author Operator = new("cli:test");

    private BhivService service = null!;
    private StoredKey key = null!;
    private string token = null!;

    [SetUp]
    public async Task StartAsync()
    {
        service = await BhivService.StartAsync();
        key = await service.MakeKeyAsync();
        // By another key of the client: the session does not end with the one that calls.
        token = (await service.Client.LoginAsync()).AccessToken;
    }

    [TearDown]
    public async Task StopAsync() => await service.DisposeAsync();

    [TestCase(Calls.Generate, "{\"prompt\":\"Modern office building\"}")]
    [TestCase(Calls.Password, "{\"current_password\":\"bhiv2024\",\"new_password\":\"the kettle sang twice\"}")]
    [TestCase(Calls.Accounts, "{\"username\":\"mallory\",\"roles\":[\"admin\"]}")]
    public async Task Whose_session_has_ended_meanwhile_is_refused(string path, string body)
    {
        using var held = await SendButTheEndAsync(path, body);

        await service.Client.LogoutAsync(token);

        Assert.That(await held.EndAsync(), Does.StartWith("HTTP/1.1 401 ").And.Contains("\"code\":\"revoked_token\""));
    }

    [TestCase(Calls.Generate, "{\"prompt\":\"Modern office building\"}")]
    [TestCase(Calls.Introspect, "{\"token\":\"x\"}")]
    [TestCase(Calls.Accounts, "{\"username\":\"mallory\",\"roles\":[\"admin\"]}")]
    public async Task Whose_key_was_revoked_meanwhile_is_refused(string path, string body)
    {
        using var held = await SendButTheEndAsync(path, body);

        await service.Services.GetRequiredService<ApiKeyAdministration>().RevokeAsync(new ApiKeyId(key.Id), Operator);

        Assert.That(await held.EndAsync(), Does.StartWith("HTTP/1.1 401 ").And.Contains("\"code\":\"revoked_api_key\""));
        Assert.That(await service.Services.GetRequiredService<AccountAdministration>().FindAsync(AccountName.Of("mallory"), default), Is.Null);
    }

    [Test]
    public async Task Whose_credentials_are_good_still_is_served()
    {
        using var held = await SendButTheEndAsync(Calls.Generate, "{\"prompt\":\"Modern office building\"}");

        Assert.That(await held.EndAsync(), Does.StartWith("HTTP/1.1 200 "));
    }

    private async Task<HeldCall> SendButTheEndAsync(string path, string body)
    {
        var socket = await Peer.ConnectAsync("127.0.0.1", service.Client.BaseAddress!.Host, service.Client.BaseAddress.Port, default);
        await socket.SendAsync(Encoding.ASCII.GetBytes(
            $"POST {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-API-Key: {key.Text}\r\nAuthorization: Bearer {token}\r\n"
            + $"Expect: 100-continue\r\nContent-Length: {body.Length}\r\n\r\n"));
        // The body is asked for once both were judged good.
        var asked = new byte[256];
        Assert.That(Encoding.ASCII.GetString(asked, 0, await socket.ReceiveAsync(asked)), Does.StartWith("HTTP/1.1 100 "));
        await socket.SendAsync(Encoding.ASCII.GetBytes(body[..^1]));
        return new HeldCall(socket, body[^1..]);
    }

    private sealed class HeldCall(System.Net.Sockets.Socket socket, string end) : IDisposable
    {
        public async Task<string> EndAsync()
        {
            await socket.SendAsync(Encoding.ASCII.GetBytes(end));
            return await Peer.ReadToEndAsync(socket, default);
        }

        public void Dispose() => socket.Dispose();
    }
}
