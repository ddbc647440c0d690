using System.Text.Json;
using System.Text.Json.Nodes;
using Bhiv.Api.Http;
using Microsoft.Net.Http.Headers;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Bhiv.Api.OpenApi;

/// <summary>Names of each answer the headers that a caller decides on. Due after the answers are all there.</summary>
internal sealed class HeadersFilter : IOperationFilter
{
    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        foreach (var (status, answer) in operation.Responses!)
        {
            var headers = ((OpenApiResponse)answer).Headers = new Dictionary<string, IOpenApiHeader>
            {
                [HeaderNames.CacheControl] = Header("No answer is to be kept.", "no-store", "no-store"),
            };
            if (OfStatus(status, context) is var (name, header)) headers[name] = header;
            if (status[0] != '2') continue;
            foreach (var said in context.MethodInfo.GetCustomAttributes(false).OfType<AnswersHeaderAttribute>())
                headers[said.Name] = Header(said.Description, said.Values[0], [.. said.Values]);
        }
    }

    private static (string, OpenApiHeader)? OfStatus(string status, OperationFilterContext context) => status switch
    {
        "401" => (HeaderNames.WWWAuthenticate, Header(
            "The challenge of each credential that was refused (RFC 9110 §11.6.1); `error` is OAuth's word for why.",
            Challenges.For(new Refusal(CredentialRefusal.ApiKey, ProblemType.InvalidApiKey)))),
        "405" => (HeaderNames.Allow, Header("The methods of the path.", context.ApiDescription.HttpMethod!)),
        "503" => (HeaderNames.RetryAfter, Header("Seconds to wait before the call is made again.", 1)),
        _ => null,
    };

    private static OpenApiHeader Header(string description, JsonNode example, params string[] values) => new()
    {
        Description = description,
        Required = true,
        Example = example,
        Schema = new OpenApiSchema
        {
            Type = example.GetValueKind() == JsonValueKind.Number ? JsonSchemaType.Integer : JsonSchemaType.String,
            Enum = values.Length == 0 ? null : [.. values.Select(value => (JsonNode)value)],
        },
    };
}
