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
    private const int MaximumLength = TokenOptions.MaximumLength;

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
    /// <exception cref="InvalidOperationException">A string is no Unicode: the same.</exception>
    public static TokenFault? Read(ReadOnlySpan<char> token, SigningKeyRing ring, out JsonDocument? claims)
    {
        claims = null;
        if (token.Length > MaximumLength) return TokenFault.Malformed;
        var payloadAt = token.IndexOf('.') + 1;
        var signatureAt = token.LastIndexOf('.') + 1;
        if (payloadAt == 0 || signatureAt == payloadAt) return TokenFault.Malformed;

        // A further dot is outside the alphabet, so that four and five segments end here too.
        Span<byte> decoded = stackalloc byte[MaximumLength];
        if (!TryDecode(token[..(payloadAt - 1)], decoded, out var size)
            || !TryReadHeader(decoded[..size], out var keyId)
            || !TryDecode(token[signatureAt..], decoded, out size))
            return TokenFault.Malformed;
        var signature = decoded[..size];
        var payload = new byte[Base64Url.GetMaxDecodedLength(signatureAt - 1 - payloadAt)];
        if (!TryDecode(token[payloadAt..(signatureAt - 1)], payload, out size)) return TokenFault.Malformed;

        Span<byte> signed = stackalloc byte[signatureAt - 1];
        Encoding.ASCII.GetBytes(token[..signed.Length], signed);
        if (!IsSigned(signed, signature, keyId, ring))
            return keyId is not null && ring.Find(keyId) is not null && signature.Length == SigningKey.Size
                ? TokenFault.Forged
                : TokenFault.BadSignature;

        var document = JsonDocument.Parse(payload.AsMemory(0, size), Strict);
        if (document.RootElement.ValueKind != JsonValueKind.Object) return TokenFault.Malformed;
        claims = document;
        return null;
    }

    /// <summary>What can be read of a token that nobody has verified.</summary>
    /// <param name="claims">Null where they cannot be read.</param>
    /// <returns>Whether it is well formed, and its header if that can be read.</returns>
    public static (bool IsWellFormed, UnverifiedHeader? Header) TakeApart(string token, out JsonDocument? claims)
    {
        claims = null;
        if (token.Length > MaximumLength) return (false, null);
        var segments = Array.ConvertAll(token.Split('.'), segment => Decode(segment));
        using var header = Parse(segments[0], default);
        claims = Parse(segments.ElementAtOrDefault(1), Strict);
        return (segments.Length == 3 && !segments.Contains(null), header is null ? null : Describe(header.RootElement, segments[0]!));
    }

    private static byte[]? Decode(string segment)
    {
        var bytes = new byte[Base64Url.GetMaxDecodedLength(segment.Length)];
        return TryDecode(segment, bytes, out var size) ? bytes[..size] : null;
    }

    private static JsonDocument? Parse(byte[]? json, JsonDocumentOptions options)
    {
        try
        {
            var document = json is null ? null : JsonDocument.Parse(json, options);
            if (document?.RootElement.ValueKind == JsonValueKind.Object) return document;
            document?.Dispose();
            return null;
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static UnverifiedHeader? Describe(JsonElement header, byte[] json)
    {
        try
        {
            var members = new JwtClaims(header);
            return new UnverifiedHeader(members.Text("alg"), members.Text("typ"), members.Text("kid"), TryReadHeader(json, out _));
        }
        // A string that is no Unicode.
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static bool IsSigned(ReadOnlySpan<byte> signed, ReadOnlySpan<byte> signature, string? keyId, SigningKeyRing ring)
    {
        foreach (var key in ring.Keys)
        {
            if ((keyId is null || keyId == key.Id) && key.Verifies(signed, signature)) return true;
        }
        return false;
    }

    /// <summary>
    /// HS256 and nothing beside it: a parameter that is not understood (<c>crit</c>, <c>zip</c>, <c>jwk</c>, <c>jku</c>,
    /// <c>x5u</c> …) could change what the signature means. None stands there twice.
    /// </summary>
    private static bool TryReadHeader(ReadOnlySpan<byte> json, out string? keyId)
    {
        keyId = null;
        bool algorithm = false, type = false;
        var reader = new Utf8JsonReader(json);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var (isAlgorithm, isType, isKeyId) =
                (reader.ValueTextEquals("alg"u8), reader.ValueTextEquals("typ"u8), reader.ValueTextEquals("kid"u8));
            if (!reader.Read() || reader.TokenType != JsonTokenType.String) return false;
            if (isAlgorithm && !algorithm && reader.ValueTextEquals("HS256"u8)) algorithm = true;
            else if (isType && !type && reader.ValueTextEquals("JWT"u8)) type = true;
            else if (isKeyId && keyId is null) keyId = reader.GetString();
            else return false;
        }
        // Only white space may follow; the reader throws at anything else.
        return !reader.Read() && algorithm;
    }

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
    /// Whether the text is the one base64url form of some bytes. The decoder refuses stray last bits, but skips white space and
    /// takes padding: one token would have many spellings.
    /// </summary>
    private static bool TryDecode(ReadOnlySpan<char> text, Span<byte> bytes, out int written)
    {
        written = 0;
        return !text.IsEmpty
            && !text.ContainsAnyExcept(Alphabet)
            && Base64Url.DecodeFromChars(text, bytes, out _, out written) == OperationStatus.Done;
    }
}
