using Bhiv.Api.Configuration;
using Bhiv.Domain;
using Microsoft.Extensions.Configuration;

namespace Bhiv.Tests.Configuration;

/// <summary>The settings of a service, read and not started.</summary>
internal static class ReadSettings
{
    public static readonly Dictionary<string, string> Good = new()
    {
        ["JWT_SECRET"] = "8f0c1b7e5d3a49268f0c1b7e5d3a4926",
        ["API_KEY"] = "5d3a49268f0c1b7e5d3a4926",
        ["DEMO_USERNAME"] = "admin",
        ["DEMO_PASSWORD"] = "the kettle sang twice",
        ["BHIV_DATA"] = "/var/lib/bhiv",
    };

    public static Settings Read(
        Dictionary<string, string> environment, Dictionary<string, string?>? configuration = null, bool development = false) =>
        Settings.Read(
            (IConfigurationRoot)new ConfigurationBuilder().AddInMemoryCollection(configuration ?? []).Build(), environment, development);

    public static string[] Failures(
        Dictionary<string, string> environment, Dictionary<string, string?>? configuration = null, bool development = false)
    {
        try
        {
            Read(environment, configuration, development);
            return [];
        }
        catch (StartRefusedException refusal)
        {
            return refusal.Message.Split(Environment.NewLine);
        }
    }
}
