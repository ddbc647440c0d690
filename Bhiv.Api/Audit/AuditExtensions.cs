using Bhiv.Application.Audit;

namespace Bhiv.Api.Audit;

internal static class AuditExtensions
{
    public static void AddAudit(this IServiceCollection services)
    {
        services.AddSingleton<Alarms>();
        services.AddSingleton<AuditReport>();
    }
}
