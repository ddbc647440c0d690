using Bhiv.Api.Configuration;
using Bhiv.Application.Rotation;
using Bhiv.Application.SigningKeys;
using Bhiv.Domain;
using Bhiv.Domain.SigningKeys;

namespace Bhiv.Api.Rotation;

internal static class RotationExtensions
{
    public static void AddRotation(this IServiceCollection services, Settings settings)
    {
        services.AddSingleton(settings.SigningKeys);
        services.AddSingleton(new SigningKeyRing(settings.Secrets.SigningKeys));
        services.AddSingleton<EnvironmentSecrets>();
        services.AddSingleton<SigningKeyAdministration>();
        services.AddSingleton<RotationReport>();
        services.AddSingleton<RotationWatch>();
        services.AddHostedService(provider => provider.GetRequiredService<RotationWatch>());
        services.AddHealthChecks().AddCheck<SecretsHealth>("secrets");
        if (!settings.SecretFiles.IsEmpty) services.AddHostedService<SecretFilesWatch>();
    }

    /// <summary>Keeps when each key of the environment was first seen. Due before anything is served.</summary>
    public static Task RememberSecretsAsync(this IServiceProvider services, CancellationToken cancellationToken)
    {
        var secrets = services.GetRequiredService<Settings>().Secrets;
        return services.GetRequiredService<EnvironmentSecrets>().RememberAsync(secrets.SigningKeys, secrets.ApiKeys, cancellationToken);
    }

    /// <summary>Due when keys are loaded, before anything is served.</summary>
    /// <exception cref="StartRefusedException">There is no key that could sign.</exception>
    public static async Task JudgeSecretsAsync(this IServiceProvider services, CancellationToken cancellationToken)
    {
        try
        {
            _ = services.GetRequiredService<SigningKeyRing>().Active;
        }
        catch (StoreUnavailableException fault)
        {
            throw new StartRefusedException(
                "JWT_SECRET was marked as compromised and signs nothing any more. Make another: JWT_SECRET=$(openssl rand -hex 32)", fault);
        }
        await services.GetRequiredService<RotationWatch>().LookAsync(cancellationToken);
    }
}
