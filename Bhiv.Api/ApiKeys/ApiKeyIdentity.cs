using System.Security.Claims;
using Bhiv.Domain.ApiKeys;

namespace Bhiv.Api.ApiKeys;

/// <summary>The client whose API key was accepted.</summary>
internal sealed class ApiKeyIdentity(ClientId client) : ClaimsIdentity(ApiKeyDefaults.AuthenticationScheme)
{
    public ClientId Client { get; } = client;
}
