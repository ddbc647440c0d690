namespace Bhiv.Domain.Tokens;

/// <summary>Identifies a session; the <c>sid</c> of its tokens. A UUIDv7, lower-case text on the wire.</summary>
public readonly record struct SessionId(Guid Value)
{
    public static SessionId New(DateTimeOffset now) => new(Guid.CreateVersion7(now));

    public override string ToString() => Value.ToString("D");
}
