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
    /// <summary>That say where a server listens; they are in no section of ours.</summary>
    private static readonly string[] Foreign = ["urls", "http_ports", "https_ports"];

    /// <param name="settings">As on a server's command line.</param>
    /// <returns>The worst first.</returns>
    public static async Task<IReadOnlyList<Finding>> RunAsync(
        string[] settings, IReadOnlyDictionary<string, string> environment, TimeProvider time)
    {
        try
        {
            return Judge(await GatherAsync(settings, environment, time));
        }
        catch (StartRefusedException refusal)
        {
            return [Catalogue.ConfigurationRefused.Of(refusal.Message)];
        }
    }

    internal static IReadOnlyList<Finding> Judge(Evidence evidence) =>
    [
        .. ConfigurationRules.Judge(evidence)
            .Concat(DatabaseRules.Judge(evidence))
            .Concat(SigningKeyRules.Judge(evidence))
            .Concat(SecretRules.Judge(evidence))
            .Concat(ApiKeyRules.Judge(evidence))
            .OrderByDescending(finding => finding.Kind.Severity),
    ];

    /// <exception cref="StartRefusedException">Nothing can be judged.</exception>
    internal static async Task<Evidence> GatherAsync(string[] given, IReadOnlyDictionary<string, string> environment, TimeProvider time)
    {
        var now = time.Now();
        var refusals = new List<string>();
        var (settings, configuration) = Program.ReadSettings(given, environment, refusals);
        var secrets = GivenSecrets.Read(settings);
        var (database, keys) = await LookAsync(settings.Development, Program.CreateReadOnly(settings, secrets, time), now);
        var sources = SettingSource.List(configuration, [.. settings.Names, .. Foreign]);
        return new Evidence(now, settings, refusals, sources, secrets, database, keys);
    }

    private static async Task<(DatabaseFacts? Database, KeyFacts? Keys)> LookAsync(bool development, ServiceProvider? services, DateTimeOffset now)
    {
        if (services is null) return (null, null);
        await using var owned = services;
        var database = await Program.ExamineDatabaseAsync(services, CancellationToken.None);
        if (database.Reading is not DatabaseReading.Current) return (database, null);
        try
        {
            var signingKeys = services.GetRequiredService<ISigningKeyStore>();
            return (database, new KeyFacts(
                await services.GetRequiredService<RotationReport>().ListAsync(CancellationToken.None),
                await signingKeys.ListAsync(CancellationToken.None),
                await signingKeys.CountSessionsAsync(now, CancellationToken.None),
                await services.GetRequiredService<ApiKeyAdministration>().ListAsync(client: null, CancellationToken.None),
                development ? null : await services.FindPublishedAccountAsync(CancellationToken.None)));
        }
        catch (StoreUnavailableException outage)
        {
            return (database with { Reading = new DatabaseReading.Busy(outage.GetBaseException().Message) }, null);
        }
    }
}
