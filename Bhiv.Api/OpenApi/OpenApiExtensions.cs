using Bhiv.Api.ApiKeys;
using Bhiv.Api.Configuration;
using Bhiv.Application.Designs;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.OpenApi;

namespace Bhiv.Api.OpenApi;

/// <summary>The document at <c>/openapi.json</c> and Swagger UI at <c>/swagger</c>.</summary>
internal static class OpenApiExtensions
{
    private const string DocumentName = "openapi";

    public static void AddOpenApi(this IServiceCollection services, Settings settings)
    {
        if (!settings.OpenApiEnabled) return;
        // Health and metrics are no controllers.
        services.AddEndpointsApiExplorer();
        services.AddSingleton<ProblemExamples>();
        services.AddSwaggerGen(swagger =>
        {
            swagger.SwaggerDoc(DocumentName, new OpenApiInfo
            {
                Title = "Bhiv",
                Version = "v1",
                Description = "Turns prompts into building designs. Each call is made by an application, known by its API key, "
                    + "for a person, known by an access token.",
            });
            swagger.AddSecurityDefinition(ApiKeyDefaults.AuthenticationScheme, new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.ApiKey,
                In = ParameterLocation.Header,
                Name = ApiKeyDefaults.HeaderName,
                Description = "The key of the calling application."
                    + (settings.Development ? $" In Development, unless API_KEY says otherwise: {Runbook.ApiKey}" : ""),
            });
            swagger.AddSecurityDefinition(JwtBearerDefaults.AuthenticationScheme, new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                BearerFormat = "JWT",
                Description = "The access_token of a login, without the word Bearer. As RFC8725 has it: one algorithm (HS256), and "
                    + "type, issuer, times and session are all checked.",
            });
            swagger.AddSecurityDefinition(CredentialsFilter.ApiKeyAsBearer, new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                Description = "The key of the calling application, for a caller that can send no other header.",
            });
            // Wherever the document was read from.
            swagger.AddServer(new OpenApiServer { Url = "/", Description = "The service that this document was read from." });
            // The path is the order in which a person calls: log in, refresh, generate.
            swagger.OrderActionsBy(call => call.RelativePath);
            swagger.SupportNonNullableReferenceTypes();
            // Descriptions and examples stand at what they describe; the filters after them add what the code says by itself.
            swagger.IncludeXmlComments(typeof(OpenApiExtensions).Assembly);
            swagger.IncludeXmlComments(typeof(DesignSpec).Assembly);
            swagger.SchemaFilter<LimitsFilter>();
            swagger.SchemaFilter<ProblemFilter>();
            swagger.ParameterFilter<LimitsFilter>();
            swagger.OperationFilter<CredentialsFilter>();
            swagger.OperationFilter<ExamplesFilter>(settings.Development);
            swagger.OperationFilter<RowsFilter>();
            swagger.OperationFilter<RefusalsFilter>();
            swagger.OperationFilter<HeadersFilter>();
            swagger.OperationFilter<HeadFilter>();
            swagger.DocumentFilter<TagsFilter>();
        });
    }

    public static void UseOpenApi(this WebApplication app, Settings settings)
    {
        if (!settings.OpenApiEnabled) return;
        app.UseSwagger(swagger => swagger.RouteTemplate = "{documentName:regex(^" + DocumentName + "$)}.json");
        app.UseSwaggerPage(settings);
    }
}
