using System.Security.Cryptography;
using Bhiv.Benchmark.Driving;

namespace Bhiv.Benchmark.Serving;

/// <summary>Strong ones, made for this run: Production starts with no others.</summary>
internal static class Credentials
{
    private const string Username = "benchmark";

    private static readonly string[] Ours =
        ["DATABASE_URL", "SENTRY_DSN", "ASPNETCORE_URLS", "ASPNETCORE_ENVIRONMENT", "DOTNET_ENVIRONMENT"];

    private static readonly string JwtSecret = RandomNumberGenerator.GetHexString(64);
    private static readonly string ApiKey = RandomNumberGenerator.GetHexString(48);
    private static readonly string Password = Convert.ToBase64String(RandomNumberGenerator.GetBytes(18));

    public static Target At(Uri address) => new(address, ApiKey, Username, Password);

    public static void Give(IDictionary<string, string?> environment, string data)
    {
        foreach (var name in Ours) environment.Remove(name);
        environment["JWT_SECRET"] = JwtSecret;
        environment["API_KEY"] = ApiKey;
        environment["DEMO_USERNAME"] = Username;
        environment["DEMO_PASSWORD"] = Password;
        environment["BHIV_DATA"] = data;
    }
}
