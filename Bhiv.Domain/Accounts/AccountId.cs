namespace Bhiv.Domain.Accounts;

/// <summary>Identifies an account for ever; the <c>sub</c> of its tokens. A UUIDv7, lower-case text on the wire.</summary>
public readonly record struct AccountId(Guid Value)
{
    public static AccountId New(DateTimeOffset now) => new(Guid.CreateVersion7(now));

    /// <summary>As it stands on the wire, and in no other way of writing a UUID.</summary>
    public static bool TryParse(string? text, out AccountId id)
    {
        id = new(Guid.TryParseExact(text, "D", out var value) ? value : default);
        return id.ToString() == text;
    }

    public override string ToString() => Value.ToString("D");
}
