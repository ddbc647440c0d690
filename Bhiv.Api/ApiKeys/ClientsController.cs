using Bhiv.Api.Http;
using Bhiv.Api.OpenApi;
using Bhiv.Application.ApiKeys;
using Bhiv.Domain.ApiKeys;
using Microsoft.AspNetCore.Mvc;

namespace Bhiv.Api.ApiKeys;

[ApiController]
[Tags("Clients")]
[Route("api/v1/clients")]
[RequireAdministrator]
public sealed class ClientsController(ClientAdministration clients) : ControllerBase
{
    /// <summary>Clients</summary>
    /// <remarks>The calling applications, by their ids.</remarks>
    /// <response code="200">All there are.</response>
    [HttpGet(Name = "listClients")]
    [ProducesResponseType<IReadOnlyList<ClientResponse>>(StatusCodes.Status200OK)]
    public async Task<IActionResult> List(CancellationToken cancellationToken) =>
        Ok((await clients.ListAsync(cancellationToken)).Select(ClientResponse.Of));

    /// <summary>Make a client</summary>
    /// <remarks>It has no API key yet. It can be disabled, and never goes: what it did stays told apart.</remarks>
    /// <param name="request">What it is called.</param>
    /// <response code="201">The client.</response>
    [HttpPost(Name = "createClient")]
    [Refuses(nameof(ProblemType.Conflict))]
    [ProducesResponseType<ClientResponse>(StatusCodes.Status201Created)]
    public async Task<IActionResult> Create(CreateClientRequest request) =>
        await clients.TryCreateAsync(new ClientId(request.ClientId!), HttpContext.Author()) is { } client
            ? StatusCode(StatusCodes.Status201Created, ClientResponse.Of(client))
            : new Problem(ProblemType.Conflict) { Detail = "There is a client of this id." };

    /// <summary>Disable a client</summary>
    /// <remarks>From now on none of its API keys is good, and its sessions are ended. The keys come back with it, the sessions do not.</remarks>
    /// <param name="id" example="mobile">The `client_id`.</param>
    /// <response code="200">It is disabled.</response>
    [HttpPost("{id}/disable", Name = "disableClient")]
    [Refuses(nameof(ProblemType.NotFound))]
    [ProducesResponseType<SessionsEndedResponse>(StatusCodes.Status200OK)]
    public async Task<IActionResult> Disable([LimitedTo(ClientId.MaximumLength)] string id) =>
        await clients.DisableAsync(new ClientId(id), HttpContext.Author()) is { } ended
            ? Ok(new SessionsEndedResponse(ended))
            : new Problem(ProblemType.NotFound) { Detail = "There is no such client, or it is disabled already." };

    /// <summary>Enable a client</summary>
    /// <remarks>Its API keys are good again, unless they have expired or been revoked. Sessions that were ended stay so.</remarks>
    /// <param name="id" example="mobile">The `client_id`.</param>
    /// <response code="204">It is enabled.</response>
    [HttpPost("{id}/enable", Name = "enableClient")]
    [Refuses(nameof(ProblemType.NotFound))]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    public async Task<IActionResult> Enable([LimitedTo(ClientId.MaximumLength)] string id) =>
        await clients.EnableAsync(new ClientId(id), HttpContext.Author())
            ? NoContent()
            : new Problem(ProblemType.NotFound) { Detail = "There is no such client, or it is not disabled." };
}
