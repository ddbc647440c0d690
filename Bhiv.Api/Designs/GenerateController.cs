using System.Diagnostics;
using Bhiv.Api.Http;
using Bhiv.Application.Designs;
using Bhiv.Domain;
using Bhiv.Domain.ApiKeys;
using Microsoft.AspNetCore.Mvc;

namespace Bhiv.Api.Designs;

[ApiController]
[Tags("Designs")]
[Route("api/v1/generate")]
public sealed class GenerateController(TimeProvider time) : ControllerBase
{
    /// <summary>Generate a design</summary>
    /// <remarks>A sentence for a building, a room or a thing as data. The same request gives the same `spec_json`.</remarks>
    /// <param name="request">What to design.</param>
    /// <response code="200">The design.</response>
    [HttpPost(Name = "generate")]
    [RequireApiKeyAndToken(Scopes.Generate)]
    [Refuses(nameof(ProblemType.NotADesign))]
    [ProducesResponseType<GenerateResponse>(StatusCodes.Status200OK)]
    public IActionResult Generate(GenerateRequest request)
    {
        var started = time.GetTimestamp();
        return DesignGenerator.Generate(request.ToBrief()) switch
        {
            DesignResult.Generated(var spec) => Ok(GenerateResponse.Of(spec, time.Now(), time.GetElapsedTime(started))),
            DesignResult.NotADesign(var example) => new Problem(ProblemType.NotADesign)
            {
                Fix = $"Say what to design. This would have worked: {{\"prompt\": \"{example}\"}}",
            },
            _ => throw new UnreachableException(),
        };
    }
}
