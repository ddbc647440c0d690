using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Bhiv.Tests.Support;

/// <summary>The calls, as a client makes them.</summary>
internal static class Calls
{
    public const string ApiKey = "bhiv-secret-key-2024";
    public const string JwtSecret = "your-256-bit-secret-key";
    public const string Login = "/api/v1/auth/login";
    public const string Refresh = "/api/v1/auth/refresh";
    public const string Generate = "/api/v1/generate";
    public const string Logout = "/api/v1/auth/logout";
    public const string Revoke = "/api/v1/auth/revoke";
    public const string Password = "/api/v1/auth/password";
    public const string Introspect = "/api/v1/auth/introspect";
    public const string Me = "/api/v1/auth/me";
    public const string Sessions = "/api/v1/auth/sessions";
    public const string FailedLogins = "/api/v1/audit/failed-logins";
    public const string FailedLoginsByHour = "/api/v1/audit/failed-logins/summary";
    public const string Metrics = "/metrics";
    public const string Accounts = "/api/v1/accounts";
    public const string Account = Accounts + "/{id}";
    public const string DisableAccount = Account + "/disable";
    public const string EnableAccount = Account + "/enable";
    public const string AccountRoles = Account + "/roles";
    public const string ResetPassword = Account + "/reset-password";
    public const string AccountSessions = Account + "/sessions";
    public const string RevokeSessions = "/api/v1/sessions/revoke";
    public const string Clients = "/api/v1/clients";
    public const string DisableClient = Clients + "/{id}/disable";
    public const string EnableClient = Clients + "/{id}/enable";
    public const string ApiKeys = "/api/v1/api-keys";
    public const string RotateApiKey = ApiKeys + "/{id}/rotate";
    public const string RevokeApiKey = ApiKeys + "/{id}";
    public const string AuditEvents = "/api/v1/audit/events";

    public static async Task<Answer> LoginAsync(
        this HttpClient client, string username = "admin", string password = "bhiv2024", string? apiKey = ApiKey)
    {
        var answer = await client.PostAsync(Login, new { username, password }, apiKey);
        if (answer.Response.IsSuccessStatusCode) UsedSecrets.AddText("a password", password);
        return answer;
    }

    /// <param name="new">Takes the place of the password.</param>
    public static async Task<Answer> LoginWithNewAsync(this HttpClient client, string @new, string password = "bhiv2024", string username = "admin")
    {
        var answer = await client.PostAsync(Login, new { username, password, new_password = @new });
        if (answer.Response.IsSuccessStatusCode) UsedSecrets.AddText("a password", @new);
        return answer;
    }

    public static Task<Answer> RefreshAsync(this HttpClient client, string token, string? apiKey = ApiKey) =>
        client.PostAsync(Refresh, new { refresh_token = token }, apiKey);

    public static Task<Answer> GenerateAsync(
        this HttpClient client, string? accessToken, string prompt = "Modern office building", string? apiKey = ApiKey) =>
        client.PostAsync(Generate, new { prompt }, apiKey, accessToken);

    /// <param name="scope">As in the body; null sends none.</param>
    public static Task<Answer> LogoutAsync(this HttpClient client, string accessToken, string? scope = null) => scope is null
        ? client.SendAsync(HttpMethod.Post, Logout, accessToken: accessToken)
        : client.PostAsync(Logout, new { scope }, accessToken: accessToken);

    /// <param name="current">The runbook's by default.</param>
    public static async Task<Answer> ChangePasswordAsync(this HttpClient client, string accessToken, string @new, string current = "bhiv2024")
    {
        var answer = await client.PostAsync(Password, new { current_password = current, new_password = @new }, accessToken: accessToken);
        if (answer.Response.IsSuccessStatusCode) UsedSecrets.AddText("a password", @new);
        return answer;
    }

    public static Task<Answer> RevokeAsync(this HttpClient client, string token, string? apiKey = ApiKey) =>
        client.PostAsync(Revoke, new { token }, apiKey);

    public static Task<Answer> IntrospectAsync(this HttpClient client, string token, string? apiKey = ApiKey) =>
        client.PostAsync(Introspect, new { token }, apiKey);

    /// <param name="path">With its query.</param>
    public static Task<Answer> GetAsync(this HttpClient client, string path, string? accessToken) =>
        client.SendAsync(HttpMethod.Get, path, accessToken: accessToken);

    /// <summary>Of a call at a thing of this id.</summary>
    public static string At(this string path, string id) => path.Replace("{id}", id, StringComparison.Ordinal);

    public static Task<Answer> PostAsync(
        this HttpClient client, string path, object body, string? apiKey = ApiKey, string? accessToken = null) =>
        client.SendAsync(path, new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json"), apiKey, accessToken);

    public static Task<Answer> SendAsync(
        this HttpClient client, string path, HttpContent content, string? apiKey = ApiKey, string? accessToken = null) =>
        client.SendAsync(HttpMethod.Post, path, content, apiKey, accessToken);

    public static Task<Answer> SendAsync(
        this HttpClient client,
        HttpMethod method,
        string path,
        HttpContent? content = null,
        string? apiKey = ApiKey,
        string? accessToken = null)
    {
        var request = new HttpRequestMessage(method, path) { Content = content };
        if (apiKey is not null) request.Headers.Add("X-API-Key", apiKey);
        if (accessToken is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", accessToken);
        return Answer.OfAsync(client.SendAsync(request));
    }
}
