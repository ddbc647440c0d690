namespace Bhiv.Domain.Accounts;

/// <summary>What an account may do beyond its own affairs; the members of the <c>roles</c> claim.</summary>
public static class Role
{
    public const string Admin = "admin";

    /// <summary>Nothing beyond.</summary>
    public const string Member = "member";

    public static readonly IReadOnlyList<string> All = [Admin, Member];
}
