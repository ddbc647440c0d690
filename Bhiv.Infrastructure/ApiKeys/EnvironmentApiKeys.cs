using Bhiv.Domain.ApiKeys;

namespace Bhiv.Infrastructure.ApiKeys;

/// <summary>The key in <c>API_KEY</c>, which belongs to client <c>default</c>.</summary>
internal sealed class EnvironmentApiKeys(PlainTextApiKey key) : IApiKeys
{
    public ClientId? FindClient(PlainTextApiKey presented) => key.Equals(presented) ? ClientId.Default : null;
}
