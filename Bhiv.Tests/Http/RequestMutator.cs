using System.Text;

namespace Bhiv.Tests.Http;

/// <summary>Requests that are almost right: valid ones with bytes changed, lost, doubled, spliced, or put in from a list of suspects.</summary>
internal sealed class RequestMutator(Random random, IReadOnlyList<byte[]> valid)
{
    private static readonly byte[][] Suspects = [.. new[]
    {
        "\r\n", "\r\n\r\n", "\n", "\0", " ", "\t", ":", "%00", "%FF", "%", "\u00fe\u00ff", "{", "}", "[", "]", "\"", "\\", ",", "null", "-1",
        "1e999", "99999999999999999999", "\\ud800", "\\u0000", "{\"username\":", "{\"prompt\":\"", "{\"a\":{\"a\":{\"a\":{\"a\":", "\r\nX-API-Key: x",
        "\r\nAuthorization: Bearer ", "\r\nAuthorization: Bearer a.b.c", "\r\nAuthorization: Basic eDp5", "\r\nContent-Length: 5",
        "\r\nContent-Length: -1", "\r\nContent-Length: 99999999999", "\r\nTransfer-Encoding: chunked", "\r\nTransfer-Encoding: gzip",
        "\r\nContent-Type: text/plain", "\r\nContent-Type: application/x-www-form-urlencoded", "\r\nContent-Type: a/b; charset=utf-16",
        "\r\nExpect: 100-continue", "\r\nUpgrade: h2c", "\r\nHost: y", "\r\nAccept: a/b;q=z", "\r\nCookie: a=b", "username=&password=", "&&==",
        "HTTP/1.0", "HTTP/2.0", "HTTP/1.1", "GET ", "PUT ", "OPTIONS * ", "/../", "//", "/%2e%2e/", "?a=b&access_token=x", "#",
    }.Select(Encoding.Latin1.GetBytes)];

    public byte[] Next()
    {
        // One in ten is noise from its first byte on.
        if (random.Next(10) == 0) return Noise(random.Next(1, 400));
        var request = valid[random.Next(valid.Count)].ToList();
        for (var changes = random.Next(1, 6); changes > 0 && request.Count > 0; changes--) Mutate(request);
        if (random.Next(3) == 0) MendContentLength(request);
        return [.. request];
    }

    private void Mutate(List<byte> request)
    {
        var at = random.Next(request.Count);
        var length = Math.Min(random.Next(1, 24), request.Count - at);
        switch (random.Next(7))
        {
            case 0:
                request[at] = (byte)random.Next(256);
                break;
            case 1:
                request.RemoveRange(at, length);
                break;
            case 2:
                request.InsertRange(at, request.GetRange(at, length));
                break;
            case 3:
                request.InsertRange(at, Suspects[random.Next(Suspects.Length)]);
                break;
            case 4:
                request.InsertRange(at, Noise(random.Next(1, 40)));
                break;
            case 5:
                request.InsertRange(at, Enumerable.Repeat(request[at], random.Next(1, 3000)));
                break;
            default:
                var other = valid[random.Next(valid.Count)];
                request.RemoveRange(at, request.Count - at);
                request.AddRange(other[Math.Min(at, other.Length)..]);
                break;
        }
    }

    private byte[] Noise(int length)
    {
        var noise = new byte[length];
        random.NextBytes(noise);
        return noise;
    }

    /// <summary>So that a changed body is not refused for its length alone.</summary>
    private static void MendContentLength(List<byte> request)
    {
        var text = Encoding.Latin1.GetString([.. request]);
        var body = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        var header = text.IndexOf("Content-Length: ", StringComparison.Ordinal);
        if (header < 0 || body < header) return;
        var end = text.IndexOf("\r\n", header, StringComparison.Ordinal);
        var mended = $"{text[..header]}Content-Length: {text.Length - body - 4}{text[end..]}";
        request.Clear();
        request.AddRange(Encoding.Latin1.GetBytes(mended));
    }
}
