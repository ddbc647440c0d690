using Microsoft.AspNetCore.Authorization;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Bhiv.Api.OpenApi;

/// <summary>Says of each operation which credentials it needs, from the attribute that demands them.</summary>
internal sealed class CredentialsFilter : IOperationFilter
{
    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        var schemes = context.ApiDescription.ActionDescriptor.EndpointMetadata.OfType<AuthorizeAttribute>()
            .SelectMany(required => required.AuthenticationSchemes!.Split(',')).ToArray();
        if (schemes.Length == 0) return;

        // One requirement with both schemes means both; two would mean either. Without the document a reference to a
        // scheme points nowhere, and the page sends no header.
        var requirement = new OpenApiSecurityRequirement();
        foreach (var scheme in schemes) requirement[new OpenApiSecuritySchemeReference(scheme, context.Document)] = [];
        operation.Security = [requirement];
    }
}
