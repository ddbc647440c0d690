using Bhiv.Api.Configuration;
using Bhiv.Application.Accounts;
using Bhiv.Domain;
using Bhiv.Domain.Accounts;

namespace Bhiv.Api.Accounts;

internal static class AccountsExtensions
{
    private static readonly IReadOnlyList<PlainTextPassword> Published = [.. Runbook.Secrets.Select(PlainTextPassword.Of)];

    public static void AddAccounts(this IServiceCollection services, Settings settings)
    {
        services.AddSingleton(settings.Passwords);
        services.AddSingleton(new PublishedPasswords(settings.Development ? [] : Published));
        services.AddSingleton<EnvironmentAccount>();
        services.AddSingleton<AccountAdministration>();
        services.AddSingleton<PasswordCheck>();
        services.AddSingleton<PasswordRehash>();
        services.AddSingleton<PasswordChangeService>();
    }

    /// <summary>Makes the account that the environment names. Due before anything is served.</summary>
    /// <exception cref="StartRefusedException">Outside Development an account has a password that the runbook
    /// publishes.</exception>
    public static async Task ApplyEnvironmentAccountAsync(
        this IServiceProvider services, Settings settings, CancellationToken cancellationToken)
    {
        await services.GetRequiredService<EnvironmentAccount>().ApplyAsync(settings.Secrets.DemoUsername, settings.Secrets.DemoPassword, cancellationToken);
        if (settings.Development) return;
        if (await services.FindPublishedAccountAsync(cancellationToken) is { } name)
            throw new StartRefusedException(
                $"The account {name} has a password that the runbook publishes. Give it another: accounts reset-password {name}");
    }

    /// <summary>The name of an administrator who has a password of the runbook's, beside what the environment says; null where none has.</summary>
    public static Task<string?> FindPublishedAccountAsync(this IServiceProvider services, CancellationToken cancellationToken) =>
        services.GetRequiredService<EnvironmentAccount>().FindAdministratorWithAsync(Published, cancellationToken);
}
