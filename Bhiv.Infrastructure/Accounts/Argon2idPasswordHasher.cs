using System.Globalization;
using System.Security.Cryptography;
using Bhiv.Domain.Accounts;
using NSec.Cryptography;

namespace Bhiv.Infrastructure.Accounts;

/// <summary>
/// Argon2id (RFC 9106) with 19 MiB, two passes and one lane: the OWASP minimum for interactive logins. At most
/// <see cref="PasswordOptions.ConcurrentHashes"/> run at once, so that a flood of logins takes neither all processors nor the memory.
/// </summary>
internal sealed class Argon2idPasswordHasher(PasswordOptions options) : IPasswordHasher, IDisposable
{
    private const int MemoryKibibytes = 19 * 1024;
    private const int Passes = 2;
    private const int SaltSize = 16;
    private const int HashSize = 32;

    private static readonly PasswordBasedKeyDerivationAlgorithm Argon2id = PasswordBasedKeyDerivationAlgorithm.Argon2id(
        new Argon2Parameters { DegreeOfParallelism = 1, MemorySize = MemoryKibibytes, NumberOfPasses = Passes });

    private static readonly string Prefix =
        string.Create(CultureInfo.InvariantCulture, $"$argon2id$v=19$m={MemoryKibibytes},t={Passes},p=1$");

    // Stands for the hash of an account that does not exist: nobody knows its password, because it was made from none.
    private static readonly PasswordHash Nobody =
        Encode(RandomNumberGenerator.GetBytes(SaltSize), RandomNumberGenerator.GetBytes(HashSize));

    private readonly SemaphoreSlim places = new(options.ConcurrentHashes);

    public async Task<PasswordHash> HashAsync(PlainTextPassword password, CancellationToken cancellationToken)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltSize);
        return Encode(salt, await DeriveAsync(password, salt, cancellationToken));
    }

    public async Task<bool> VerifyAsync(
        PlainTextPassword password, PasswordHash? hash, CancellationToken cancellationToken)
    {
        var (salt, expected) = Decode(hash ?? Nobody);
        var presented = await DeriveAsync(password, salt, cancellationToken);
        return CryptographicOperations.FixedTimeEquals(presented, expected) && hash is not null;
    }

    public void Dispose() => places.Dispose();

    private async Task<byte[]> DeriveAsync(PlainTextPassword password, byte[] salt, CancellationToken cancellationToken)
    {
        await places.WaitAsync(cancellationToken);
        var bytes = password.ToUtf8Bytes();
        try
        {
            return Argon2id.DeriveBytes(bytes, salt, HashSize);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
            places.Release();
        }
    }

    private static PasswordHash Encode(byte[] salt, byte[] hash) => new($"{Prefix}{Base64(salt)}${Base64(hash)}");

    private static (byte[] Salt, byte[] Hash) Decode(PasswordHash hash)
    {
        if (!hash.Encoded.StartsWith(Prefix, StringComparison.Ordinal))
            throw new InvalidOperationException("A stored password hash has parameters that this build does not know.");
        var parts = hash.Encoded[Prefix.Length..].Split('$');
        return (FromBase64(parts[0]), FromBase64(parts[1]));
    }

    // The PHC string format is base64 without its padding.
    private static string Base64(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=');

    private static byte[] FromBase64(string text) => Convert.FromBase64String(text.PadRight((text.Length + 3) / 4 * 4, '='));
}
