using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Bhiv.Api.OpenApi;

/// <summary>What the groups of operations are for.</summary>
internal sealed class TagsFilter : IDocumentFilter
{
    private static readonly Dictionary<string, string> Descriptions = new()
    {
        ["Authentication"] = "Tokens: how a person gets them, keeps them and gives them back.",
        ["Sessions"] = "Where the calling person is logged in.",
        ["Designs"] = "The protected work.",
        ["Audit"] = "Who was refused, and what was decided about whom; for administrators.",
        ["Accounts"] = "People: let in, changed and let go; for administrators.",
        ["Clients"] = "The calling applications; for administrators.",
        ["API keys"] = "What clients call with: made, replaced and taken back; for administrators.",
        ["Operations"] = "How the service is doing; for balancers and monitoring.",
    };

    public void Apply(OpenApiDocument swaggerDoc, DocumentFilterContext context)
    {
        foreach (var tag in swaggerDoc.Tags ?? new HashSet<OpenApiTag>())
            tag.Description = Descriptions.GetValueOrDefault(tag.Name!);
    }
}
