using System.Text.Json.Nodes;
using Bhiv.Api.ApiKeys;
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
                [HeaderNames.CacheControl] = CacheControl(),
            };
            if (OfStatus(status, context) is var (name, header)) headers[name] = header;
            // Whatever else is wrong with the call, the key may be good.
            if (operation.Security!.Any(credentials => credentials.Keys.Any(IsApiKey))) headers[ApiKeyDefaults.RotateByHeader] = RotateBy();
            if (status[0] != '2') continue;
            foreach (var said in context.MethodInfo.GetCustomAttributes(false).OfType<AnswersHeaderAttribute>())
                headers[said.Name] = Header(said.Description, said.Values[0], said.Values.Count > 1 ? said.Values : null);
        }
    }

    private static (string, OpenApiHeader)? OfStatus(string status, OperationFilterContext context) => status switch
    {
        "401" => (HeaderNames.WWWAuthenticate, Header(
            "The challenge of each credential that was refused (RFC 9110 §11.6.1); `error` is OAuth's word for why.",
            Challenges.For(new Refusal(CredentialRefusal.ApiKey, ProblemType.InvalidApiKey)))),
        // A key that lacks the scope beside a token that is refused: the token has its challenge all the same.
        "403" when OperationRefusals.Of(context.ApiDescription).Contains(ProblemType.MissingToken) => (HeaderNames.WWWAuthenticate, Header(
            "The challenge of the access token, where it was refused too.",
            Challenges.For(new Refusal(CredentialRefusal.AccessToken, ProblemType.ExpiredToken)), required: false)),
        "405" => (HeaderNames.Allow, Header("The methods of the path.", context.ApiDescription.HttpMethod!)),
        "429" or "503" => (HeaderNames.RetryAfter, Seconds("Seconds to wait before the call is made again.", 1)),
        _ => null,
    };

    private static bool IsApiKey(OpenApiSecuritySchemeReference scheme) =>
        scheme.Reference.Id == ApiKeyDefaults.AuthenticationScheme;

    private static OpenApiHeader RotateBy()
    {
        var header = Header(
            "By when the API key shall be replaced, once that is less than ten days away; or when that was.", "2026-03-08T12:00:00Z", required: false);
        ((OpenApiSchema)header.Schema!).Format = "date-time";
        return header;
    }

    private static OpenApiHeader CacheControl()
    {
        var header = Header("No answer is to be kept.", "no-store");
        // Where something was thrown, the framework adds a directive of its own.
        ((OpenApiSchema)header.Schema!).Pattern = "(^|[, ])no-store($|,)";
        return header;
    }

    private static OpenApiHeader Seconds(string description, int example)
    {
        var header = Header(description, example);
        header.Schema = new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int32", Minimum = "1", Maximum = $"{int.MaxValue}" };
        return header;
    }

    private static OpenApiHeader Header(string description, JsonNode example, IReadOnlyList<string>? values = null, bool required = true)
    {
        var schema = new OpenApiSchema { Type = JsonSchemaType.String };
        if (values is not null) BoundsWriter.WriteValues(schema, values);
        return new OpenApiHeader { Description = description, Required = required, Example = example, Schema = schema };
    }
}
