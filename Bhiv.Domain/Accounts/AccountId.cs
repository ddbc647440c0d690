namespace Bhiv.Domain.Accounts;

/// <summary>Identifies an account for ever; the <c>sub</c> of its tokens. A UUIDv7, lower-case text on the wire.</summary>
public readonly record struct AccountId(Guid Value)
{
    public static AccountId New(DateTimeOffset now) => new(Guid.CreateVersion7(now));

    public override string ToString() => Value.ToString("D");
}
