using System.Net.Http.Headers;
using System.Text;

namespace Bhiv.Tests.Http;

/// <summary>Bodies as no client library would write them.</summary>
internal static class Bodies
{
    public static IEnumerable<(string By, Func<HttpContent> Content)> Malformed()
    {
        foreach (var (by, text) in new[]
        {
            ("an empty body", ""), ("white space", "  "), ("half an object", "{\"username\":"), ("a list", "[]"), ("a text", "\"x\""),
            ("null", "null"), ("a number", "1"), ("no JSON", "x"), ("a field twice", "{\"a\":1,\"a\":2}"),
            ("a field twice, once escaped", "{\"a\":1,\"\\u0061\":2}"), ("more after the object", "{} {}"), ("a comment", "{/**/}"),
            ("a trailing comma", "{\"a\":1,}"), ("half a character", "{\"username\":\"\\ud800\"}"),
            ("half a character in a name", "{\"\\udc00\":1}"), ("half a character deep down", "{\"a\":[{\"b\":\"\\ud800x\"}]}"),
            ("ten thousand levels", string.Concat(Enumerable.Repeat("{\"a\":", 10_000)) + "1" + new string('}', 10_000)),
        })
            yield return (by, () => Content(text, "application/json"));
        yield return ("no UTF-8", () => Bytes([.. "{\"username\":\""u8, 0xFF, .. "\"}"u8], "application/json"));
        yield return ("no UTF-8 in an unknown field", () => Bytes([.. "{\"x\":\""u8, 0xC3, 0x28, .. "\"}"u8], "application/json"));
        yield return ("a list as text", () => Content("[]", "text/plain"));
        yield return ("a form as text", () => Content("username=admin&password=bhiv2024", "text/plain"));
        yield return ("a form with a field twice", () => Content("username=a&username=b&password=c", "application/x-www-form-urlencoded"));
        yield return ("a form that is no UTF-8", () => Content("username=%FF&password=c", "application/x-www-form-urlencoded"));
        yield return ("an empty form", () => Content("", "application/x-www-form-urlencoded"));
    }

    public static HttpContent Content(string text, string mediaType) => Bytes(Encoding.UTF8.GetBytes(text), mediaType);

    private static ByteArrayContent Bytes(byte[] bytes, string mediaType)
    {
        var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(mediaType);
        return content;
    }
}
