using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Bhiv.Domain.Accounts;
using Bhiv.Domain.SigningKeys;

namespace Bhiv.Domain.Audit;

/// <summary>
/// What may be kept of a name that nobody has: people type passwords into name fields. Its beginning helps a person to
/// recognise a typo; its keyed hash tells whether two attempts named the same.
/// </summary>
public sealed record UnknownName
{
    /// <summary>How many characters are kept in clear.</summary>
    public const int KeptCharacters = 2;

    /// <summary>In characters, of the hash as text.</summary>
    public const int HashLength = 16;

    private UnknownName(string hint, string hash)
    {
        Hint = hint;
        Hash = hash;
    }

    /// <summary>The first two characters and an ellipsis.</summary>
    public string Hint { get; }

    /// <summary>
    /// 96 bits of HMAC-SHA256 under a key derived from the signing key, which stands in no store: the log alone confirms no
    /// guess.
    /// </summary>
    public string Hash { get; }

    public static UnknownName Of(AccountName name, SigningKey key)
    {
        var mac = HMACSHA256.HashData(key.Derive("bhiv unknown account name"), Encoding.UTF8.GetBytes(name.Key));
        var hint = string.Concat(name.Value.EnumerateRunes().Take(KeptCharacters));
        return new UnknownName(hint + "…", Base64Url.EncodeToString(mac.AsSpan(0, 12)));
    }
}
