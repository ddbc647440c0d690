using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using Bhiv.Tests.Support;

namespace Bhiv.Tests.Monitoring;

/// <summary>What the service as a process says of itself at <c>/metrics</c>.</summary>
public sealed partial class MetricsTests
{
    private const string Rejected = "bhiv_password_hash_rejected_total";

    private TemporaryDirectory directory = null!;
    private ServiceProcess service = null!;
    private HttpClient client = null!;

    [SetUp]
    public async Task StartAsync()
    {
        directory = new TemporaryDirectory();
        service = ServiceProcess.StartDevelopment(directory.Path, "--Tokens:RefreshLeeway=00:00:01", "--Passwords:ConcurrentHashes=1");
        client = new HttpClient { BaseAddress = await service.AddressAsync() };
    }

    [TearDown]
    public void Stop()
    {
        client.Dispose();
        service.Dispose();
        directory.Dispose();
    }

    [Test]
    public async Task The_page_names_each_metric_with_its_type_and_labels_and_none_beside()
    {
        await client.GenerateAsync((await client.LoginAsync()).AccessToken);
        await Eventually.IsTrueAsync(() => service.Output.Contains("started", StringComparison.Ordinal));
        var scrape = await Scrape.OfAsync(client);

        var served = scrape.Types.Where(type => type.Key.StartsWith("bhiv_", StringComparison.Ordinal))
            .Select(type => $"{type.Key} {type.Value} {string.Join(' ', scrape.LabelsOf(type.Key))}".TrimEnd());
        var page = Page().Select(match => $"{match.Groups[1].Value} {match.Groups[2].Value} {string.Join(' ', Code().Matches(match.Groups[3].Value).Select(label => label.Groups[1].Value).Order())}".TrimEnd());

        Assert.That(served, Is.EquivalentTo(page));
    }

    [Test]
    public async Task OpenMetrics_has_the_same_and_when_each_counter_and_histogram_began()
    {
        await client.GenerateAsync((await client.LoginAsync()).AccessToken);
        await Eventually.IsTrueAsync(() => service.Output.Contains("started", StringComparison.Ordinal));
        // As Prometheus asks.
        var scrape = await Scrape.OfAsync(client, "application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.5,*/*;q=0.1");

        var served = scrape.Series.Keys.Select(series => series.Split('{')[0])
            .Where(name => name.StartsWith("bhiv_", StringComparison.Ordinal)).Distinct();
        var page = Page().SelectMany(match => (match.Groups[1].Value, match.Groups[2].Value) switch
        {
            (var name, "counter") => [name, name.Replace("_total", "_created", StringComparison.Ordinal)],
            (var name, "histogram") => [name + "_bucket", name + "_sum", name + "_count", name + "_created"],
            var (name, _) => new[] { name },
        });
        Assert.That(served, Is.EquivalentTo(page));
    }

    [TestCase("aspnetcore_authentication_authenticate_duration_seconds")]
    [TestCase("http_server_request_duration_seconds")]
    public async Task What_takes_microseconds_is_told_apart_in_no_more_series_than_the_framework_would_make(string histogram)
    {
        await client.GenerateAsync((await client.LoginAsync()).AccessToken);
        var scrape = await Scrape.OfAsync(client);

        var bounds = scrape.Series.Keys.Where(series => series.StartsWith(histogram + "_bucket{", StringComparison.Ordinal))
            .Select(series => Bound().Match(series).Groups[1].Value).Where(bound => bound != "+Inf")
            .Select(bound => double.Parse(bound, CultureInfo.InvariantCulture)).Distinct().Order().ToList();
        Assert.That(bounds[0], Is.EqualTo(0.00005));
        Assert.That(bounds.Count(bound => bound < 0.005), Is.GreaterThan(4));
        Assert.That(bounds, Has.Count.EqualTo(14));
    }

    [Test]
    public async Task Each_event_is_counted_once_under_its_reason()
    {
        var before = await Scrape.OfAsync(client);
        var first = await client.LoginAsync();
        await client.LoginAsync(password: "wrong");
        await client.LoginAsync("nobody");
        await client.LoginAsync("nobody", apiKey: "another-key");
        await client.GenerateAsync(first.AccessToken);
        await client.GenerateAsync(null);
        await client.GenerateAsync("x");
        await client.GenerateAsync("x");
        var second = await client.RefreshAsync(first.RefreshToken);
        await client.RefreshAsync(first.RefreshToken);
        await client.RefreshAsync("x");
        await Task.Delay(TimeSpan.FromSeconds(1.1));
        await client.RefreshAsync(first.RefreshToken);
        await client.RefreshAsync(second.RefreshToken);
        await client.LogoutAsync((await client.LoginAsync()).AccessToken);
        await client.LogoutAsync((await client.LoginAsync()).AccessToken, "all");
        var after = await Scrape.OfAsync(client);

        var grown = after.Series
            .Where(series => series.Key.StartsWith("bhiv_", StringComparison.Ordinal) && series.Key.Split('{')[0].EndsWith("_total", StringComparison.Ordinal))
            .Select(series => (series.Key, By: series.Value - before.Series.GetValueOrDefault(series.Key)))
            .Where(series => series.By != 0)
            .Select(series => $"{series.Key[5..]} {series.By}");
        Assert.That(grown, Is.EquivalentTo(new[]
        {
            """logins_total{outcome="succeeded",reason="none"} 3""",
            """logins_total{outcome="refused",reason="wrong_password"} 1""",
            """logins_total{outcome="refused",reason="unknown_account"} 1""",
            """refreshes_total{outcome="rotated"} 1""",
            """refreshes_total{outcome="retried"} 1""",
            """refreshes_total{outcome="invalid"} 1""",
            """refreshes_total{outcome="reused"} 1""",
            """refreshes_total{outcome="revoked"} 1""",
            """tokens_issued_total{type="access"} 4""",
            """tokens_issued_total{type="refresh"} 4""",
            """revocations_total{reason="reuse",target="session"} 1""",
            """revocations_total{reason="logout",target="session"} 1""",
            """revocations_total{reason="logout",target="account"} 1""",
            // Sixteen calls, and the scrape itself.
            """credentials_accepted_total{client="default",credential="api_key"} 17""",
            """credentials_accepted_total{client="default",credential="access_token"} 3""",
            """credentials_refused_total{code="invalid_api_key",credential="api_key"} 1""",
            """credentials_refused_total{code="missing_token",credential="access_token"} 1""",
            """credentials_refused_total{code="invalid_token",credential="access_token"} 2""",
            """failed_logins_total{reason="wrong_password"} 1""",
            """failed_logins_total{reason="unknown_account"} 1""",
            """failed_logins_total{reason="invalid_api_key"} 1""",
            """failed_logins_total{reason="invalid_token"} 2""",
            """failed_logins_total{reason="invalid_refresh_token"} 1""",
            """failed_logins_total{reason="refresh_token_reused"} 1""",
            """failed_logins_total{reason="revoked_refresh_token"} 1""",
            "failed_logins_folded_total 1",
        }));
        Assert.That(after.Series["bhiv_revocation_set_size"], Is.EqualTo(3));
        Assert.That(after.Series["bhiv_password_hash_duration_seconds_count"] - before.Series["bhiv_password_hash_duration_seconds_count"], Is.EqualTo(5));
    }

    /// <summary>A hash takes some milliseconds, and one runs at a time: three hundred are more than a second.</summary>
    [Test]
    public async Task A_login_that_found_no_place_for_its_hash_is_counted()
    {
        var before = await Scrape.OfAsync(client);
        var answers = await Task.WhenAll(Enumerable.Range(0, 300).Select(number => client.LoginAsync($"stranger-{number}")));
        var after = await Scrape.OfAsync(client);

        var turnedAway = answers.Count(answer => answer.Status == HttpStatusCode.ServiceUnavailable);
        Assert.That(turnedAway, Is.Positive);
        Assert.That(after.Series[Rejected] - before.Series[Rejected], Is.EqualTo(turnedAway));
    }

    [Test]
    public async Task Whatever_is_sent_makes_no_further_series()
    {
        var token = (await client.LoginAsync()).AccessToken;
        await SendNonsenseAsync("nonsense", token);
        await Scrape.OfAsync(client);
        var before = await Scrape.OfAsync(client);
        for (var round = 0; round < 20; round++) await SendNonsenseAsync($"nonsense{round}", token);
        var after = await Scrape.OfAsync(client);

        Assert.That(after.Series.Keys.Except(before.Series.Keys), Is.Empty);
        Assert.That(after.Text, Does.Not.Contain("nonsense").IgnoreCase.And.Not.Contain(token).And.Not.Contain(Calls.ApiKey));
    }

    [Test]
    public async Task The_tool_of_Prometheus_finds_nothing_wrong_with_ours()
    {
        if (!File.Exists("/usr/bin/promtool")) Assert.Ignore("promtool is not installed; the package prometheus has it.");
        await client.GenerateAsync((await client.LoginAsync()).AccessToken);
        var scrape = await Scrape.OfAsync(client);

        var start = new ProcessStartInfo("/usr/bin/promtool", ["check", "metrics"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var tool = Process.Start(start)!;
        await tool.StandardInput.WriteAsync(scrape.Text);
        tool.StandardInput.Close();
        var findings = await tool.StandardOutput.ReadToEndAsync() + await tool.StandardError.ReadToEndAsync();
        await tool.WaitForExitAsync();

        Assert.That(findings.Split('\n').Where(line => line.Contains("bhiv_", StringComparison.Ordinal) || line.Contains("error", StringComparison.OrdinalIgnoreCase)), Is.Empty, findings);
    }

    private async Task SendNonsenseAsync(string mark, string token)
    {
        await client.LoginAsync($"{mark}-name", $"{mark}-password", $"{mark}-key");
        await client.LoginAsync($"{mark}-name", $"{mark}-password");
        await client.RefreshAsync($"{mark}-token");
        await client.GenerateAsync($"{mark}-token");
        await client.GenerateAsync(token, $"Office {mark}");
        await client.GetAsync($"/{mark}-path?{mark}-query", token);
        await client.GetAsync($"{Calls.FailedLogins}?username={mark}-name", token);
        await client.SendAsync(HttpMethod.Delete, $"{Calls.Sessions}/{Guid.NewGuid()}", accessToken: token);
        var request = new HttpRequestMessage(new HttpMethod($"{mark.ToUpperInvariant()}-METHOD"), Calls.Login);
        request.Headers.Host = $"{mark}-host";
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue($"{mark}-agent", "1"));
        request.Headers.TryAddWithoutValidation("traceparent", $"00-{Guid.NewGuid():N}-00f067aa0ba902b7-01");
        using var answer = await client.SendAsync(request);
    }

    private static IEnumerable<Match> Page() =>
        File.ReadLines(Path.Combine(Repository.Root, "Bhiv.Api", "Monitoring", "METRICS.md"))
            .Select(line => PageRow().Match(line)).Where(match => match.Success);

    [GeneratedRegex(@"^\| `(bhiv_[a-z_]+)` \| (\w+) \| (.*?) \|")]
    private static partial Regex PageRow();

    [GeneratedRegex("le=\"([^\"]+)\"")]
    private static partial Regex Bound();

    [GeneratedRegex("`([a-z_]+)`")]
    private static partial Regex Code();
}
