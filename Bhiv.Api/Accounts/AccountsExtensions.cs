using Bhiv.Api.Configuration;
using Bhiv.Application.Accounts;
using Bhiv.Domain;
using Bhiv.Domain.Accounts;

namespace Bhiv.Api.Accounts;

internal static class AccountsExtensions
{
    public static void AddAccounts(this IServiceCollection services, PasswordOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<EnvironmentAccount>();
        services.AddSingleton<AccountAdministration>();
    }

    /// <summary>Makes the account that the environment names. Due before anything is served.</summary>
    /// <exception cref="StartRefusedException">Outside Development an account has a password that the runbook
    /// publishes.</exception>
    public static async Task ApplyEnvironmentAccountAsync(
        this IServiceProvider services, Settings settings, CancellationToken cancellationToken)
    {
        var account = services.GetRequiredService<EnvironmentAccount>();
        await account.ApplyAsync(settings.Secrets.DemoUsername, settings.Secrets.DemoPassword, cancellationToken);
        if (settings.Development) return;
        if (await account.FindAccountWithAsync([.. Runbook.Secrets.Select(PlainTextPassword.Of)], cancellationToken) is { } name)
            throw new StartRefusedException(
                $"The account {name} has a password that the runbook publishes. "
                + $"Start once with DEMO_USERNAME={name} and a DEMO_PASSWORD of your own.");
    }
}
