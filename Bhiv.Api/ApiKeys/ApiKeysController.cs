using System.Diagnostics;
using Bhiv.Api.Http;
using Bhiv.Api.OpenApi;
using Bhiv.Application.ApiKeys;
using Bhiv.Domain.ApiKeys;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace Bhiv.Api.ApiKeys;

[ApiController]
[Tags("API keys")]
[Route("api/v1/api-keys")]
[RequireAdministrator]
public sealed class ApiKeysController(ApiKeyAdministration keys) : ControllerBase
{
    /// <summary>API keys</summary>
    /// <remarks>The newest first, with when each was last used (to a few seconds), and by what it would be missed. None shows the key itself.</remarks>
    /// <response code="200">All there are, those that are good no more included.</response>
    [HttpGet(Name = "listApiKeys")]
    [KnownQuery]
    [ProducesResponseType<IReadOnlyList<ApiKeyResponse>>(StatusCodes.Status200OK)]
    public async Task<IActionResult> List([FromQuery] ApiKeysQuery query, CancellationToken cancellationToken) =>
        Ok((await keys.ListAsync(query.ToClient(), cancellationToken)).Select(ApiKeyResponse.Of));

    /// <summary>Make an API key</summary>
    /// <remarks>The key is in this answer and nowhere else: what is kept of it is a hash.</remarks>
    /// <param name="request">For which client, what it may do, and for how long.</param>
    /// <response code="201">The key.</response>
    [HttpPost(Name = "createApiKey")]
    [Refuses(nameof(ProblemType.NotFound), nameof(ProblemType.Conflict))]
    [ProducesResponseType<NewApiKeyResponse>(StatusCodes.Status201Created)]
    public async Task<IActionResult> Create(CreateApiKeyRequest request, CancellationToken cancellationToken) =>
        await keys.CreateAsync(request.ToClient(), request.ToScopes(), request.ToLifetime(), HttpContext.Author(), cancellationToken) switch
        {
            CreationResult.Created(var key) => StatusCode(StatusCodes.Status201Created, NewApiKeyResponse.Of(key)),
            CreationResult.NoClient => new Problem(ProblemType.NotFound) { Detail = "There is no such client." },
            CreationResult.ClientDisabled => new Problem(ProblemType.Conflict) { Detail = "The client is disabled." },
            _ => throw new UnreachableException(),
        };

    /// <summary>Rotate an API key</summary>
    /// <remarks>
    /// A new key of the same client and scopes takes its place. The old one stays good for the overlap, so that its callers can change
    /// over; sessions go on with either. One that leaked is revoked instead.
    /// </remarks>
    /// <param name="id" example="4fT9kQ2mXb7L">The `key_id`.</param>
    /// <param name="request">How long the old one stays good; without it, what the service is set to (7 days by default).</param>
    /// <response code="201">The new key.</response>
    [HttpPost("{id}/rotate", Name = "rotateApiKey")]
    [Refuses(nameof(ProblemType.NotFound), nameof(ProblemType.Conflict))]
    [ProducesResponseType<RotatedApiKeyResponse>(StatusCodes.Status201Created)]
    public async Task<IActionResult> Rotate(
        [LimitedTo(ApiKeyId.MaximumLength)] string id,
        [FromBody(EmptyBodyBehavior = EmptyBodyBehavior.Allow)] RotateApiKeyRequest? request,
        CancellationToken cancellationToken) =>
        await keys.RotateAsync(new ApiKeyId(id), request?.ToOverlap(), HttpContext.Author(), cancellationToken) switch
        {
            RotationResult.Rotated(var key, var oldExpires) =>
                StatusCode(StatusCodes.Status201Created, RotatedApiKeyResponse.Of(key, id, oldExpires)),
            RotationResult.NotFound => new Problem(ProblemType.NotFound) { Detail = "There is no such API key." },
            RotationResult.NotLive => new Problem(ProblemType.Conflict) { Detail = ApiKeyRefusals.NotLive },
            RotationResult.OfEnvironment => new Problem(ProblemType.Conflict) { Detail = ApiKeyRefusals.OfEnvironment },
            _ => throw new UnreachableException(),
        };

    /// <summary>Revoke an API key</summary>
    /// <remarks>
    /// It is refused from now on and for ever, and the sessions that were last refreshed with it, or begun, are ended: as is due when it
    /// leaked. One that is merely out of use expires by itself and ends nothing.
    /// </remarks>
    /// <param name="id" example="4fT9kQ2mXb7L">The `key_id`.</param>
    /// <response code="200">It is revoked.</response>
    [HttpDelete("{id}", Name = "revokeApiKey")]
    [Refuses(nameof(ProblemType.NotFound))]
    [ProducesResponseType<SessionsEndedResponse>(StatusCodes.Status200OK)]
    public async Task<IActionResult> Revoke([LimitedTo(ApiKeyId.MaximumLength)] string id) =>
        await keys.RevokeAsync(new ApiKeyId(id), HttpContext.Author()) is { } ended
            ? Ok(new SessionsEndedResponse(ended))
            : new Problem(ProblemType.NotFound) { Detail = "There is no such API key, or it was revoked before." };
}

/// <summary>Said alike by the calls and the verbs.</summary>
internal static class ApiKeyRefusals
{
    public const string NotLive = "The API key has expired, was revoked or was rotated before, or its client is disabled.";

    public const string OfEnvironment =
        "The API key stands in the environment and is rotated there: start with the new one in API_KEY and the old one in API_KEY_PREVIOUS.";
}
