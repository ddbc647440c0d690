using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Bhiv.Domain;
using Bhiv.Domain.Accounts;
using Bhiv.Domain.Monitoring;
using NSec.Cryptography;

namespace Bhiv.Infrastructure.Accounts;

/// <summary>
/// Argon2id (RFC 9106) with 19 MiB, two passes and one lane: the OWASP minimum for interactive logins. At most
/// <see cref="PasswordOptions.ConcurrentHashes"/> run at once, so that a flood of logins takes neither all processors nor the
/// memory.
/// </summary>
internal sealed partial class Argon2idPasswordHasher : IPasswordHasher, IDisposable
{
    private const int MemoryKibibytes = 19 * 1024;
    private const int Passes = 2;
    private const int SaltSize = 16;
    private const int HashSize = 32;

    // Stands for the hash of an account that does not exist: nobody knows its password, because it was made from none.
    private static readonly PasswordHash Nobody =
        Encode(RandomNumberGenerator.GetBytes(SaltSize), RandomNumberGenerator.GetBytes(HashSize));

    private readonly BhivMetrics metrics;
    private readonly HashingThreads threads;

    public Argon2idPasswordHasher(PasswordOptions options, BhivMetrics metrics)
    {
        this.metrics = metrics;
        threads = new HashingThreads(options.ConcurrentHashes);
        metrics.PasswordHashParametersSet("argon2id", MemoryKibibytes, Passes);
    }

    public async Task<PasswordHash> HashAsync(PlainTextPassword password, CancellationToken cancellationToken)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltSize);
        return Encode(salt, await DeriveAsync(password, MemoryKibibytes, Passes, salt, HashSize, isUrgent: true, cancellationToken));
    }

    public async Task<bool> VerifyAsync(
        PlainTextPassword password, PasswordHash? hash, bool isUrgent, CancellationToken cancellationToken)
    {
        var (memory, passes, salt, expected) = Decode(hash ?? Nobody);
        var presented = await DeriveAsync(password, memory, passes, salt, expected.Length, isUrgent, cancellationToken);
        return CryptographicOperations.FixedTimeEquals(presented, expected) && hash is not null;
    }

    public bool IsOutdated(PasswordHash hash)
    {
        var (memory, passes, salt, derived) = Decode(hash);
        return (memory, passes, salt.Length, derived.Length) != (MemoryKibibytes, Passes, SaltSize, HashSize);
    }

    public void Dispose() => threads.Dispose();

    private async Task<byte[]> DeriveAsync(
        PlainTextPassword password, int memory, int passes, byte[] salt, int size, bool isUrgent, CancellationToken cancellationToken)
    {
        var argon2id = PasswordBasedKeyDerivationAlgorithm.Argon2id(
            new Argon2Parameters { DegreeOfParallelism = 1, MemorySize = memory, NumberOfPasses = passes });
        using var step = BhivTracing.Begin("HashPassword");
        metrics.PasswordHashQueued();
        var isQueued = true;
        try
        {
            return await threads.RunAsync(Derive, isUrgent, cancellationToken);
        }
        catch (OverloadedException)
        {
            metrics.PasswordHashRejected();
            throw;
        }
        finally
        {
            if (isQueued) metrics.PasswordHashUnqueued();
        }

        byte[] Derive()
        {
            isQueued = false;
            metrics.PasswordHashUnqueued();
            var bytes = password.ToUtf8Bytes();
            var began = Stopwatch.GetTimestamp();
            try
            {
                return argon2id.DeriveBytes(bytes, salt, size);
            }
            finally
            {
                metrics.PasswordHashed(Stopwatch.GetElapsedTime(began));
                CryptographicOperations.ZeroMemory(bytes);
            }
        }
    }

    private static PasswordHash Encode(byte[] salt, byte[] hash) => new(string.Create(
        CultureInfo.InvariantCulture, $"$argon2id$v=19$m={MemoryKibibytes},t={Passes},p=1${Base64(salt)}${Base64(hash)}"));

    /// <summary>A hash is verified at the cost it was made with, whatever new ones cost.</summary>
    private static (int Memory, int Passes, byte[] Salt, byte[] Hash) Decode(PasswordHash hash)
    {
        var match = PhcString().Match(hash.Encoded);
        if (!match.Success) throw new InvalidOperationException("A stored password hash is of no kind that this build knows.");
        return (
            int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture),
            int.Parse(match.Groups[2].ValueSpan, CultureInfo.InvariantCulture),
            FromBase64(match.Groups[3].Value),
            FromBase64(match.Groups[4].Value));
    }

    [GeneratedRegex(@"^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,3}),p=1\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$")]
    private static partial Regex PhcString();

    // The PHC string format is base64 without its padding.
    private static string Base64(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=');

    private static byte[] FromBase64(string text) => Convert.FromBase64String(text.PadRight((text.Length + 3) / 4 * 4, '='));
}
