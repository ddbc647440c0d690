using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Bhiv.Tests.Support;

namespace Bhiv.Tests.Accounts;

/// <summary>The administration of accounts, as an administrator calls it.</summary>
internal static class AccountCalls
{
    public static Task<Answer> MakeAccountAsync(this HttpClient client, string token, string name, params string[] roles) =>
        client.PostAsync(Calls.Accounts, roles.Length == 0 ? new { username = name } : new { username = name, roles }, accessToken: token);

    /// <param name="path">One of those at an account.</param>
    /// <param name="version">For <c>If-Match</c>; null sends none.</param>
    public static Task<Answer> EditAccountAsync(
        this HttpClient client, HttpMethod method, string path, string id, string token, string? version = null, object? body = null)
    {
        var request = new HttpRequestMessage(method, path.At(id))
        {
            Content = body is null ? null : new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("X-API-Key", Calls.ApiKey);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (version is not null) request.Headers.TryAddWithoutValidation("If-Match", version);
        return Answer.OfAsync(client.SendAsync(request));
    }

    public static Task<Answer> DisableAccountAsync(this HttpClient client, string token, string id, string? version = null) =>
        client.EditAccountAsync(HttpMethod.Post, Calls.DisableAccount, id, token, version);

    public static Task<Answer> EnableAccountAsync(this HttpClient client, string token, string id, string? version = null) =>
        client.EditAccountAsync(HttpMethod.Post, Calls.EnableAccount, id, token, version);

    public static Task<Answer> SetRolesAsync(this HttpClient client, string token, string id, string[] roles, string? version = null) =>
        client.EditAccountAsync(HttpMethod.Put, Calls.AccountRoles, id, token, version, new { roles });

    public static Task<Answer> ResetPasswordAsync(this HttpClient client, string token, string id, string? version = null) =>
        client.EditAccountAsync(HttpMethod.Post, Calls.ResetPassword, id, token, version);

    public static Task<Answer> DeleteAccountAsync(this HttpClient client, string token, string id, string? version = null) =>
        client.EditAccountAsync(HttpMethod.Delete, Calls.Account, id, token, version);

    public static string AccountId(this Answer made) => made.Json.GetProperty("account").GetProperty("account_id").GetString()!;

    public static string OneTimePassword(this Answer made) => made.Json.GetProperty("one_time_password").GetString()!;

    public static string? ETag(this Answer answer) => answer.Response.Headers.ETag?.ToString();
}
