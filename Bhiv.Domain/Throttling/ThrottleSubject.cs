using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Bhiv.Domain.Accounts;
using Bhiv.Domain.SigningKeys;

namespace Bhiv.Domain.Throttling;

/// <summary>Whose failures are counted together.</summary>
/// <param name="Key">
/// 128 bits of HMAC-SHA256 under a key derived from the signing key, which stands in no store: people type passwords into name fields, and
/// the table confirms no guess at one.
/// </param>
public sealed record ThrottleSubject(string Key, ThrottleRule Rule)
{
    /// <summary>Of <see cref="Key"/>, in characters.</summary>
    public const int KeyLength = 22;
}

/// <summary>The three by which a login is judged. A name that nobody has is no different from one that somebody has.</summary>
/// <param name="Pair">The name at the address.</param>
/// <param name="Name">The name, wherever it is tried from.</param>
/// <param name="Address">The address (<see cref="Network"/>), whatever is tried from it.</param>
public sealed record LoginSubjects(ThrottleSubject Pair, ThrottleSubject Name, ThrottleSubject Address)
{
    public IReadOnlyList<ThrottleSubject> All => [Pair, Name, Address];

    public static LoginSubjects Of(AccountName name, string? address, SigningKey key, ThrottleOptions options)
    {
        var network = Network.Of(address) ?? string.Empty;
        var derived = key.Derive("bhiv throttle");
        return new LoginSubjects(
            new ThrottleSubject(KeyOf($"pair\0{network}\0{name.Key}"), new ThrottleRule.Doubling(options.FreeFailures)),
            new ThrottleSubject(KeyOf($"name\0{name.Key}"), new ThrottleRule.Doubling(ThrottleOptions.FreeFailuresOfName)),
            new ThrottleSubject(KeyOf($"address\0{network}"), new ThrottleRule.PerMinute(options.FailuresPerAddress)));

        string KeyOf(string subject) =>
            Base64Url.EncodeToString(HMACSHA256.HashData(derived, Encoding.UTF8.GetBytes(subject)).AsSpan(0, 16));
    }
}
