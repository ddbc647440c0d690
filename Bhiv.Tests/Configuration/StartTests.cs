using System.Net;
using System.Net.Sockets;
using Bhiv.Tests.Support;

namespace Bhiv.Tests.Configuration;

/// <summary>The built service as a process: what it refuses to start on, and what it says.</summary>
public sealed class StartTests : DataDirectoryFixture
{
    private Dictionary<string, string> Production => new()
    {
        ["JWT_SECRET"] = "8f0c1b7e5d3a49268f0c1b7e5d3a4926",
        ["API_KEY"] = "5d3a49268f0c1b7e5d3a4926",
        ["DEMO_USERNAME"] = "admin",
        ["DEMO_PASSWORD"] = "the kettle sang twice",
        ["BHIV_DATA"] = DataDirectory,
    };

    [Test]
    public async Task Production_refuses_each_of_the_runbooks_values_by_name()
    {
        using var service = ServiceProcess.Start(
            new(Production)
            {
                ["JWT_SECRET"] = "your-256-bit-secret-key",
                ["DEMO_PASSWORD"] = "bhiv2024",
                ["API_KEY"] = "bhiv-secret-key-2024",
            },
            ["--urls=http://127.0.0.1:0"]);

        Assert.That(await service.ExitCodeAsync(), Is.EqualTo(78));
        foreach (var name in new[] { "JWT_SECRET", "DEMO_PASSWORD", "API_KEY" })
            Assert.That(service.Output, Does.Contain($"{name} is a value that the runbook publishes."));
        Assert.That(service.Output, Does.Not.Contain("DEMO_USERNAME"));
        Assert.That(service.Output, Does.Not.Contain("   at "), "no stack");
        Assert.That(Directory.EnumerateFileSystemEntries(DataDirectory), Is.Empty);
    }

    [Test]
    public async Task Production_starts_on_values_of_ones_own_and_logs_JSON_lines()
    {
        using var service = ServiceProcess.Start(Production, ["--urls=http://127.0.0.1:0"]);
        using var client = new HttpClient { BaseAddress = await service.AddressAsync() };

        var login = await client.LoginAsync("admin", Production["DEMO_PASSWORD"], Production["API_KEY"]);

        Assert.That(login.Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(HandMadeJwt.Verifies(login.AccessToken, Production["JWT_SECRET"]), Is.True);
        Assert.That((await client.GetAsync("/swagger/index.html")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await client.GetAsync("/openapi.json")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(service.Output.Split('\n'), Is.All.StartsWith("{\"@t\":"));
        foreach (var secret in new[] { "JWT_SECRET", "API_KEY", "DEMO_PASSWORD" })
            Assert.That(service.Output, Does.Not.Contain(Production[secret]));
    }

    [Test]
    public async Task Production_refuses_an_account_that_still_has_the_published_password()
    {
        string published;
        await using (var development = await BhivService.StartAsync())
            published = development.Query("SELECT password_hash FROM accounts", row => row.GetString(0)).Single();
        using (var first = ServiceProcess.Start(Production, ["--urls=http://127.0.0.1:0"])) await first.AddressAsync();
        using (var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={Path.Combine(DataDirectory, "bhiv.db")};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "UPDATE accounts SET password_hash = $hash";
            command.Parameters.AddWithValue("$hash", published);
            Assert.That(command.ExecuteNonQuery(), Is.EqualTo(1));
        }

        using var service = ServiceProcess.Start(Production, ["--urls=http://127.0.0.1:0"]);

        Assert.That(await service.ExitCodeAsync(), Is.EqualTo(78));
        Assert.That(service.Output, Does.Contain("The account admin has a password that the runbook publishes."));
    }

    [Test]
    public async Task A_port_that_is_taken_is_said_with_the_way_to_choose_another()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;

        using var service = ServiceProcess.Start(Production, [$"--urls=http://127.0.0.1:{port}"]);

        Assert.That(await service.ExitCodeAsync(), Is.EqualTo(1));
        Assert.That(service.Output, Does.Contain("address already in use").And.Contains("--urls http://localhost:8001"));
        Assert.That(service.Output, Does.Not.Contain("   at "), "no stack");
    }

    [Test]
    public async Task It_reads_its_configuration_file_from_wherever_it_is_started()
    {
        // The file beside the binary turns the framework's own lines off; without it each request would log several.
        using var service = ServiceProcess.Start(
            new() { ["ASPNETCORE_ENVIRONMENT"] = "Development" }, ["--urls=http://127.0.0.1:0"], DataDirectory);
        using var client = new HttpClient { BaseAddress = await service.AddressAsync() };

        Assert.That((await client.LoginAsync()).Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(File.Exists(Path.Combine(DataDirectory, ".data", "bhiv.db")), Is.True);
        Assert.That(service.Output, Does.Not.Contain("Executing endpoint").And.Contains("logged in through client \"default\""));
        Assert.That(service.Output, Does.Contain("JWT_SECRET, API_KEY, DEMO_PASSWORD\" hold what the runbook publishes"));
    }

    [Test]
    public async Task A_directory_that_cannot_be_written_is_said_by_name()
    {
        var file = Path.Combine(DataDirectory, "file");
        await File.WriteAllTextAsync(file, "");

        using var service = ServiceProcess.Start(new(Production) { ["BHIV_DATA"] = Path.Combine(file, "below") }, []);

        Assert.That(await service.ExitCodeAsync(), Is.EqualTo(78));
        Assert.That(service.Output, Does.Contain("BHIV_DATA: the database").And.Contains("cannot be written"));
    }

    [Test]
    public async Task No_key_for_cookies_is_written_into_the_home_directory()
    {
        using var service = ServiceProcess.Start(
            new(Production) { ["HOME"] = DataDirectory }, ["--urls=http://127.0.0.1:0"]);
        await service.AddressAsync();

        Assert.That(Directory.GetFileSystemEntries(DataDirectory).Select(Path.GetFileName), Has.None.EqualTo(".aspnet"));
    }

    [Test]
    public async Task No_variable_hands_the_judgement_of_tokens_to_somebody_else()
    {
        using var service = ServiceProcess.Start(
            new(Production) { ["Authentication__Schemes__Bearer__Authority"] = "http://127.0.0.1:9" }, ["--urls=http://127.0.0.1:0"]);
        using var client = new HttpClient { BaseAddress = await service.AddressAsync() };
        var login = await client.LoginAsync("admin", Production["DEMO_PASSWORD"], Production["API_KEY"]);

        var generate = await client.GenerateAsync(login.AccessToken, apiKey: Production["API_KEY"]);

        Assert.That(generate.Status, Is.EqualTo(HttpStatusCode.OK));
    }

    [TestCase("ASPNETCORE_FORWARDEDHEADERS_ENABLED", null)]
    [TestCase("DOTNET_FORWARDEDHEADERS_ENABLED", null)]
    [TestCase("ForwardedHeaders_Enabled", null)]
    [TestCase(null, "--ForwardedHeaders_Enabled=true")]
    public async Task No_way_leads_to_the_frameworks_switch_that_believes_everybody(string? variable, string? argument)
    {
        var environment = new Dictionary<string, string>(Production);
        if (variable is not null) environment[variable] = "true";

        using var service = ServiceProcess.Start(environment, ["--urls=http://127.0.0.1:0", .. argument is null ? [] : new[] { argument }]);

        Assert.That(await service.ExitCodeAsync(), Is.EqualTo(78));
        Assert.That(service.Output, Does.Contain("Unset it, and name the proxies in Http:Proxies."));
    }

    [Test]
    public async Task A_line_break_in_a_path_begins_no_line_of_the_log()
    {
        using var service = ServiceProcess.StartDevelopment(DataDirectory);
        using var client = new HttpClient { BaseAddress = await service.AddressAsync() };

        await client.GetAsync("/foo%0d%0a12:00:00%20INF%20forged");
        await client.LoginAsync();

        Assert.That(service.Output.Split('\n'), Has.None.StartsWith("12:00:00 INF forged"));
        Assert.That(service.Output, Does.Contain("forged"));
    }

    [Test]
    public async Task An_address_that_cannot_be_had_is_said_and_is_no_crash()
    {
        using var service = ServiceProcess.Start(Production, ["--urls=https://127.0.0.1:0"]);

        Assert.That(await service.ExitCodeAsync(), Is.EqualTo(1));
        Assert.That(service.Output, Does.Contain("Bhiv stopped: "));
    }

    [Test]
    public async Task A_refused_credential_is_logged_once_with_its_reason_and_without_itself()
    {
        using var service = ServiceProcess.StartDevelopment(DataDirectory);
        using var client = new HttpClient { BaseAddress = await service.AddressAsync() };

        var answer = await client.GenerateAsync("canary-token", apiKey: "canary-key");
        await client.LoginAsync();
        service.Kill();

        var lines = service.Output.Split('\n').Where(line => line.Contains(" was refused ", StringComparison.Ordinal)).ToList();
        Assert.That(lines, Has.Count.EqualTo(2), service.Output);
        Assert.That(lines[0], Does.Contain("\"invalid_api_key\"").And.Contains("\"127.0.0.1\"").And.Contains("No client has this API key."));
        Assert.That(lines[1], Does.Contain("\"invalid_token\"").And.Contains("It is not an access token of this service."));
        Assert.That(lines, Is.All.Contains(answer.Json.GetProperty("trace_id").GetString()));
        Assert.That(service.Output, Does.Not.Contain("canary").And.Not.Contain("was not authenticated"));
    }
}
