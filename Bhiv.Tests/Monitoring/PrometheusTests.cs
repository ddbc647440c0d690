using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Bhiv.Tests.Support;

namespace Bhiv.Tests.Monitoring;

/// <summary>Rules and dashboard, with the real Prometheus and its tool.</summary>
public sealed partial class PrometheusTests
{
    private const string Prometheus = "/usr/bin/prometheus";
    private const string Promtool = "/usr/bin/promtool";

    private static readonly string Monitoring = Path.Combine(Repository.Root, "Bhiv.Api", "Monitoring");

    private TemporaryDirectory directory = null!;

    [SetUp]
    public void Prepare()
    {
        if (!File.Exists(Prometheus)) Assert.Ignore("Prometheus is not installed; the distribution's package is called prometheus.");
        directory = new TemporaryDirectory();
        File.Copy(Path.Combine(Monitoring, "Prometheus", "bhiv.rules.yml"), Path.Combine(directory.Path, "bhiv.rules.yml"));
    }

    [TearDown]
    public void Remove() => directory?.Dispose();

    [Test]
    public async Task Every_alert_fires_when_it_should_and_not_before()
    {
        const string cases = "bhiv.rules.test.yml";
        File.Copy(Path.Combine(Repository.Root, "Bhiv.Tests", "Monitoring", cases), Path.Combine(directory.Path, cases));

        var (code, said) = await RunAsync(Promtool, "check", "rules", "bhiv.rules.yml");
        Assert.That(code, Is.Zero, said);
        (code, said) = await RunAsync(Promtool, "test", "rules", cases);
        Assert.That(code, Is.Zero, said);

        // Rules that are judged at other times than in their cases are other rules.
        Assert.That(
            EvaluationInterval().Match(await File.ReadAllTextAsync(Path.Combine(directory.Path, cases))).Groups[1].Value,
            Is.EqualTo(EvaluationInterval().Match(Example()).Groups[1].Value));
        var alerts = AlertName().Matches(await File.ReadAllTextAsync(Path.Combine(directory.Path, "bhiv.rules.yml"))).Select(match => match.Groups[1].Value);
        var firing = Case().Matches(await File.ReadAllTextAsync(Path.Combine(directory.Path, cases))).ToLookup(match => match.Groups[1].Value, match => match.Groups[2].Success);
        foreach (var alert in alerts) Assert.That(firing[alert], Does.Contain(true).And.Contain(false), $"{alert} has a case that fires and one that does not");
    }

    [Test]
    public async Task Each_panel_of_the_dashboard_has_an_answer_from_the_real_Prometheus()
    {
        using var service = ServiceProcess.StartDevelopment(directory.Path);
        var address = await service.AddressAsync();
        using var client = new HttpClient { BaseAddress = address };
        using var prometheus = await StartPrometheusAsync(address);
        try
        {
            using var asking = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{Port}") };
            var queries = Queries();
            Assert.That(queries, Has.Count.GreaterThan(25));
            List<string> unanswered = [.. queries, "bhiv:login_refusals:ratio_rate5m"];
            for (var watch = Stopwatch.StartNew(); unanswered.Count > 0 && watch.Elapsed < TimeSpan.FromSeconds(40);)
            {
                var login = await client.LoginAsync();
                await client.GenerateAsync((await client.RefreshAsync(login.RefreshToken)).AccessToken);
                await client.LoginAsync(password: "wrong");
                await client.GenerateAsync("x");
                var still = new List<string>();
                foreach (var query in unanswered)
                {
                    if (!await IsAnsweredAsync(asking, query)) still.Add(query);
                }
                unanswered = still;
            }
            Assert.That(unanswered, Is.Empty, "queries without data");
            Assert.That(await IsAnsweredAsync(asking, """{__name__=~".+_created",job="bhiv"}"""), Is.False, "the time at which each series began");
        }
        finally
        {
            prometheus.Kill();
            await prometheus.WaitForExitAsync();
        }
    }

    private int Port { get; } = Ports.Free();

    /// <summary>The example's own configuration, with another target, another file for the key, and no patience.</summary>
    private async Task<Process> StartPrometheusAsync(Uri address)
    {
        var key = Path.Combine(directory.Path, "bhiv-key");
        await File.WriteAllTextAsync(key, Calls.ApiKey);
        var configuration = Example()
            .Replace("/etc/prometheus/bhiv-key", key, StringComparison.Ordinal)
            .Replace("localhost:8000", $"{address.Host}:{address.Port}", StringComparison.Ordinal)
            .Replace("_interval: 15s", "_interval: 1s", StringComparison.Ordinal);
        await File.WriteAllTextAsync(Path.Combine(directory.Path, "prometheus.yml"), configuration);
        var process = new Process
        {
            StartInfo = new ProcessStartInfo(
                Prometheus,
                ["--config.file=prometheus.yml", "--storage.tsdb.path=tsdb", $"--web.listen-address=127.0.0.1:{Port}", "--log.level=error"])
            {
                WorkingDirectory = directory.Path,
            },
        };
        process.Start();
        return process;
    }

    private static string Example() => File.ReadAllText(Path.Combine(Monitoring, "Prometheus", "prometheus.yml"));

    private static List<string> Queries()
    {
        using var dashboard = JsonDocument.Parse(File.ReadAllText(Path.Combine(Monitoring, "Grafana", "bhiv.json")));
        return
        [
            .. dashboard.RootElement.GetProperty("panels").EnumerateArray()
                .Where(panel => panel.TryGetProperty("targets", out _))
                .SelectMany(panel => panel.GetProperty("targets").EnumerateArray())
                .Select(target => target.GetProperty("expr").GetString()!
                    .Replace("$__rate_interval", "10s", StringComparison.Ordinal)
                    .Replace("$__range", "1m", StringComparison.Ordinal)
                    .Replace("$instance", ".*", StringComparison.Ordinal)),
        ];
    }

    private static async Task<bool> IsAnsweredAsync(HttpClient prometheus, string query)
    {
        try
        {
            using var response = await prometheus.GetAsync("/api/v1/query?query=" + Uri.EscapeDataString(query));
            using var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
            Assert.That(answer.RootElement.GetProperty("status").GetString(), Is.EqualTo("success"), query);
            return answer.RootElement.GetProperty("data").GetProperty("result").EnumerateArray()
                .Any(series => double.IsFinite(double.Parse(series.GetProperty("value")[1].GetString()!.Replace("+Inf", "Infinity", StringComparison.Ordinal), CultureInfo.InvariantCulture)));
        }
        catch (HttpRequestException)
        {
            // It has not begun to listen.
            return false;
        }
        catch (JsonException)
        {
            // It listens and is not ready.
            return false;
        }
    }

    private async Task<(int Code, string Said)> RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = directory.Path,
        };
        using var process = Process.Start(start)!;
        var said = await process.StandardOutput.ReadToEndAsync() + await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, said);
    }

    [GeneratedRegex(@"^ *evaluation_interval: (\w+)", RegexOptions.Multiline)]
    private static partial Regex EvaluationInterval();

    [GeneratedRegex(@"- alert: (\w+)")]
    private static partial Regex AlertName();

    [GeneratedRegex(@"alertname: (\w+)\n( +exp_alerts:)?")]
    private static partial Regex Case();
}
