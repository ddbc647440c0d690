using System.Text;
using System.Text.Json;

namespace Bhiv.Benchmark.Driving;

/// <summary>A server and who calls it: the bytes of each call.</summary>
internal sealed record Target(Uri Address, string ApiKey, string Username, string Password)
{
    public const string Prompt = "Modern office building";

    public byte[] Login() => Login(Username, Password);

    public byte[] Login(string username, string password) =>
        Post("/api/v1/auth/login", new { username, password }, $"X-API-Key: {ApiKey}\r\n");

    public byte[] Refresh(string token) =>
        Post("/api/v1/auth/refresh", new { refresh_token = token }, $"X-API-Key: {ApiKey}\r\n");

    public byte[] Generate(string accessToken) => Post(
        "/api/v1/generate", new { prompt = Prompt }, $"X-API-Key: {ApiKey}\r\nAuthorization: Bearer {accessToken}\r\n");

    /// <summary>Without any credential.</summary>
    public byte[] GenerateBare() => Post("/api/v1/generate", new { prompt = Prompt }, string.Empty);

    /// <summary>The pair of a new session.</summary>
    public async Task<(string AccessToken, string RefreshToken)> LogInAsync(CancellationToken cancellationToken)
    {
        using var connection = await Connection.OpenAsync(Address, cancellationToken);
        using var pair = JsonDocument.Parse(await connection.AskAsync(Login(), cancellationToken));
        return (Text("access_token"), Text("refresh_token"));

        string Text(string name) => pair.RootElement.GetProperty(name).GetString()!;
    }

    private byte[] Post(string path, object body, string credentials)
    {
        var json = JsonSerializer.Serialize(body);
        return Encoding.Latin1.GetBytes(
            $"POST {path} HTTP/1.1\r\nHost: {Address.Authority}\r\nContent-Type: application/json\r\n{credentials}"
            + $"Content-Length: {json.Length}\r\n\r\n{json}");
    }
}
