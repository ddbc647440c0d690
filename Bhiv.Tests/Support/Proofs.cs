namespace Bhiv.Tests.Support;

/// <summary>A costly proof has two sizes: small in every run, and full under <c>BHIV_TESTS=full</c>.</summary>
internal static class Proofs
{
    public static bool Full { get; } = Environment.GetEnvironmentVariable("BHIV_TESTS") == "full";

    public static T Size<T>(T small, T full) => Full ? full : small;
}
