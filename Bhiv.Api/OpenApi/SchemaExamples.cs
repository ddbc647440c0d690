using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace Bhiv.Api.OpenApi;

/// <summary>The one example of a schema. The library keeps a list; OpenAPI 3.0 has its first.</summary>
internal static class SchemaExamples
{
    public static JsonNode? FindExample(this IOpenApiSchema schema) => schema.Examples is [var first, ..] ? first : null;

    /// <summary>Unless somebody wrote one.</summary>
    public static void GiveExample(this OpenApiSchema schema, JsonNode? example)
    {
        if (schema.Examples is not { Count: > 0 } && example is not null) schema.Examples = [example];
    }
}
