using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Bhiv.Api.Http;
using Microsoft.OpenApi;

namespace Bhiv.Api.OpenApi;

/// <summary>Bounds in the words of JSON Schema.</summary>
internal static class BoundsWriter
{
    /// <summary>At least one character that is no white space.</summary>
    private const string NotBlank = @"\S";

    public static void Write(OpenApiSchema field, Bounds bounds)
    {
        if (field.Type?.HasFlag(JsonSchemaType.Array) == true) WriteList(field, bounds);
        else if (field.Type?.HasFlag(JsonSchemaType.Object) == true) WriteObject(field, bounds);
        else if (field.Type?.HasFlag(JsonSchemaType.Integer) == true) WriteNumber(field, bounds);
        else WriteText(field, bounds);
    }

    public static void WriteValues(OpenApiSchema field, IEnumerable<object?> values)
    {
        field.Enum = [.. values.Select(value => JsonSerializer.SerializeToNode(value) ?? JsonNullSentinel.JsonNull)];
        // Where null is an answer too, the list has to have it.
        if (field.Type?.HasFlag(JsonSchemaType.Null) == true && !field.Enum.Any(IsNull)) field.Enum.Add(JsonNullSentinel.JsonNull);
        field.GiveExample(field.Enum[0]);
    }

    public static void ForbidNull(OpenApiSchema field)
    {
        field.Type &= ~JsonSchemaType.Null;
        if (field.Enum is { } values) field.Enum = [.. values.Where(value => !IsNull(value))];
    }

    private static void WriteText(OpenApiSchema field, Bounds bounds)
    {
        field.MaxLength = bounds.MaximumLength ?? field.MaxLength;
        if (bounds.Values is not null) WriteValues(field, bounds.Values);
        if (bounds.Formats is [var format]) field.Format = format;
        if (bounds.Formats.Count > 1)
            field.AnyOf = [.. bounds.Formats.Select(one => new OpenApiSchema { Type = JsonSchemaType.String, Format = one })];
        field.Pattern = bounds.Pattern ?? field.Pattern;
        if (!bounds.Required || bounds.Formats.Count > 0) return;
        field.MinLength = 1;
        field.Pattern ??= NotBlank;
    }

    private static void WriteNumber(OpenApiSchema field, Bounds bounds)
    {
        field.Minimum = bounds.Minimum?.ToString(CultureInfo.InvariantCulture) ?? field.Minimum;
        field.Maximum = bounds.Maximum?.ToString(CultureInfo.InvariantCulture) ?? field.Maximum;
    }

    private static void WriteList(OpenApiSchema field, Bounds bounds)
    {
        field.MinItems = bounds.Required ? 1 : null;
        field.MaxItems = bounds.MaximumCount;
        var item = new OpenApiSchema { Type = JsonSchemaType.String };
        field.Items = item;
        WriteText(item, bounds with { Required = bounds.Values is null });
    }

    private static void WriteObject(OpenApiSchema field, Bounds bounds)
    {
        field.MaxProperties = bounds.MaximumCount;
        field.AdditionalProperties = new OpenApiSchema
        {
            OneOf =
            [
                new OpenApiSchema { Type = JsonSchemaType.String, MaxLength = bounds.MaximumLength },
                new OpenApiSchema { Type = JsonSchemaType.Number },
                new OpenApiSchema { Type = JsonSchemaType.Boolean },
            ],
        };
    }

    private static bool IsNull(JsonNode value) => value.IsJsonNullSentinel();
}
