using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using Bhiv.Api.Http;
using Bhiv.Api.Monitoring;
using Bhiv.Application.Tokens;
using Bhiv.Domain.Monitoring;
using Bhiv.Infrastructure;
using Bhiv.Tests.Support;
using Microsoft.Extensions.Logging;
using Moq;
using Serilog;
using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting.Compact;
using Serilog.Formatting.Display;

namespace Bhiv.Tests.Monitoring;

/// <summary>What the service as a process writes to its log.</summary>
public sealed partial class LoggingTests
{
    private const string Unsafe = "\u001b[31m\u202e\u2066\u2028\u0085\u200f";

    private static readonly Assembly[] Ours = [typeof(ProblemType).Assembly, typeof(LoginService).Assembly, typeof(InfrastructureExtensions).Assembly];

    [TestCase("Development")]
    [TestCase("Production")]
    public async Task What_would_act_on_a_terminal_is_written_out(string environment)
    {
        using var directory = new TemporaryDirectory();
        using var service = Start(environment, directory.Path);
        using var client = new HttpClient { BaseAddress = await service.AddressAsync() };

        await client.LoginAsync("\u202e\u2066name", apiKey: ApiKey);
        await client.SendAsync(HttpMethod.Get, "/" + Uri.EscapeDataString("a" + Unsafe + "z\nforged"), apiKey: null);
        await Eventually.IsTrueAsync(() => service.Output.Contains("forged", StringComparison.Ordinal));

        foreach (var character in Unsafe.Where(it => !char.IsAscii(it) || char.IsControl(it)))
            Assert.That(service.Output, Does.Not.Contain(character), $"U+{(int)character:X4}");
        Assert.That(service.Output, Does.Contain(@"\u202e"));
        Assert.That(service.Output.Split('\n'), Has.None.StartsWith("forged"));
    }

    [Test]
    public void The_text_of_an_exception_is_written_out_too_and_begins_no_line_of_its_own()
    {
        var fault = new InvalidOperationException("began\n12:00:00 INF forged\r" + Unsafe);
        var nested = new Dictionary<string, string[]> { [Unsafe] = [Unsafe] };
        var entry = new LoggerConfiguration().CreateLogger().BindMessageTemplate("{@It}" + Unsafe, [nested], out var template, out var properties);
        Assert.That(entry, Is.True);
        using var text = new StringWriter();
        using var json = new StringWriter();

        var logged = new LogEvent(DateTimeOffset.UnixEpoch, LogEventLevel.Error, fault, template!, properties!);
        new SafeFormatter(new MessageTemplateTextFormatter("{Message:j}{NewLine}{Exception}", null)).Format(logged, text);
        new SafeFormatter(new RenderedCompactJsonFormatter()).Format(logged, json);

        Assert.That((text + "" + json).Except("\n").Where(it => char.IsControl(it) || char.GetUnicodeCategory(it)
            is UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator), Is.Empty);
        Assert.That(text.ToString().TrimEnd('\n').Split('\n').Skip(1), Is.Not.Empty.And.All.StartsWith("    "));
        Assert.That(JsonDocument.Parse(json.ToString()).RootElement.GetProperty("@x").GetString(), Does.Contain(Unsafe).And.Contain("began\n12:00"));
        Assert.That(json.ToString().TrimEnd('\n'), Does.Not.Contain('\n'));
    }

    [Test]
    public async Task Outside_Development_each_line_is_a_JSON_object_and_one_of_a_request_has_its_trace_id()
    {
        using var directory = new TemporaryDirectory();
        using var service = Start("Production", directory.Path);
        using var client = new HttpClient { BaseAddress = await service.AddressAsync() };

        // Written out as an escape, which ends in what a key may begin with.
        await client.GetAsync($"/%0C%01{ApiKey}");
        var refused = await client.LoginAsync(password: "wrong", apiKey: ApiKey);
        var trace = refused.Json.GetProperty("trace_id").GetString();
        await Eventually.IsTrueAsync(() => service.Output.Contains("responded 401", StringComparison.Ordinal));

        var lines = service.Output.Split('\n').Select(line => JsonDocument.Parse(line).RootElement).ToList();
        var ofRequest = lines.Where(line => line.TryGetProperty("@tr", out var its) && its.GetString() == trace).ToList();
        Assert.That(ofRequest, Has.Count.EqualTo(2), service.Output);
        Assert.That(ofRequest[0].GetProperty("EventId").GetProperty("Id").GetInt32(), Is.EqualTo(1202));
        Assert.That(ofRequest[0].GetProperty("EventId").GetProperty("Name").GetString(), Is.EqualTo("LoginRefused"));
    }

    [TestCase("Development")]
    [TestCase("Production")]
    public async Task No_credential_is_in_any_line_wherever_it_was_sent(string environment)
    {
        using var directory = new TemporaryDirectory();
        using var service = Start(environment, directory.Path);
        using var client = new HttpClient { BaseAddress = await service.AddressAsync() };
        const string canary = "canary-7f3a";
        var login = await client.LoginAsync(password: Password(environment), apiKey: ApiKey);
        var refreshed = await client.RefreshAsync(login.RefreshToken, ApiKey);
        await client.GenerateAsync(refreshed.AccessToken, canary, ApiKey);
        await client.LoginAsync(canary + "-name", canary, canary);
        await client.LoginAsync(canary + "-name", canary, ApiKey);
        await client.RefreshAsync(canary, ApiKey);
        await client.GenerateAsync(canary, canary, canary);
        // Into a path, where no credential belongs and nobody asked for it.
        await client.SendAsync(HttpMethod.Delete, $"{Calls.Sessions}/{refreshed.RefreshToken}", apiKey: ApiKey, accessToken: refreshed.AccessToken);
        await client.SendAsync(HttpMethod.Get, $"/{ApiKey}/{Calls.ApiKey}/{login.AccessToken}", apiKey: null);
        await client.SendAsync(HttpMethod.Get, $"/{Uri.EscapeDataString("end")}?api_key={canary}&token={login.AccessToken}", apiKey: canary);
        await Eventually.IsTrueAsync(() => service.Output.Contains("/end", StringComparison.Ordinal));

        foreach (var secret in new[]
        {
            canary, ApiKey, Calls.ApiKey, Password(environment), login.AccessToken, login.RefreshToken, refreshed.AccessToken, refreshed.RefreshToken,
            login.AccessToken.Split('.')[2], login.RefreshToken.Split('.')[2],
        })
            Assert.That(service.Output, Does.Not.Contain(secret));
    }

    [TestCase("X-Forwarded-Proto", "http", "POST", 403, 1, TestName = "A flood of plain text is told in one line")]
    [TestCase("Origin", "https://app.example.com", "OPTIONS", 204, 0, TestName = "A flood of preflights in none")]
    [TestCase("Origin", "https://evil.example", "OPTIONS", 204, 0, TestName = "Wherever they come from")]
    public async Task What_anybody_may_ask_fills_no_log(string header, string value, string method, int status, int lines)
    {
        using var directory = new TemporaryDirectory();
        using var service = ServiceProcess.StartDevelopment(directory.Path, "--Http:Proxies=127.0.0.1", "--Http:AllowedOrigins=https://app.example.com");
        using var client = new HttpClient { BaseAddress = await service.AddressAsync() };

        for (var call = 0; call < 20; call++)
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), Calls.Login);
            request.Headers.Add(header, value);
            request.Headers.Add("Access-Control-Request-Method", "POST");
            using var answer = await client.SendAsync(request);
            Assert.That((int)answer.StatusCode, Is.EqualTo(status));
        }
        await client.GetAsync("/last");
        await Eventually.IsTrueAsync(() => service.Output.Contains("/last", StringComparison.Ordinal));

        Assert.That(service.Output.Split('\n').Where(line => line.Contains(Calls.Login, StringComparison.Ordinal)), Is.Empty);
        Assert.That(service.Output.Split('\n').Count(line => line.Contains("plain text", StringComparison.Ordinal)), Is.EqualTo(lines));
    }

    [Test]
    public async Task The_last_line_is_written_before_the_end()
    {
        using var directory = new TemporaryDirectory();
        using var service = ServiceProcess.StartDevelopment(directory.Path, "--Http:MaximumConnectionsPerAddress=4096");
        using var client = new HttpClient { BaseAddress = await service.AddressAsync() };
        service.StopReading();
        // More than the pipe holds, so that lines are left when all else has ended.
        await Task.WhenAll(Enumerable.Range(0, 2_000).Select(_ => client.GetAsync("/nowhere")));
        await client.GetAsync("/last");
        service.Terminate();
        await Task.Delay(TimeSpan.FromSeconds(1));
        service.ReadOn();
        await service.ExitCodeAsync();

        var verb = await Verb.RunAsync(
            new() { ["ASPNETCORE_ENVIRONMENT"] = "Development", ["BHIV_DATA"] = directory.Path }, "sessions", "revoke", "--all");

        Assert.That(service.Output, Does.Contain("/last").And.Contain("Application is shutting down"));
        Assert.That(verb.Errors, Does.Contain("Every session was ended by"));
    }

    [Test]
    public void A_line_that_cannot_be_written_is_dropped_and_those_behind_it_are_written_before_the_end()
    {
        var (written, disks) = (new List<LogEvent>(), 0);
        var sink = new Mock<ILogEventSink>();
        sink.Setup(it => it.Emit(It.IsAny<LogEvent>())).Callback((LogEvent line) =>
        {
            Thread.Sleep(100);
            if (disks++ == 0) throw new IOException("No space left on device");
            written.Add(line);
        });

        using (var queue = new LogQueue(sink.Object, new BhivMetrics()))
        {
            for (var line = 0; line < 5; line++)
                queue.Emit(new LogEvent(DateTimeOffset.UnixEpoch, LogEventLevel.Warning, null, MessageTemplate.Empty, []));
        }

        Assert.That(written, Has.Count.EqualTo(4));
    }

    [Test]
    public async Task A_reader_of_the_log_that_stalls_holds_up_no_call_and_no_stop()
    {
        using var directory = new TemporaryDirectory();
        using var service = ServiceProcess.StartDevelopment(directory.Path);
        using var client = new HttpClient { BaseAddress = await service.AddressAsync() };
        service.StopReading();

        // Far more than the pipe (64 KiB) and the queue hold.
        for (var call = 0; call < 200; call++)
            await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => client.GetAsync("/nowhere")));
        var dropped = (await Scrape.OfAsync(client)).Series["bhiv_log_lines_dropped_total"];

        Assert.That(dropped, Is.Positive);
        service.Terminate();
        Assert.That(service.EndsWithin(TimeSpan.FromSeconds(30)), Is.True);
    }

    [Test]
    public void The_page_names_each_event_with_its_level_and_no_id_is_given_twice()
    {
        var events = Ours.SelectMany(assembly => assembly.GetTypes())
            .SelectMany(type => type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
            .Select(method => (Event: method.GetCustomAttribute<LoggerMessageAttribute>(), method.Name))
            .Where(it => it.Event is not null)
            .Select(it => $"{it.Event!.EventId} {it.Name} {it.Event.Level}").ToList();
        var page = File.ReadLines(Path.Combine(Repository.Root, "Bhiv.Api", "Monitoring", "EVENTS.md"))
            .Select(line => PageRow().Match(line)).Where(match => match.Success)
            .Select(match => $"{match.Groups[1].Value} {match.Groups[2].Value} {match.Groups[3].Value}");

        Assert.That(events.Select(it => it.Split(' ')[0]), Is.Unique);
        Assert.That(page, Is.EquivalentTo(events));
    }

    private const string ApiKey = "5d3a49268f0c1b7e5d3a49268f0c1b7e5d3a49268f0c1b7e";

    private static string Password(string environment) => environment == "Production" ? "the kettle sang twice" : "bhiv2024";

    private static ServiceProcess Start(string environment, string data) => ServiceProcess.Start(
        environment == "Production"
            ? new()
            {
                ["JWT_SECRET"] = "8f0c1b7e5d3a49268f0c1b7e5d3a4926",
                ["API_KEY"] = ApiKey,
                ["DEMO_USERNAME"] = "admin",
                ["DEMO_PASSWORD"] = Password(environment),
                ["BHIV_DATA"] = data,
            }
            : new() { ["ASPNETCORE_ENVIRONMENT"] = environment, ["API_KEY"] = ApiKey, ["BHIV_DATA"] = data },
        ["--urls=http://127.0.0.1:0"]);

    [GeneratedRegex(@"^\| (\d{4}) \| `(\w+)` \| (\w+) \|")]
    private static partial Regex PageRow();
}
