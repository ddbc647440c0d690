using System.Security.Cryptography;

namespace Bhiv.Domain.Accounts;

/// <summary>
/// A password that the service makes up, for whoever has none yet or has forgotten it: shown once, good for one login, and replaced by
/// that. 100 random bits, in letters and digits that nobody confuses when they are read out.
/// </summary>
public sealed class OneTimePassword
{
    /// <summary>A day: long enough to reach a person, and too short to lie around.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    // 32 of them, five bits each: no i, l, o and no u.
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
    private const int Groups = 4;
    private const int GroupLength = 5;

    private readonly string text;

    private OneTimePassword(string text) => this.text = text;

    public static OneTimePassword Make() => new(string.Join(
        '-', Enumerable.Range(0, Groups).Select(_ => RandomNumberGenerator.GetString(Alphabet, GroupLength))));

    /// <summary>For the hasher.</summary>
    public PlainTextPassword ToPassword() => PlainTextPassword.Of(text);

    /// <summary>For the one answer that shows it.</summary>
    public string Reveal() => text;

    public override string ToString() => "[one-time password]";
}
