using System.Buffers.Binary;

namespace Bhiv.Domain.Tokens;

/// <summary>Identifies a session; the <c>sid</c> of its tokens. A UUIDv7, lower-case text on the wire.</summary>
public readonly record struct SessionId(Guid Value)
{
    public static SessionId New(DateTimeOffset now) => new(Guid.CreateVersion7(now));

    /// <summary>
    /// When the session was created, to the millisecond that a UUIDv7 carries (RFC 9562 §5.7): no table need be asked.
    /// </summary>
    public DateTimeOffset CreatedAt
    {
        get
        {
            Span<byte> bytes = stackalloc byte[16];
            Value.TryWriteBytes(bytes, bigEndian: true, out _);
            return DateTimeOffset.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64BigEndian(bytes) >> 16);
        }
    }

    /// <summary>As it stands on the wire, and in no other way of writing a UUID.</summary>
    public static bool TryParse(string? text, out SessionId id)
    {
        id = new(Guid.TryParseExact(text, "D", out var value) ? value : default);
        return id.ToString() == text;
    }

    public override string ToString() => Value.ToString("D");
}
