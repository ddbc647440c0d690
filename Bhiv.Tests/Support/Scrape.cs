using System.Globalization;
using System.Net;
using System.Net.Http.Headers;

namespace Bhiv.Tests.Support;

/// <summary>What <c>/metrics</c> says at one moment, in Prometheus' text format.</summary>
internal sealed record Scrape(string Text)
{
    /// <summary>Each series with its value: <c>name{label="value"}</c>, labels in the order of their names.</summary>
    public IReadOnlyDictionary<string, double> Series { get; } = Text.Split('\n')
        .Where(line => line.Length > 0 && line[0] != '#')
        .Select(line => line.Split(' '))
        .ToDictionary(
            parts => string.Join(' ', parts[..^1]).Replace("{}", "", StringComparison.Ordinal),
            parts => double.Parse(parts[^1].Replace("+Inf", "Infinity", StringComparison.Ordinal), CultureInfo.InvariantCulture));

    /// <summary>The types by name.</summary>
    public IReadOnlyDictionary<string, string> Types { get; } = Text.Split('\n')
        .Where(line => line.StartsWith("# TYPE ", StringComparison.Ordinal))
        .Select(line => line.Split(' '))
        .ToDictionary(parts => parts[2], parts => parts[3]);

    /// <param name="accept">The format; by default the text that is not OpenMetrics.</param>
    public static async Task<Scrape> OfAsync(HttpClient client, string? accept = null)
    {
        // Within a third of a second the exporter answers with what it had.
        await Task.Delay(TimeSpan.FromMilliseconds(400));
        var request = new HttpRequestMessage(HttpMethod.Get, Calls.Metrics);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Calls.ApiKey);
        if (accept is not null) request.Headers.Add("Accept", accept);
        var answer = await Answer.OfAsync(client.SendAsync(request));
        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.OK), answer.Body);
        return new Scrape(answer.Body);
    }

    /// <summary>The labels that any series of the metric has.</summary>
    public IReadOnlyList<string> LabelsOf(string name) =>
    [
        .. Series.Keys.Where(series => series.Split('{')[0] is var found && (found == name || (Types[name] == "histogram" && found == name + "_count")))
            .SelectMany(series => System.Text.RegularExpressions.Regex.Matches(series, "[{,]([a-z_]+)=").Select(match => match.Groups[1].Value))
            .Distinct().Order(),
    ];
}
