using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Bhiv.Domain.SigningKeys;
using Bhiv.Domain.Tokens;

namespace Bhiv.Infrastructure.Tokens;

/// <summary>
/// The one form of token there is: a JWT (RFC 7519) in JWS compact serialisation (RFC 7515 §7.1), signed with HS256. Reading is
/// stricter than the RFCs (RFC 8725 §3): what this service never writes is not understood but refused.
/// </summary>
internal static class CompactJwt
{
    /// <summary>In characters; more is refused unread.</summary>
    private const int MaximumLength = 4096;

    private static readonly SearchValues<char> Alphabet =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 4 };

    // A name in any script stays as short as its UTF-8; nothing here is ever HTML.
    private static readonly JsonWriterOptions Unescaped = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(SigningKey key, Action<Utf8JsonWriter> claims)
    {
        var header = Segment(json =>
        {
            json.WriteString("typ", "JWT");
            json.WriteString("alg", "HS256");
            json.WriteString("kid", key.Id);
        });
        var signed = $"{header}.{Segment(claims)}";
        Span<byte> signature = stackalloc byte[SigningKey.Size];
        key.Sign(Encoding.ASCII.GetBytes(signed), signature);
        return $"{signed}.{Base64Url.EncodeToString(signature)}";
    }

    /// <summary>The claims of a token that a key of the ring signed; otherwise the fault and no claims.</summary>
    /// <exception cref="JsonException">A segment is no JSON: the token is malformed.</exception>
    /// <exception cref="InvalidOperationException">A string in the header is no Unicode: the same.</exception>
    public static TokenFault? Read(string token, SigningKeyRing ring, out JsonDocument? claims)
    {
        claims = null;
        if (token.Length > MaximumLength) return TokenFault.Malformed;
        var payloadAt = token.IndexOf('.', StringComparison.Ordinal) + 1;
        var signatureAt = token.LastIndexOf('.') + 1;
        if (payloadAt == 0 || signatureAt == payloadAt) return TokenFault.Malformed;

        // A further dot is outside the alphabet, so that four and five segments end here too.
        if (Decode(token.AsSpan(0, payloadAt - 1)) is not { } header
            || Decode(token.AsSpan(payloadAt, signatureAt - 1 - payloadAt)) is not { } payload
            || Decode(token.AsSpan(signatureAt)) is not { } signature
            || !TryReadHeader(header, out var keyId))
            return TokenFault.Malformed;

        var signed = Encoding.ASCII.GetBytes(token, 0, signatureAt - 1);
        if (!ring.Keys.Any(key => (keyId is null || keyId == key.Id) && key.Verifies(signed, signature)))
            return TokenFault.BadSignature;

        var document = JsonDocument.Parse(payload, Strict);
        if (document.RootElement.ValueKind != JsonValueKind.Object) return TokenFault.Malformed;
        claims = document;
        return null;
    }

    /// <summary>
    /// HS256 and nothing beside it: a parameter that is not understood (<c>crit</c>, <c>zip</c>, <c>jwk</c>, <c>jku</c>,
    /// <c>x5u</c> …) could change what the signature means.
    /// </summary>
    private static bool TryReadHeader(byte[] json, out string? keyId)
    {
        keyId = null;
        using var document = JsonDocument.Parse(json, Strict);
        var header = document.RootElement;
        if (header.ValueKind != JsonValueKind.Object || !Is(header, "alg", "HS256")) return false;
        foreach (var parameter in header.EnumerateObject())
        {
            switch (parameter.Name)
            {
                case "alg":
                case "typ" when Is(header, "typ", "JWT"):
                    break;
                case "kid" when parameter.Value.ValueKind == JsonValueKind.String:
                    keyId = parameter.Value.GetString();
                    break;
                default:
                    return false;
            }
        }
        return true;
    }

    private static bool Is(JsonElement header, string name, string value) =>
        header.TryGetProperty(name, out var found) && found.ValueKind == JsonValueKind.String && found.ValueEquals(value);

    private static string Segment(Action<Utf8JsonWriter> members)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer, Unescaped))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }
        return Base64Url.EncodeToString(buffer.WrittenSpan);
    }

    /// <summary>
    /// Null unless the text is the one base64url form of some bytes. The decoder refuses stray last bits, but skips white space
    /// and takes padding: one token would have many spellings.
    /// </summary>
    private static byte[]? Decode(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty || text.ContainsAnyExcept(Alphabet)) return null;
        var bytes = new byte[Base64Url.GetMaxDecodedLength(text.Length)];
        return Base64Url.DecodeFromChars(text, bytes, out _, out var written) == OperationStatus.Done ? bytes[..written] : null;
    }
}
