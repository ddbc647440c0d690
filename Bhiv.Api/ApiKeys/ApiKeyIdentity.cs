using System.Security.Claims;
using Bhiv.Domain.ApiKeys;

namespace Bhiv.Api.ApiKeys;

/// <summary>The API key that was accepted.</summary>
internal sealed class ApiKeyIdentity(ApiKey key) : ClaimsIdentity(ApiKeyDefaults.AuthenticationScheme)
{
    public ApiKey Key { get; } = key;
}
