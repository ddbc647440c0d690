using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Bhiv.Tests.Support;

/// <summary>
/// JWTs made and verified by hand from RFC 7515, with nothing of the product's: what both understand is the format and not a
/// shared mistake.
/// </summary>
internal static class HandMadeJwt
{
    public static string Sign(string header, string payload, string secret)
    {
        var signed = Encode(Encoding.UTF8.GetBytes(header)) + "." + Encode(Encoding.UTF8.GetBytes(payload));
        return signed + "." + Encode(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.ASCII.GetBytes(signed)));
    }

    /// <summary>Another token with the claims of <paramref name="token"/> after <paramref name="change"/>, signed well.</summary>
    public static string Forge(string token, Action<JsonObject> change, string secret = Calls.JwtSecret, string? header = null)
    {
        var claims = JsonNode.Parse(Payload(token).GetRawText())!.AsObject();
        change(claims);
        return Sign(header ?? Header(token).GetRawText(), claims.ToJsonString(), secret);
    }

    public static bool Verifies(string token, string secret)
    {
        var parts = token.Split('.');
        var expected = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.ASCII.GetBytes(parts[0] + "." + parts[1]));
        return parts.Length == 3 && Encode(expected) == parts[2];
    }

    public static JsonElement Header(string token) => JsonDocument.Parse(Decode(token.Split('.')[0])).RootElement;

    public static JsonElement Payload(string token) => JsonDocument.Parse(Decode(token.Split('.')[1])).RootElement;

    public static string Encode(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    private static byte[] Decode(string text) => Convert.FromBase64String(
        text.Replace('-', '+').Replace('_', '/').PadRight((text.Length + 3) / 4 * 4, '='));
}
