using System.ComponentModel.DataAnnotations;
using Bhiv.Domain.ApiKeys;

namespace Bhiv.Api.ApiKeys;

/// <summary>A calling application.</summary>
/// <param name="ClientId" example="mobile">What it is called, here and in its tokens.</param>
/// <param name="CreatedAt" example="2026-03-01T09:30:00+00:00">When it was made.</param>
/// <param name="DisabledAt" example="2026-03-02T08:00:00+00:00">Since when none of its API keys is good; null while they are.</param>
public sealed record ClientResponse(
    [property: MaxLength(Domain.ApiKeys.ClientId.MaximumLength)] string ClientId, DateTimeOffset CreatedAt, DateTimeOffset? DisabledAt)
{
    internal static ClientResponse Of(Client client) => new(client.Id.Value, client.CreatedAt, client.DisabledAt);
}

/// <summary>What ended with something that was taken back.</summary>
/// <param name="SessionsEnded" example="3">How many sessions.</param>
public sealed record SessionsEndedResponse([property: Range(0, long.MaxValue)] long SessionsEnded);
