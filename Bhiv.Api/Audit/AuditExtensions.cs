using Bhiv.Application.Audit;
using Bhiv.Domain.Audit;

namespace Bhiv.Api.Audit;

internal static class AuditExtensions
{
    public static void AddAudit(this IServiceCollection services)
    {
        services.AddSingleton<Alarms>();
        services.AddSingleton<SprayWatch>();
        services.AddSingleton<AuditReport>();
        services.AddSingleton<ForbiddenAudit>();
    }
}
