namespace Bhiv.Api.Configuration;

/// <summary>
/// The values that the runbook publishes. Development runs on them, so that a newcomer's first call works; anywhere else each of
/// them is an open door.
/// </summary>
internal static class Runbook
{
    public const string JwtSecret = "your-256-bit-secret-key";
    public const string DemoUsername = "admin";
    public const string DemoPassword = "bhiv2024";
    public const string ApiKey = "bhiv-secret-key-2024";

    /// <summary>The name <c>admin</c> is none.</summary>
    public static readonly IReadOnlyList<string> Secrets = [JwtSecret, DemoPassword, ApiKey];

    /// <summary>Whether it is one of the published secrets, whichever it was published as.</summary>
    public static bool Publishes(string value) => Secrets.Contains(value);
}
