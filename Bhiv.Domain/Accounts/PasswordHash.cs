namespace Bhiv.Domain.Accounts;

/// <summary>
/// A one-way password hash in PHC string format (<c>$argon2id$v=19$m=…,t=…,p=…$salt$hash</c>): it names its own
/// parameters, so that they can be raised without a migration.
/// </summary>
public sealed record PasswordHash(string Encoded)
{
    public override string ToString() => "[password hash]";
}
