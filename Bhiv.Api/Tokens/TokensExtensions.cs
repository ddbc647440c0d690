using Bhiv.Api.ApiKeys;
using Bhiv.Api.Configuration;
using Bhiv.Application.Tokens;
using Bhiv.Domain.SigningKeys;
using Bhiv.Domain.Tokens;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;

namespace Bhiv.Api.Tokens;

internal static class TokensExtensions
{
    /// <summary>
    /// The two schemes. Neither is the default: a call says which it needs, and a call that says nothing gets none.
    /// </summary>
    public static void AddCredentials(this IServiceCollection services, Secrets secrets)
    {
        services.AddSingleton(secrets.ApiKey);
        services.AddSingleton(new SigningKeyRing(secrets.SigningKey));
        services.AddAuthentication()
            .AddScheme<AuthenticationSchemeOptions, ApiKeyHandler>(ApiKeyDefaults.AuthenticationScheme, null)
            .AddJwtBearer();
        services.AddOptions<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme)
            .Configure<IAccessTokens, TimeProvider>((bearer, accessTokens, time) =>
            {
                bearer.TokenHandlers.Clear();
                bearer.TokenHandlers.Add(new AccessTokenHandler(accessTokens, time));
            });
        // It would read Authentication:Schemes:Bearer and, told of an authority there, ask it about our tokens.
        services.Remove(services.Single(service => service.ImplementationType?.Name == "JwtBearerConfigureOptions"));
        // AddAuthentication brings the service that makes keys for cookies and writes them to the home directory. There are no
        // cookies here, and no secret is written where nobody looks after it.
        services.Remove(services.Single(service => service.ImplementationType?.Name == "DataProtectionHostedService"));
    }

    public static void AddTokens(this IServiceCollection services, TokenOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<TokenIssuer>();
        services.AddSingleton<LoginService>();
        services.AddSingleton<RefreshService>();
    }
}
