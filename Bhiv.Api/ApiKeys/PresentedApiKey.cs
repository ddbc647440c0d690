using System.Text;
using Bhiv.Api.Http;
using Bhiv.Domain.ApiKeys;

namespace Bhiv.Api.ApiKeys;

internal static class PresentedApiKey
{
    /// <summary>
    /// The API key that a request brings, if it brings one and not two. It is read and hashed once for a request, whoever asks; what is
    /// known of it may change while the request waits, and is looked up by each who asks.
    /// </summary>
    public static PlainTextApiKey? ApiKey(this HttpContext context)
    {
        if (context.Features.Get<PlainTextApiKey>() is { } read) return read;
        var header = context.Request.Headers[ApiKeyDefaults.HeaderName];
        if (header.Count > 1) return null;
        var text = header.ToString();
        if (text.Length == 0 && AsBearer(context) is { } bearer) text = bearer;
        if (text.Length == 0) return null;

        // Headers are decoded as Latin-1, so that these are the bytes that were sent.
        var presented = new PlainTextApiKey(Encoding.Latin1.GetBytes(text));
        context.Features.Set(presented);
        return presented;
    }

    private static string? AsBearer(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<RequireApiKeyAttribute>() is { AlsoAsBearer: true }
        && context.Request.Headers.Authorization is [{ } header]
        && header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)
            ? header["Bearer ".Length..].Trim(' ')
            : null;
}
