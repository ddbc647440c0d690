using System.Globalization;
using Bhiv.Api.Http;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Bhiv.Api.OpenApi;

/// <summary>Writes each refusal of an operation: by status, with the codes that it can have there and an example of each.</summary>
internal sealed class RefusalsFilter(ProblemExamples examples) : IOperationFilter
{
    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        var problem = context.SchemaGenerator.GenerateSchema(typeof(ProblemResponse), context.SchemaRepository);
        foreach (var types in OperationRefusals.Of(context.ApiDescription).GroupBy(type => type.Status).OrderBy(types => types.Key))
        {
            operation.Responses![types.Key.ToString(CultureInfo.InvariantCulture)] = new OpenApiResponse
            {
                Description = string.Join(" ", types.Select(type => $"`{type.Code}`: {type.Title}.")),
                Content = new Dictionary<string, IOpenApiMediaType> { [Problem.MediaType] = ContentOf(problem, types, context.ApiDescription) },
            };
        }
    }

    private OpenApiMediaType ContentOf(IOpenApiSchema problem, IEnumerable<ProblemType> types, ApiDescription operation) => new()
    {
        Schema = new OpenApiSchema { AllOf = [problem, OnlyWith(types)] },
        Examples = types.ToDictionary(
            type => type.Code,
            IOpenApiExample (type) => new OpenApiExample { Summary = type.Title, Value = examples.Of(type, operation) }),
    };

    private static OpenApiSchema OnlyWith(IEnumerable<ProblemType> types)
    {
        var code = new OpenApiSchema { Type = JsonSchemaType.String, Description = "Which refusal it is." };
        BoundsWriter.WriteValues(code, types.Select(type => type.Code));
        return new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            Properties = new Dictionary<string, IOpenApiSchema> { ["code"] = code },
        };
    }
}

/// <summary>The set of all codes, which no attribute can name.</summary>
internal sealed class ProblemFilter : ISchemaFilter
{
    public void Apply(IOpenApiSchema schema, SchemaFilterContext context)
    {
        if (context.MemberInfo is not null || schema.Properties is not { } fields) return;
        if (context.Type == typeof(ProblemResponse))
        {
            BoundsWriter.WriteValues((OpenApiSchema)fields["code"], ProblemType.All.Select(type => type.Code));
            BoundsWriter.WriteValues((OpenApiSchema)fields["error"], ProblemType.All.Select(type => type.Error).OfType<string>().Distinct());
        }
        else if (context.Type == typeof(RefusalResponse))
        {
            BoundsWriter.WriteValues(
                (OpenApiSchema)fields["code"], CredentialRefusal.Types.SelectMany(it => it.Value).Select(type => type.Code));
        }
    }
}
