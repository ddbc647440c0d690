using Bhiv.Application.ApiKeys;
using Bhiv.Domain.ApiKeys;
using Microsoft.AspNetCore.Authentication;

namespace Bhiv.Api.ApiKeys;

internal static class ApiKeysExtensions
{
    public static void AddApiKeys(this IServiceCollection services, ApiKeyOptions options, EnvironmentApiKeys keys)
    {
        services.AddSingleton(options);
        services.AddSingleton(keys);
        services.AddSingleton<ApiKeyAdministration>();
        services.AddSingleton<ClientAdministration>();
        // No scheme is the default: a call says which credentials it needs, and a call that says nothing gets none.
        services.AddAuthentication()
            .AddScheme<AuthenticationSchemeOptions, ApiKeyHandler>(ApiKeyDefaults.AuthenticationScheme, null);
        // AddAuthentication brings the service that makes keys for cookies and writes them to the home directory. There are no
        // cookies here, and no secret is written where nobody looks after it.
        services.Remove(services.Single(service => service.ImplementationType?.Name == "DataProtectionHostedService"));
    }
}
