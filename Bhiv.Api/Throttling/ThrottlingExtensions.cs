using Bhiv.Application.Throttling;
using Bhiv.Domain.Throttling;

namespace Bhiv.Api.Throttling;

internal static class ThrottlingExtensions
{
    public static void AddThrottle(this IServiceCollection services, ThrottleOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<LoginThrottle>();
    }
}
