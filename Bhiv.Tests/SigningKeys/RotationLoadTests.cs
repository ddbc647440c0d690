using System.Net;
using Bhiv.Tests.Support;

namespace Bhiv.Tests.SigningKeys;

/// <summary>
/// Both secrets rotate, step by step, on two processes under load, as an operator does it. Nobody is refused at any moment, and at the end
/// what was replaced is worth nothing.
/// </summary>
public sealed class RotationLoadTests
{
    private const int Callers = 16;
    private const string Password = "the kettle sang twice";

    /// <summary>A line for each of so many calls would be most of the work.</summary>
    private static readonly string[] Arguments =
    [
        "--urls=http://127.0.0.1:0", BalancedServices.DrainDelay,
        "--Serilog:MinimumLevel:Default=Warning", "--Serilog:MinimumLevel:Override:Bhiv.Api.Configuration=Information",
    ];

    private TemporaryDirectory directory = null!;
    private BalancedServices services = null!;
    private SecretsInUse secrets = null!;

    [SetUp]
    public void MakeSecrets()
    {
        directory = new TemporaryDirectory();
        services = new BalancedServices();
        secrets = SecretsInUse.Make();
    }

    [TearDown]
    public async Task StopAsync()
    {
        await services.DisposeAsync();
        directory.Dispose();
    }

    [Test]
    public async Task Nobody_is_refused_while_secrets_are_rotated_by_restarts()
    {
        BalancedServices.Instance[] instances = [await StartAsync(secrets), await StartAsync(secrets)];

        await RotateUnderLoadAsync(async (process, next) =>
        {
            var coming = StartAsync(next);
            await services.StopAsync(instances[process]);
            instances[process] = await coming;
        });

        Task<BalancedServices.Instance> StartAsync(SecretsInUse use) => StartWithAsync(
            use.Variables.Where(variable => variable.Text is not null).Select(variable => (variable.Name, variable.Text!)));
    }

    [Test]
    public async Task Nobody_is_refused_while_secrets_are_rotated_by_files()
    {
        var instances = new List<BalancedServices.Instance>();
        var written = new[] { secrets, secrets };
        for (var process = 0; process < 2; process++)
        {
            foreach (var (name, text) in secrets.Variables) Write(process, name, text);
            instances.Add(await StartWithAsync(secrets.Variables.Select(variable => (variable.Name + "_FILE", PathOf(process, variable.Name)))));
        }

        await RotateUnderLoadAsync(async (process, next) =>
        {
            foreach (var ((name, text), (_, before)) in next.Variables.Zip(written[process].Variables))
            {
                if (text != before) Write(process, name, text);
            }
            written[process] = next;
            await Eventually.IsTrueAsync(() => HasTaken(instances[process].Process, next));
        });
    }

    /// <param name="changeAsync">Lets one of the two processes have the secrets of a step; returns when they count.</param>
    private async Task RotateUnderLoadAsync(Func<int, SecretsInUse, Task> changeAsync)
    {
        var callers = new RestlessCallers(Callers, services, Password, secrets.ApiKey);
        var step = 0;
        var rotations = Proofs.Size(1, 4);
        for (var rotation = 0; rotation < rotations; rotation++)
        {
            var (old, next) = (secrets, SecretsInUse.Make());
            var left = await (await services.PickAsync(0)).LoginAsync(password: Password, apiKey: old.ApiKey);
            await callers.GoOnAsync();

            await ChangeAsync(old with { JwtSecretNext = next.JwtSecret, ApiKey = next.ApiKey, ApiKeyPrevious = old.ApiKey });
            await callers.ChangeOverAsync(next.ApiKey);
            await ChangeAsync(next with { JwtSecretPrevious = old.JwtSecret });
            await AtEachAsync(async client =>
                Assert.That((await client.GenerateAsync(left.AccessToken, apiKey: next.ApiKey)).Status, Is.EqualTo(HttpStatusCode.OK)));
            await callers.RefreshedAsync(next.SigningKeyId);
            await ChangeAsync(next);

            await AtEachAsync(client => AssertRemovedAsync(client, old, left));
        }
        await TestContext.Out.WriteLineAsync($"{await callers.StopAsync()} through {step} steps, each answered 200");
        Assert.That(callers.Calls, Is.GreaterThan(500));

        async Task ChangeAsync(SecretsInUse next)
        {
            // Each step in the other order: neither process is always the first to know.
            foreach (var process in step++ % 2 == 0 ? [0, 1] : new[] { 1, 0 })
            {
                await changeAsync(process, next);
                await callers.GoOnAsync();
            }
            secrets = next;
        }
    }

    /// <param name="left">Of a session that nobody has refreshed since.</param>
    private async Task AssertRemovedAsync(HttpClient client, SecretsInUse removed, Answer left)
    {
        var present = await client.LoginAsync(password: Password, apiKey: secrets.ApiKey);
        Assert.That((await client.GenerateAsync(left.AccessToken, apiKey: secrets.ApiKey)).Code, Is.EqualTo("invalid_token"));
        Assert.That((await client.RefreshAsync(left.RefreshToken, secrets.ApiKey)).Code, Is.EqualTo("invalid_refresh_token"));
        foreach (var header in new[] { null, """{"alg":"HS256"}""" })
        {
            var forged = HandMadeJwt.Forge(present.AccessToken, _ => { }, removed.JwtSecret, header);
            Assert.That((await client.GenerateAsync(forged, apiKey: secrets.ApiKey)).Code, Is.EqualTo("invalid_token"));
        }
        Assert.That((await client.GenerateAsync(present.AccessToken, apiKey: removed.ApiKey)).Code, Is.EqualTo("invalid_api_key"));
        Assert.That((await client.LoginAsync(password: Password, apiKey: removed.ApiKey)).Code, Is.EqualTo("invalid_api_key"));
    }

    private async Task AtEachAsync(Func<HttpClient, Task> check)
    {
        for (var process = 0; process < services.Count; process++) await check(await services.PickAsync(process));
    }

    private async Task<BalancedServices.Instance> StartWithAsync(IEnumerable<(string Name, string Text)> variables)
    {
        var environment = variables.ToDictionary(variable => variable.Name, variable => variable.Text);
        environment["DEMO_USERNAME"] = "admin";
        environment["DEMO_PASSWORD"] = Password;
        environment["BHIV_DATA"] = Path.Combine(directory.Path, "data");
        return await services.AddAsync(ServiceProcess.Start(environment, Arguments));
    }

    /// <summary>Each process has its own, as on two machines.</summary>
    private string PathOf(int process, string name) => Path.Combine(directory.Path, $"{process}-{name}");

    /// <summary>By a rename: nobody ever reads half of it.</summary>
    private void Write(int process, string name, string? text)
    {
        var temporary = PathOf(process, name) + ".new";
        File.WriteAllText(temporary, text is null ? "" : text + "\n");
        File.Move(temporary, PathOf(process, name), overwrite: true);
    }

    private static bool HasTaken(ServiceProcess process, SecretsInUse use)
    {
        var last = process.Output.Split('\n').LastOrDefault(line => line.Contains("Secrets were replaced", StringComparison.Ordinal));
        return last is not null
            && last.Contains($"\"{use.Ids.SigningKeys}\"", StringComparison.Ordinal) && last.Contains($"\"{use.Ids.ApiKeys}\"", StringComparison.Ordinal);
    }
}
