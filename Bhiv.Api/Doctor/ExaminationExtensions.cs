using Bhiv.Api.Accounts;
using Bhiv.Api.Configuration;
using Bhiv.Application.ApiKeys;
using Bhiv.Application.Rotation;
using Bhiv.Domain.Monitoring;
using Bhiv.Domain.SigningKeys;

namespace Bhiv.Api.Doctor;

internal static class ExaminationExtensions
{
    /// <summary>What reads the stores, on settings that a server might refuse.</summary>
    public static void AddExamination(this IServiceCollection services, Settings settings, GivenSecrets secrets)
    {
        var (signingKeys, apiKeys) = secrets.OrStandIns();
        services.AddLogging();
        services.AddSingleton(settings.SigningKeys);
        services.AddSingleton(settings.ApiKeys);
        services.AddSingleton(settings.Tokens);
        services.AddSingleton(new SigningKeyRing(signingKeys));
        services.AddSingleton(apiKeys);
        services.AddSingleton<BhivMetrics>();
        services.AddSingleton<RotationReport>();
        services.AddSingleton<ApiKeyAdministration>();
        services.AddAccounts(settings);
    }
}
