using Bhiv.Api.Configuration;
using Bhiv.Api.Http;

namespace Bhiv.Api.Doctor;

/// <summary>What a server is told, and what it would say to it.</summary>
internal static class ConfigurationRules
{
    public static IEnumerable<Finding> Judge(Evidence it)
    {
        foreach (var refusal in it.Refusals) yield return Catalogue.ConfigurationRefused.Of(refusal);
        if (it.Refusals.Count == 0)
            yield return Catalogue.ConfigurationTaken.Of(
                $"No server refuses it, in {(it.Settings.Development ? "Development" : "Production")}. "
                + "What nothing else is said of is as appsettings.json or the default has it.");
        if (it.Keys?.PublishedAccount is { } name)
            yield return Catalogue.AccountPublished.Of($"The account {name} has a password that the runbook publishes.");
        if (it.Settings.Development)
            yield return Catalogue.ConfigurationDevelopment.Of("Development takes short and published secrets.");
        foreach (var (source, names) in it.Sources)
            yield return Catalogue.SettingsGiven.Of($"From {source}: {string.Join(", ", names)}.");
        foreach (var address in it.Settings.Addresses.Where(address => !IsRefused(address))) yield return Judge(address, it.Settings.Http);
        yield return it.Settings.SentryDsn is null
            ? Catalogue.SentryOff.Of("No Sentry hears of faults.")
            : Catalogue.SentryOn.Of("Sentry hears of faults and of what looks like an attack.");
        yield return it.Settings.OtlpEnabled
            ? Catalogue.CollectorOn.Of("Spans and metrics go to a collector.")
            : Catalogue.CollectorOff.Of("No collector gets spans and metrics.");

        bool IsRefused(string address) => it.Refusals.Any(refusal => refusal.Contains(address, StringComparison.Ordinal));
    }

    private static Finding Judge(string address, HttpOptions http) =>
        !Addresses.IsPlainAndOpen(address) ? Catalogue.AddressGood.Of($"It listens on {address}.")
        : http.AllowPlain ? Catalogue.AddressPlain.Of($"{address} takes credentials in plain text from the network.")
        : Catalogue.AddressGood.Of($"It listens on {address} for the proxies in Http:Proxies, and refuses what comes past them in plain text.");
}
