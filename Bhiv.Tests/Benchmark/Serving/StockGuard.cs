using System.Security.Cryptography;
using System.Text;
using Bhiv.Tests.Support;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ApplicationModels;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.Tokens;

namespace Bhiv.Benchmark.Serving;

/// <summary>
/// The yardstick: generate behind the guard that a team would otherwise write, JwtBearer as it comes and a check of one key in a
/// middleware. It reads the same tokens and explains, binds and revokes nothing.
/// </summary>
internal sealed class StockGuard : IActionModelConvention, IStartupFilter
{
    private const string Scheme = "Stock";

    private static readonly byte[] ApiKey = Encoding.UTF8.GetBytes(Environment.GetEnvironmentVariable("API_KEY")!);
    private static readonly byte[] Secret = Encoding.UTF8.GetBytes(Environment.GetEnvironmentVariable("JWT_SECRET")!);

    public static void Replace(IServiceCollection services)
    {
        WithoutCredentials.Replace(services);
        services.Configure<MvcOptions>(mvc => mvc.Conventions.Add(new StockGuard()));
        services.AddSingleton<IStartupFilter>(new StockGuard());
        services.AddSingleton<IAuthorizationMiddlewareResultHandler, AuthorizationMiddlewareResultHandler>();
        services.AddAuthentication().AddJwtBearer(Scheme, bearer =>
        {
            bearer.MapInboundClaims = false;
            bearer.SaveToken = false;
            bearer.TokenValidationParameters = new TokenValidationParameters
            {
                IssuerSigningKey = new SymmetricSecurityKey(Secret),
                ValidIssuer = "bhiv",
                ValidateAudience = false,
            };
        });
    }

    public void Apply(ActionModel action)
    {
        if (action.Controller.ControllerName != "Generate") return;
        foreach (var selector in action.Selectors)
            selector.EndpointMetadata.Add(new AuthorizeAttribute { AuthenticationSchemes = Scheme });
    }

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use((context, following) =>
        {
            if (!context.Request.Path.StartsWithSegments("/api/v1/generate", StringComparison.OrdinalIgnoreCase)) return following(context);
            var presented = Encoding.UTF8.GetBytes(context.Request.Headers["X-API-Key"].ToString());
            if (CryptographicOperations.FixedTimeEquals(presented, ApiKey)) return following(context);
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return Task.CompletedTask;
        });
        next(app);
    };
}
