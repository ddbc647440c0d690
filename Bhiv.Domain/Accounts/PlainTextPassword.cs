using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Bhiv.Domain.Accounts;

/// <summary>
/// A password as a person typed it, on its way to the hasher. It has no public property, so that no serialiser or
/// logger finds anything in it.
/// </summary>
public sealed class PlainTextPassword
{
    /// <summary>In Unicode characters. More would let a caller buy hashing time by length.</summary>
    public const int MaximumLength = 256;

    private readonly string text;

    private PlainTextPassword(string text) => this.text = text;

    /// <summary>
    /// The password, or in <paramref name="problem"/> the end of a sentence that says why it is none. It is put in normal
    /// form C (RFC 8265 §4.2.2): the same key pressed on two systems is one password.
    /// </summary>
    public static bool TryCreate(
        string? text, [NotNullWhen(true)] out PlainTextPassword? password, [NotNullWhen(false)] out string? problem)
    {
        problem = CredentialText.Problem(text, MaximumLength);
        password = problem is null ? new PlainTextPassword(text!.Normalize(NormalizationForm.FormC)) : null;
        return problem is null;
    }

    /// <exception cref="ArgumentException">It is no password; <see cref="TryCreate"/> asks without throwing.</exception>
    public static PlainTextPassword Of(string? text) =>
        TryCreate(text, out var password, out var problem)
            ? password
            : throw new ArgumentException("The password " + problem, nameof(text));

    /// <summary>For the hasher alone; whoever takes the bytes clears them.</summary>
    public byte[] ToUtf8Bytes() => Encoding.UTF8.GetBytes(text);

    /// <summary>In fixed time.</summary>
    public bool IsSameAs(PlainTextPassword other) =>
        CryptographicOperations.FixedTimeEquals(MemoryMarshal.AsBytes(text.AsSpan()), MemoryMarshal.AsBytes(other.text.AsSpan()));

    /// <summary>For <see cref="PasswordPolicy"/> alone.</summary>
    internal string Reveal() => text;

    public override string ToString() => "[password]";
}
