using Bhiv.Domain.ApiKeys;

namespace Bhiv.Infrastructure.ApiKeys;

/// <summary>The key in <c>API_KEY</c>, which belongs to client <c>default</c>.</summary>
internal sealed class EnvironmentApiKeys(PlainTextApiKey secret, ApiKeyOptions options) : IApiKeys
{
    private readonly ApiKey key = new(ClientId.Default, options.BootstrapScopes);

    public ApiKey? Find(PlainTextApiKey presented) => secret.Equals(presented) ? key : null;
}
