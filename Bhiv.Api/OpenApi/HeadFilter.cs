using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Bhiv.Api.OpenApi;

/// <summary>HEAD answers as GET does and has no body (RFC 9110 §9.3.2). Due last.</summary>
internal sealed class HeadFilter : IOperationFilter
{
    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        if (!HttpMethods.IsHead(context.ApiDescription.HttpMethod!)) return;
        operation.OperationId += "Head";
        // Sent by another method, and said at GET.
        operation.Responses!.Remove("405");
        foreach (var answer in operation.Responses.Values) answer.Content?.Clear();
    }
}
