using Bhiv.Application.Explaining;

namespace Bhiv.Api.Explaining;

internal static class ExplainingExtensions
{
    public static void AddExplaining(this IServiceCollection services)
    {
        services.AddSingleton<TokenExplainer>();
        services.AddSingleton<SigningKeyFinder>();
        services.AddSingleton<ApiKeyExplainer>();
        services.AddSingleton<TraceExplainer>();
    }
}
