using System.Text.Json;
using Bhiv.Tests.Support;

namespace Bhiv.Tests.ApiKeys;

/// <summary>The administration of clients and keys, as an administrator calls it: each call after a login of its own.</summary>
internal static class KeyCalls
{
    public static async Task<Answer> MakeClientAsync(this HttpClient client, string id) =>
        await client.PostAsync(Calls.Clients, new { client_id = id }, accessToken: await TokenAsync(client));

    public static async Task<Answer> DisableClientAsync(this HttpClient client, string id) =>
        await client.SendAsync(HttpMethod.Post, Calls.DisableClient.At(id), accessToken: await TokenAsync(client));

    public static async Task<Answer> EnableClientAsync(this HttpClient client, string id) =>
        await client.SendAsync(HttpMethod.Post, Calls.EnableClient.At(id), accessToken: await TokenAsync(client));

    /// <param name="days">Null for what the service is set to.</param>
    public static async Task<Answer> MakeKeyAsync(this HttpClient client, string id, string scopes = "auth generate", int? days = null) =>
        await client.PostAsync(
            Calls.ApiKeys, new { client_id = id, scopes = scopes.Split(' '), expires_in_days = days }, accessToken: await TokenAsync(client));

    public static async Task<Answer> RotateKeyAsync(this HttpClient client, string id, int? overlap = null) =>
        await client.PostAsync(Calls.RotateApiKey.At(id), new { overlap_days = overlap }, accessToken: await TokenAsync(client));

    public static async Task<Answer> RevokeKeyAsync(this HttpClient client, string id) =>
        await client.SendAsync(HttpMethod.Delete, Calls.RevokeApiKey.At(id), accessToken: await TokenAsync(client));

    /// <summary>As the list has it.</summary>
    public static async Task<JsonElement> KeyAsync(this HttpClient client, string id) =>
        (await client.GetAsync(Calls.ApiKeys, await TokenAsync(client))).Json.EnumerateArray().Single(key => key.GetProperty("key_id").GetString() == id);

    public static string Key(this Answer made) => made.Json.GetProperty("api_key").GetString()!;

    public static string KeyId(this Answer made) => made.Json.GetProperty("key_id").GetString()!;

    public static string? Text(this JsonElement json, string name) => json.GetProperty(name).GetString();

    private static async Task<string> TokenAsync(HttpClient client) => (await client.LoginAsync()).AccessToken;
}
