using System.Text.Json.Nodes;
using Bhiv.Api.Audit;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Bhiv.Api.OpenApi;

/// <summary>
/// Says of a list what its streams are made of: text, a row a line. A schema of the page would be a promise of the one format that
/// has pages.
/// </summary>
internal sealed class RowsFilter : IOperationFilter
{
    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        foreach (var answer in operation.Responses!.Values)
        {
            if (answer.Content?.ContainsKey(RowFormats.NdJson) != true) continue;
            var row = context.ApiDescription.SupportedResponseTypes.Single(it => it.StatusCode == StatusCodes.Status200OK).Type!.GenericTypeArguments[0];
            var columns = (OpenApiSchema)context.SchemaRepository.Schemas[row.Name];
            var example = new JsonObject(columns.Properties!.Select(column => KeyValuePair.Create(column.Key, column.Value.FindExample()?.DeepClone())));
            answer.Content[RowFormats.NdJson] = Text($"A `{row.Name}` a line.", example.ToJsonString() + "\n");
            answer.Content[RowFormats.Csv] = Text(
                $"RFC 4180: a line of names, and a line for each `{row.Name}`. A cell that a spreadsheet would run begins with an apostrophe.",
                string.Join(',', columns.Properties!.Keys) + "\r\n"
                    + string.Join(',', example.Select(cell => Cell(cell.Value?.ToString() ?? ""))) + "\r\n");
        }
    }

    private static string Cell(string text) =>
        text.IndexOfAny([',', '"', '\n']) < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static OpenApiMediaType Text(string description, string example) => new()
    {
        Schema = new OpenApiSchema { Type = JsonSchemaType.String, Description = description },
        Example = example,
    };
}
