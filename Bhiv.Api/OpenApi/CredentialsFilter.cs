using Bhiv.Api.ApiKeys;
using Bhiv.Api.Http;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Bhiv.Api.OpenApi;

/// <summary>Says of each operation which credentials it needs, from the attribute that demands them.</summary>
internal sealed class CredentialsFilter : IOperationFilter
{
    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        var metadata = context.ApiDescription.ActionDescriptor.EndpointMetadata;
        string[] schemes =
            metadata.OfType<RequireApiKeyAndTokenAttribute>().Any()
                ? [ApiKeyDefaults.AuthenticationScheme, JwtBearerDefaults.AuthenticationScheme]
                : metadata.OfType<RequireApiKeyAttribute>().Any() ? [ApiKeyDefaults.AuthenticationScheme] : [];
        if (schemes.Length == 0) return;

        // One requirement with both schemes means both; two would mean either. Without the document a reference to a
        // scheme points nowhere, and the page sends no header.
        var requirement = new OpenApiSecurityRequirement();
        foreach (var scheme in schemes) requirement[new OpenApiSecuritySchemeReference(scheme, context.Document)] = [];
        operation.Security = [requirement];
    }
}
