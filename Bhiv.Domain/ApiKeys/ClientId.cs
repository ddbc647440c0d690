using System.Text.RegularExpressions;

namespace Bhiv.Domain.ApiKeys;

/// <summary>
/// Identifies a client: a calling application that owns API keys. Text chosen by its operator, as OAuth's
/// <c>client_id</c> is (RFC 6749 §2.2), so that configuration and tokens can name it before any store exists.
/// </summary>
public readonly partial record struct ClientId(string Value)
{
    public const int MaximumLength = 64;

    /// <summary>Of a new client; it goes into URLs, labels and tables as it is.</summary>
    public const string Pattern = "^[a-z0-9]([a-z0-9._-]{0,62}[a-z0-9])?$";

    /// <summary>The client that owns the key in <c>API_KEY</c>.</summary>
    public static readonly ClientId Default = new("default");

    public override string ToString() => Value;

    /// <summary>Whether a new client may be called so.</summary>
    public static bool IsValid(string text) => Valid().IsMatch(text);

    // A dollar sign lets a line feed pass behind it.
    [GeneratedRegex(Pattern + @"\z")]
    private static partial Regex Valid();
}
