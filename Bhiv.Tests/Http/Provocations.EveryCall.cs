using Bhiv.Tests.Support;

namespace Bhiv.Tests.Http;

internal static partial class Provocations
{
    private static IEnumerable<Provocation> OfEveryCall(string path, object body)
    {
        yield return new(path, "missing_api_key", "no header") { Call = it => it.Client.PostAsync(path, body, apiKey: null) };
        yield return new(path, "missing_api_key", "an empty header")
        {
            Call = async it => await it.Client.PostAsync(path, body, apiKey: "", accessToken: await TokenAsync(it)),
        };
        yield return new(path, "invalid_api_key", "another key") { Call = it => it.Client.PostAsync(path, body, "another-key") };
        yield return new(path, "expired_api_key", "a second")
        {
            Call = async it => await it.Client.PostAsync(path, body, (await it.MakeExpiredKeyAsync()).Text),
        };
        yield return new(path, "revoked_api_key", "a revoked key")
        {
            Call = async it => await it.Client.PostAsync(path, body, (await it.MakeRevokedKeyAsync()).Text),
        };
        yield return new(path, "revoked_api_key", "a disabled client's") { Call = it => CallAsDisabledAsync(it, path, body) };
        yield return new(path, "invalid_api_key", "two keys in one header") { Call = it => SendTwoKeysAsync(it, path) };
        yield return new(path, "invalid_api_key", "an oversized key")
        {
            Call = it => it.Client.PostAsync(path, body, new string('k', 12_000)),
        };
        foreach (var (by, content) in Bodies.Malformed())
            yield return new(path, "malformed_body", by) { Call = async it => await it.Client.SendAsync(path, content(), accessToken: await TokenAsync(it)) };
        yield return new(path, "validation_failed", "no fields")
        {
            Call = async it => await it.Client.PostAsync(path, new { }, accessToken: await TokenAsync(it)),
        };
        yield return new(path, "unsupported_media_type", "XML")
        {
            Call = async it => await it.Client.SendAsync(path, Bodies.Content("<a/>", "application/xml"), accessToken: await TokenAsync(it)),
        };
        yield return new(path, "unsupported_media_type", "another charset")
        {
            Call = async it => await it.Client.SendAsync(
                path, Bodies.Content("{}", "application/json; charset=utf-16"), accessToken: await TokenAsync(it)),
        };
        yield return new(path, "payload_too_large", "64 KiB and one byte")
        {
            Call = async it => await it.Client.SendAsync(
                path, Bodies.Content(new string(' ', 65_537), "application/json"), accessToken: await TokenAsync(it)),
        };
        foreach (var method in new[] { "GET", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW" })
            yield return new(path, "method_not_allowed", method)
            {
                Call = it => Answer.OfAsync(it.Client.SendAsync(new HttpRequestMessage(new HttpMethod(method), path))),
            };
    }

    private static async Task<Answer> CallAsDisabledAsync(BhivService service, string path, object body)
    {
        var client = $"c-{Guid.NewGuid():N}";
        var key = await service.MakeKeyAsync(client: client);
        await service.Client.SendAsync(HttpMethod.Post, Calls.DisableClient.At(client), accessToken: await TokenAsync(service));
        return await service.Client.PostAsync(path, body, key.Text);
    }

    private static Task<Answer> SendTwoKeysAsync(BhivService service, string path)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = Bodies.Content("{}", "application/json") };
        request.Headers.TryAddWithoutValidation("X-API-Key", [Calls.ApiKey, Calls.ApiKey]);
        return Answer.OfAsync(service.Client.SendAsync(request));
    }
}
