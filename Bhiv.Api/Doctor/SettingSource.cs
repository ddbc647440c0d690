using Microsoft.Extensions.Configuration.CommandLine;
using Microsoft.Extensions.Configuration.EnvironmentVariables;
using Microsoft.Extensions.Configuration.Json;

namespace Bhiv.Api.Doctor;

/// <summary>Settings that come from elsewhere than <c>appsettings.json</c>, by their names alone.</summary>
internal sealed record SettingSource(string Source, IReadOnlyList<string> Names)
{
    /// <param name="names">The settings that there are.</param>
    public static IReadOnlyList<SettingSource> List(IConfigurationRoot configuration, IReadOnlyList<string> names) =>
    [
        .. names.Select(name => (Name: name, Provider: configuration.Providers.LastOrDefault(it => it.TryGet(name, out _))))
            .Where(it => it.Provider is not (null or JsonConfigurationProvider))
            .GroupBy(it => NameOf(it.Provider!), it => it.Name)
            .Select(settings => new SettingSource(settings.Key, [.. settings])),
    ];

    private static string NameOf(IConfigurationProvider provider) => provider switch
    {
        EnvironmentVariablesConfigurationProvider => "the environment",
        CommandLineConfigurationProvider => "the command line",
        _ => provider.ToString()!,
    };
}
