using Bhiv.Application.Tokens;
using Bhiv.Domain.Tokens;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;

namespace Bhiv.Api.Tokens;

internal static class TokensExtensions
{
    public static void AddTokens(this IServiceCollection services, TokenOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<TokenIssuer>();
        services.AddSingleton<LoginService>();
        services.AddSingleton<RefreshService>();
        services.AddSingleton<LogoutService>();
        services.AddSingleton<RevocationService>();
        services.AddSingleton<IntrospectionService>();
        services.AddSingleton<SessionReport>();
        services.AddSingleton<SessionAdministration>();

        new AuthenticationBuilder(services).AddJwtBearer();
        // It would read Authentication:Schemes:Bearer and, told of an authority there, ask it about our tokens.
        services.Remove(services.Single(service => service.ImplementationType?.Name == "JwtBearerConfigureOptions"));
        services.AddSingleton<AccessTokenEvents>();
        services.Configure<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme, bearer =>
        {
            bearer.EventsType = typeof(AccessTokenEvents);
            // Nothing is left that could read a token in another way.
            bearer.TokenHandlers.Clear();
        });
    }
}
