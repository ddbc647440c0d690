using static Bhiv.Tests.Configuration.ReadSettings;

namespace Bhiv.Tests.Configuration;

/// <summary>Where the service may listen, and whom it may believe.</summary>
public sealed class AddressSettingsTests
{
    [TestCase("http://localhost:8000", true, true)]
    [TestCase("http://127.0.0.1:8000;http://[::1]:8000", true, true)]
    [TestCase("http://0.0.0.0:8000", false, false)]
    [TestCase("http://*:8000", false, false)]
    [TestCase("http://+:8000", false, false)]
    [TestCase("http://[::]:8000", false, false)]
    [TestCase("http://example.com:8000", false, false)]
    [TestCase("http://localhost:8000;http://0.0.0.0:8001", false, false)]
    [TestCase("https://0.0.0.0:8443", false, true)]
    [TestCase("http://[127.0.0.1]:8000", false, false)]
    [TestCase("http://localhost:8000/base", false, false)]
    [TestCase("localhost:8000", false, false)]
    [TestCase("ftp://localhost:8000", false, false)]
    public void Credentials_are_not_taken_in_plain_text_from_the_network(string urls, bool development, bool production)
    {
        var configuration = new Dictionary<string, string?> { ["urls"] = urls };

        Assert.That(Failures(Good, configuration, development: true), development ? Is.Empty : Has.Length.EqualTo(1));
        Assert.That(Failures(Good, configuration), production ? Is.Empty : Has.Length.EqualTo(1));
    }

    [Test]
    public void An_endpoint_of_Kestrels_own_section_is_judged_like_any_other()
    {
        Assert.That(Failures(Good, new() { ["Kestrel:Endpoints:a:Url"] = "http://0.0.0.0:8000" }), Has.Length.EqualTo(1));
        Assert.That(Failures(Good, new() { ["Kestrel:Endpoints:a:Protocols"] = "Http1" }), Has.Length.EqualTo(1));
        Assert.That(Failures(Good, new() { ["Kestrel:Endpoints:a:Url"] = "http://localhost:8000" }), Is.Empty);
    }

    [Test]
    public void Plain_http_from_the_network_can_be_allowed_outside_Development_alone()
    {
        var configuration = new Dictionary<string, string?> { ["http_ports"] = "8000", ["Http:AllowPlain"] = "true" };

        Assert.That(Failures(Good, configuration), Is.Empty);
        Assert.That(Failures(Good, configuration, development: true), Has.Length.EqualTo(1));
    }

    [Test]
    public void A_listed_proxy_may_be_listened_to_in_plain_text_outside_Development_alone()
    {
        var configuration = new Dictionary<string, string?> { ["urls"] = "http://0.0.0.0:8000", ["Http:Proxies"] = "10.0.0.9" };

        Assert.That(Failures(Good, configuration), Is.Empty);
        Assert.That(Failures(Good, configuration, development: true), Has.Length.EqualTo(1));
        Assert.That(Failures(Good, new(configuration) { ["Http:Proxies"] = "0.0.0.0/0" }), Has.Length.EqualTo(2), "a list that is refused opens nothing");
    }

    [TestCase("true", false)]
    [TestCase("True", false)]
    [TestCase("1", false)]
    [TestCase("", false)]
    [TestCase("false", true)]
    [TestCase("False", true)]
    public void The_frameworks_own_switch_to_believe_everybody_is_refused(string value, bool good)
    {
        var failures = Failures(Good, new() { ["ForwardedHeaders_Enabled"] = value });

        Assert.That(failures, good ? Is.Empty : Has.Length.EqualTo(1).And.All.Contains("ASPNETCORE_FORWARDEDHEADERS_ENABLED").And.All.Contains("Http:Proxies"));
    }
}
