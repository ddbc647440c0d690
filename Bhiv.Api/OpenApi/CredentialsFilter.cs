using Bhiv.Api.ApiKeys;
using Bhiv.Api.Http;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Bhiv.Api.OpenApi;

/// <summary>Says of each operation which credentials it needs, from the attribute that demands them.</summary>
internal sealed class CredentialsFilter : IOperationFilter
{
    /// <summary>The API key where a person's token is otherwise.</summary>
    public const string ApiKeyAsBearer = "ApiKeyAsBearer";

    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        var metadata = context.ApiDescription.ActionDescriptor.EndpointMetadata;
        var schemes = OperationRefusals.DemandedSchemes(context.ApiDescription);
        operation.Security = schemes.Count > 0 ? [All(schemes)] : [All()];
        if (metadata.OfType<AcceptApiKeyAttribute>().Any()) operation.Security.Add(All(ApiKeyDefaults.AuthenticationScheme));
        if (metadata.OfType<RequireApiKeyAttribute>().Any(key => key.AlsoAsBearer)) operation.Security.Add(All(ApiKeyAsBearer));

        // One requirement with both schemes means both; two would mean either. Without the document a reference to a
        // scheme points nowhere, and the page sends no header.
        OpenApiSecurityRequirement All(params IEnumerable<string> needed)
        {
            var requirement = new OpenApiSecurityRequirement();
            foreach (var scheme in needed) requirement[new OpenApiSecuritySchemeReference(scheme, context.Document)] = [];
            return requirement;
        }
    }
}
