using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace Bhiv.Benchmark.Driving;

/// <summary>As much of HTTP/1.1 (RFC 9112) as it takes to find the status and the end of an answer.</summary>
internal static class Response
{
    /// <summary>False until all of it has come; then its body is in <paramref name="body"/>.</summary>
    public static bool TryRead(ReadOnlySpan<byte> received, ArrayBufferWriter<byte> body, out int status)
    {
        body.ResetWrittenCount();
        status = 0;
        var end = received.IndexOf("\r\n\r\n"u8);
        if (end < 0) return false;
        var head = received[..(end + 2)];
        var rest = received[(end + 4)..];
        if (!head.StartsWith("HTTP/1.1 "u8) || !Utf8Parser.TryParse(head[9..], out status, out _))
            throw new BenchmarkException("The server does not speak HTTP/1.1.");
        return Field(head, "Content-Length") is { IsEmpty: false } length && Utf8Parser.TryParse(length, out int size, out _)
            ? TryTake(rest, size, body)
            : Ascii.EqualsIgnoreCase(Field(head, "Transfer-Encoding"), "chunked"u8)
                ? TryReadChunks(rest, body)
                : throw new BenchmarkException("An answer does not say where it ends.");
    }

    private static ReadOnlySpan<byte> Field(ReadOnlySpan<byte> head, string name)
    {
        while (head.IndexOf("\r\n"u8) is var end and >= 0)
        {
            var line = head[..end];
            var colon = line.IndexOf((byte)':');
            if (colon >= 0 && Ascii.EqualsIgnoreCase(line[..colon], name)) return line[(colon + 1)..].Trim((byte)' ');
            head = head[(end + 2)..];
        }
        return default;
    }

    private static bool TryReadChunks(ReadOnlySpan<byte> rest, ArrayBufferWriter<byte> body)
    {
        while (rest.IndexOf("\r\n"u8) is var end and >= 0)
        {
            if (!Utf8Parser.TryParse(rest[..end], out int size, out _, 'x'))
                throw new BenchmarkException("A chunk has no size.");
            rest = rest[(end + 2)..];
            // Each chunk ends with a line break of its own.
            if (rest.Length < size + 2) return false;
            if (size == 0) return true;
            TryTake(rest, size, body);
            rest = rest[(size + 2)..];
        }
        return false;
    }

    private static bool TryTake(ReadOnlySpan<byte> rest, int size, ArrayBufferWriter<byte> body)
    {
        if (rest.Length < size) return false;
        body.Write(rest[..size]);
        return true;
    }
}
