using System.Text.Json;
using System.Text.Json.Nodes;
using Bhiv.Api.Accounts;
using Bhiv.Api.ApiKeys;
using Bhiv.Api.Configuration;
using Bhiv.Api.Designs;
using Bhiv.Api.Http;
using Bhiv.Api.Tokens;
using Bhiv.Application.Designs;
using Bhiv.Domain.Accounts;
using Bhiv.Domain.ApiKeys;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Bhiv.Api.OpenApi;

/// <summary>
/// Puts a body into each operation that works when it is sent as it stands: in Development with the runbook's own values.
/// </summary>
internal sealed class ExamplesFilter(bool development) : IOperationFilter
{
    /// <summary>As the runbook writes it; the page replaces it by the newest token.</summary>
    public const string RefreshToken = "<refresh-token>";

    private static readonly GenerateRequest Design = new() { Prompt = DesignGenerator.Example };

    private readonly Dictionary<Type, object> examples = new()
    {
        [typeof(LoginRequest)] = new LoginRequest
        {
            Username = development ? Runbook.DemoUsername : "<username>",
            Password = development ? Runbook.DemoPassword : "<password>",
        },
        [typeof(ChangePasswordRequest)] = new ChangePasswordRequest
        {
            CurrentPassword = development ? Runbook.DemoPassword : "<password>",
            NewPassword = "<new-password>",
        },
        [typeof(LogoutRequest)] = new LogoutRequest(),
        [typeof(TokenRequest)] = new TokenRequest { Token = RefreshToken },
        [typeof(RefreshRequest)] = new RefreshRequest { RefreshToken = RefreshToken },
        [typeof(GenerateRequest)] = Design,
        [typeof(CreateAccountRequest)] = new CreateAccountRequest { Username = "alice" },
        [typeof(SetRolesRequest)] = new SetRolesRequest { Roles = [Role.Member] },
        [typeof(RevokeSessionsRequest)] = new RevokeSessionsRequest { AccountId = "01993f1c-7d2a-7c31-9b0e-3f6a52c8d417" },
        [typeof(CreateClientRequest)] = new CreateClientRequest { ClientId = "mobile" },
        [typeof(CreateApiKeyRequest)] = new CreateApiKeyRequest
        {
            ClientId = ClientId.Default.Value,
            Scopes = (Scopes.Auth | Scopes.Generate).ToWords(),
        },
        [typeof(RotateApiKeyRequest)] = new RotateApiKeyRequest(),
    };

    private static readonly JsonSerializerOptions Json = new(BodyReader.Options)
    {
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull,
    };

    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        foreach (var text in context.ApiDescription.ActionDescriptor.EndpointMetadata.OfType<TextExample>())
        {
            foreach (var content in operation.Responses!["200"].Content!.Values.OfType<OpenApiMediaType>()) content.Example = text.Text;
        }
        foreach (var body in context.ApiDescription.ParameterDescriptions)
        {
            if (!examples.TryGetValue(body.Type, out var example) || operation.RequestBody?.Content is null) continue;
            foreach (var content in operation.RequestBody.Content.Values.OfType<OpenApiMediaType>())
                content.Example = JsonSerializer.SerializeToNode(example, body.Type, Json);
            if (example == Design) GiveDesign(operation, context.SchemaRepository.Schemas[nameof(GenerateResponse)]);
        }
    }

    /// <summary>
    /// What the request above is answered with, from the generator itself: the examples of single fields are each right, and together
    /// they are no design.
    /// </summary>
    private static void GiveDesign(OpenApiOperation operation, IOpenApiSchema answer)
    {
        var example = new JsonObject(answer.Properties!.Select(field => KeyValuePair.Create(field.Key, field.Value.FindExample()?.DeepClone())));
        var design = (DesignResult.Generated)DesignGenerator.Generate(Design.ToBrief());
        example["spec_json"] = JsonSerializer.SerializeToNode(design.Spec, BodyReader.Options);
        foreach (var content in operation.Responses!["200"].Content!.Values.OfType<OpenApiMediaType>()) content.Example = example;
    }
}
