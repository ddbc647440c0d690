using Bhiv.Api.Accounts;
using Bhiv.Application.ApiKeys;
using Bhiv.Application.Rotation;
using Bhiv.Domain;
using Bhiv.Domain.Doctor;
using Bhiv.Domain.SigningKeys;

namespace Bhiv.Api.Doctor;

/// <summary>Looks at everything once, and judges it. It refuses, makes and changes nothing.</summary>
internal static class Examination
{
    /// <param name="settings">As on a server's command line.</param>
    /// <returns>The worst first.</returns>
    public static async Task<IReadOnlyList<Finding>> RunAsync(
        string[] settings, IReadOnlyDictionary<string, string> environment, TimeProvider time, CancellationToken cancellationToken) =>
        Judge(await GatherAsync(settings, environment, time, cancellationToken));

    internal static IReadOnlyList<Finding> Judge(Evidence evidence) =>
    [
        .. ConfigurationRules.Judge(evidence)
            .Concat(DatabaseRules.Judge(evidence))
            .Concat(SigningKeyRules.Judge(evidence))
            .Concat(SecretRules.Judge(evidence))
            .Concat(ApiKeyRules.Judge(evidence))
            .OrderByDescending(finding => finding.Kind.Severity),
    ];

    internal static async Task<Evidence> GatherAsync(
        string[] given, IReadOnlyDictionary<string, string> environment, TimeProvider time, CancellationToken cancellationToken)
    {
        var now = time.Now();
        var refusals = new List<string>();
        var (settings, configuration) = Program.ReadSettings(given, environment, refusals);
        var secrets = GivenSecrets.Read(settings);
        await using var services = Program.CreateReadOnly(settings, secrets.OrStandIns(), time);
        var database = services is null ? null : await Program.ExamineDatabaseAsync(services, cancellationToken);
        var keys = database?.Reading is DatabaseReading.Current ? await TryReadKeysAsync(services!, settings.Development, now, cancellationToken) : null;
        if (database?.Reading is DatabaseReading.Current && keys is null)
            database = database with { Reading = new DatabaseReading.Busy("It was held by another process meanwhile.") };
        return new Evidence(now, settings, refusals, SettingSource.List(configuration, settings.Names), secrets, database, keys);
    }

    private static async Task<KeyFacts?> TryReadKeysAsync(
        IServiceProvider services, bool development, DateTimeOffset now, CancellationToken cancellationToken)
    {
        try
        {
            var signingKeys = services.GetRequiredService<ISigningKeyStore>();
            return new KeyFacts(
                await services.GetRequiredService<RotationReport>().ListAsync(cancellationToken),
                await signingKeys.ListAsync(cancellationToken),
                await signingKeys.CountSessionsAsync(now, cancellationToken),
                await services.GetRequiredService<ApiKeyAdministration>().ListAsync(client: null, cancellationToken),
                development ? null : await services.FindPublishedAccountAsync(cancellationToken));
        }
        catch (StoreUnavailableException)
        {
            return null;
        }
    }
}
