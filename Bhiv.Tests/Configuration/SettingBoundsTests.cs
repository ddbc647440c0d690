using static Bhiv.Tests.Configuration.ReadSettings;

namespace Bhiv.Tests.Configuration;

public sealed class SettingBoundsTests
{
    [TestCase("00:00:02", true)]
    [TestCase("00:01:00", true)]
    [TestCase("00:00:00", true)]
    [TestCase("00:00:00.250", true)]
    [TestCase("10", false)]
    [TestCase("24:00:00", false)]
    [TestCase("00:01:00.1", false)]
    [TestCase("-00:00:01", false)]
    [TestCase("10s", false)]
    [TestCase("", false)]
    [TestCase("1e3", false)]
    public void A_duration_is_written_in_one_way_and_has_bounds(string text, bool good)
    {
        var configuration = new Dictionary<string, string?> { ["Tokens:RefreshLeeway"] = text };

        if (good)
            Assert.That(Read(Good, configuration).Tokens.RefreshLeeway, Is.EqualTo(TimeSpan.Parse(text, null)));
        else
            Assert.That(Failures(Good, configuration), Is.EqualTo(new[]
            {
                $"Tokens:RefreshLeeway must be a duration [d.]hh:mm:ss, hours below 24, from 00:00:00 to 00:01:00; it is \"{text}\".",
            }));
    }

    [TestCase("Tokens:RefreshTokenLifetime", "90.00:00:00", true)]
    [TestCase("Tokens:RefreshTokenLifetime", "90.00:00:01", false)]
    [TestCase("Tokens:AccessTokenLifetime", "01:00:00", true)]
    [TestCase("Tokens:AccessTokenLifetime", "01:00:01", false)]
    [TestCase("Tokens:AccessTokenLifetime", "00:00:00", false)]
    [TestCase("Tokens:AccessTokenLifetime", "00:00:01.5", false)]
    [TestCase("Tokens:Issuer", " ", false)]
    [TestCase("Tokens:Audience", "designs", true)]
    [TestCase("Tokens:Audience", "", false)]
    [TestCase("Tokens:Audience", "d\u00e9signs", false)]
    [TestCase("Passwords:MinimumLength", "64", true)]
    [TestCase("Passwords:MinimumLength", "7", false)]
    [TestCase("Passwords:ConcurrentHashes", "0", false)]
    [TestCase("Passwords:ConcurrentHashes", "+1", false)]
    [TestCase("Http:AllowPlain", "yes", false)]
    [TestCase("Http:AllowPlain", "true", true)]
    [TestCase("Http:Proxies", "127.0.0.1", true)]
    [TestCase("Http:Proxies", "127.0.0.1 10.0.0.0/8,192.0.2.0/24, ::1 fd00::/8 2001:db8::/32", true)]
    [TestCase("Http:Proxies", "", false)]
    [TestCase("Http:Proxies", " ", false)]
    [TestCase("Http:Proxies", "nginx", false)]
    [TestCase("Http:Proxies", "*", false)]
    [TestCase("Http:Proxies", "1", false)]
    [TestCase("Http:Proxies", "0x7f.0.0.1", false)]
    [TestCase("Http:Proxies", "127.0.0.01", false)]
    [TestCase("Http:Proxies", "127.0.0.1:8000", false)]
    [TestCase("Http:Proxies", "[::1]", false)]
    [TestCase("Http:Proxies", "fe80::1%2", false)]
    [TestCase("Http:Proxies", "::ffff:10.0.0.1", false)]
    [TestCase("Http:Proxies", "::ffff:0.0.0.0/96", false)]
    [TestCase("Http:Proxies", "10.0.0.1/8", false)]
    [TestCase("Http:Proxies", "10.0.0.0/33", false)]
    [TestCase("Http:Proxies", "10.0.0.0/", false)]
    [TestCase("Http:Proxies", "10.0.0.0/8/8", false)]
    [TestCase("Http:Proxies", "0.0.0.0/0", false)]
    [TestCase("Http:Proxies", "0.0.0.0/1 128.0.0.0/1", false)]
    [TestCase("Http:Proxies", "::/0", false)]
    [TestCase("Http:Proxies", "0.0.0.0", false)]
    [TestCase("Http:Proxies", "::", false)]
    [TestCase("Http:Proxies", "10.0.0.1;10.0.0.2", false)]
    [TestCase("Http:Proxies:0", "10.0.0.1", false)]
    [TestCase("Http:AllowedOrigins", "https://app.example.com", true)]
    [TestCase("Http:AllowedOrigins", "https://app.example.com:8443, http://localhost:3000 http://[::1]:3000", true)]
    [TestCase("Http:AllowedOrigins", "*", false)]
    [TestCase("Http:AllowedOrigins", "https://*", false)]
    [TestCase("Http:AllowedOrigins", "https://*.example.com", false)]
    [TestCase("Http:AllowedOrigins", "null", false)]
    [TestCase("Http:AllowedOrigins", "app.example.com", false)]
    [TestCase("Http:AllowedOrigins", "https://app.example.com/", false)]
    [TestCase("Http:AllowedOrigins", "https://app.example.com/app", false)]
    [TestCase("Http:AllowedOrigins", "https://app.example.com?a", false)]
    [TestCase("Http:AllowedOrigins", "https://app.example.com:443", false)]
    [TestCase("Http:AllowedOrigins", "https://App.example.com", false)]
    [TestCase("Http:AllowedOrigins", "https://me@app.example.com", false)]
    [TestCase("Http:AllowedOrigins", "ftp://app.example.com", false)]
    [TestCase("Http:AllowedOrigins", "https://b\u00fccher.example", false)]
    [TestCase("Http:AllowedOrigins", "", false)]
    [TestCase("Http:AllowedOrigins:0", "https://app.example.com", false)]
    [TestCase("Http:MaximumConnections", "16", true)]
    [TestCase("Http:MaximumConnections", "15", false)]
    [TestCase("Http:MaximumConnections", "1000001", false)]
    [TestCase("Http:MaximumConnectionsPerAddress", "1", true)]
    [TestCase("Http:MaximumConnectionsPerAddress", "0", false)]
    [TestCase("Http:MaximumConnectionsPerAddress", "1000001", false)]
    [TestCase("OpenApi:Enabled", "true", true)]
    public void Each_setting_has_bounds(string key, string value, bool good)
    {
        var environment = new Dictionary<string, string>(Good) { ["DEMO_PASSWORD"] = string.Concat(Enumerable.Range('!', 90).Select(it => (char)(it ^ 1))) };
        var configuration = new Dictionary<string, string?> { [key] = value };

        if (good) Assert.That(() => Read(environment, configuration), Throws.Nothing);
        else Assert.That(Failures(environment, configuration), Has.Length.EqualTo(1).And.One.StartsWith(key.Replace(":0", "", StringComparison.Ordinal) + " "));
    }
}
