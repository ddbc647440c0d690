using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.Mvc.Formatters;
using Microsoft.Net.Http.Headers;

namespace Bhiv.Api.Http;

/// <summary>
/// Reads the body of every call. curl sends JSON as <c>application/x-www-form-urlencoded</c> unless it is told otherwise, so
/// that a body that is a JSON object is JSON under that type, under <c>text/plain</c> and under none; a real form is read as
/// a form. Anything that could be understood in two ways is refused. A model error without a field says that the body is
/// malformed; with one, that the field is.
/// </summary>
internal sealed class BodyReader : IInputFormatter, IApiRequestFormatMetadataProvider
{
    private const string Json = "application/json";
    private const string Form = "application/x-www-form-urlencoded";
    private const string Text = "text/plain";
    private const int MaximumDepth = 16;

    /// <summary>In bytes, of a body.</summary>
    public const int MaximumSize = 64 * 1024;

    /// <summary>What is said of a field that is something else.</summary>
    public const string WrongType = "has a value of the wrong type.";

    /// <summary>The names on the wire are exact, and what they mean is said once.</summary>
    public static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        AllowDuplicateProperties = false,
        MaxDepth = MaximumDepth,
        // Who asks about types may come before the first body has been read.
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
    };

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = MaximumDepth };

    public bool CanRead(InputFormatterContext context) => MediaType(context.HttpContext.Request) is not null;

    public async Task<InputFormatterResult> ReadAsync(InputFormatterContext context)
    {
        var request = context.HttpContext.Request;
        using var buffer = new MemoryStream();
        try
        {
            await request.Body.CopyToAsync(buffer, context.HttpContext.RequestAborted);
        }
        // A reset, of which the request is told a moment later: whoever breaks off within the body did no more than who ends too early, but there is
        // nobody to be answered, and no rest of it to be read.
        catch (IOException fault) when (fault is not BadHttpRequestException)
        {
            context.HttpContext.Abort();
            throw new BadHttpRequestException("The body was broken off.", fault);
        }
        var body = WithoutByteOrderMark(buffer.GetBuffer().AsMemory(0, (int)buffer.Length));
        // Where no body is due, curl -X POST sends none.
        if (context.TreatEmptyInputAsDefaultValue && body.IsEmpty) return InputFormatterResult.Success(null!);
        var isForm = MediaType(request) == Form && !IsObject(body.Span);
        try
        {
            using var document = isForm ? ParseForm(body.Span) : ParseJson(body);
            return InputFormatterResult.Success(document.Deserialize(context.ModelType, Options)!);
        }
        catch (JsonException fault) when (fault.Path is { Length: > 2 } path)
        {
            context.ModelState.TryAddModelError(path[2..], WrongType);
        }
        // Whatever the reader throws at a body that is all in memory, the body is the cause. Not all of it is JsonException.
        catch (Exception fault)
        {
            context.ModelState.TryAddModelError(
                string.Empty, fault is MalformedBodyException ? fault.Message : "The body is not well-formed JSON.");
        }
        return InputFormatterResult.Failure();
    }

    /// <summary>What the document tells: JSON is what callers should send.</summary>
    public IReadOnlyList<string> GetSupportedContentTypes(string? contentType, Type objectType) => [Json];

    /// <summary>The media type that the body is read as, or null when it is read as none.</summary>
    private static string? MediaType(HttpRequest request)
    {
        if (string.IsNullOrEmpty(request.ContentType)) return Text;
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type)) return null;
        if (type.Charset.HasValue && !type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase)
            && !type.Charset.Equals("\"utf-8\"", StringComparison.OrdinalIgnoreCase))
            return null;
        return new[] { Json, Form, Text }
            .FirstOrDefault(known => type.MediaType.Equals(known, StringComparison.OrdinalIgnoreCase));
    }

    private static JsonDocument ParseJson(ReadOnlyMemory<byte> body)
    {
        if (body.Span.Trim(" \t\r\n"u8).IsEmpty) throw new MalformedBodyException("The body is empty.");
        if (!Utf8.IsValid(body.Span)) throw new MalformedBodyException("The body is not UTF-8.");
        if (!IsObject(body.Span)) throw new MalformedBodyException("The body is not a JSON object.");
        // A lone surrogate hides behind an escape until somebody asks for the string; here it is asked for at once.
        var strings = new Utf8JsonReader(body.Span, new JsonReaderOptions { MaxDepth = MaximumDepth });
        while (strings.Read())
        {
            if (strings.TokenType is JsonTokenType.String or JsonTokenType.PropertyName) strings.GetString();
        }
        return JsonDocument.Parse(body, Strict);
    }

    /// <summary>Fields become strings of a JSON object, so that one reader and one validator see both.</summary>
    private static JsonDocument ParseForm(ReadOnlySpan<byte> body)
    {
        var fields = new JsonObject();
        foreach (var range in body.Split((byte)'&'))
        {
            var field = body[range];
            if (field.IsEmpty) continue;
            var equals = field.IndexOf((byte)'=');
            var name = DecodeFormText(equals < 0 ? field : field[..equals]);
            if (!fields.TryAdd(name, DecodeFormText(equals < 0 ? [] : field[(equals + 1)..])))
                throw new MalformedBodyException("The form has a field twice.");
        }
        if (fields.Count == 0) throw new MalformedBodyException("The body is empty.");
        return JsonDocument.Parse(JsonSerializer.SerializeToUtf8Bytes(fields), Strict);
    }

    /// <summary>
    /// To bytes first: a decoder to text puts other characters where the bytes are no UTF-8, and changes a password in
    /// silence.
    /// </summary>
    private static string DecodeFormText(ReadOnlySpan<byte> encoded)
    {
        var bytes = WebUtility.UrlDecodeToBytes(encoded.ToArray(), 0, encoded.Length);
        return Utf8.IsValid(bytes) ? Encoding.UTF8.GetString(bytes) : throw new MalformedBodyException("The form is not UTF-8.");
    }

    private static bool IsObject(ReadOnlySpan<byte> body) => body.TrimStart(" \t\r\n"u8) is [(byte)'{', ..];

    private static ReadOnlyMemory<byte> WithoutByteOrderMark(ReadOnlyMemory<byte> body) =>
        body.Span.StartsWith(Encoding.UTF8.Preamble) ? body[Encoding.UTF8.Preamble.Length..] : body;

    private sealed class MalformedBodyException(string message) : Exception(message);
}
