using Bhiv.Tests.Support;

namespace Bhiv.Tests.SigningKeys;

/// <summary><c>secrets new</c>.</summary>
public sealed class SecretsVerbTests : DataDirectoryFixture
{
    [Test]
    public async Task It_makes_what_the_service_starts_on_and_never_the_same_twice()
    {
        var first = await Verb.RunAsync([], "secrets", "new");
        var second = await Verb.RunAsync([], "secrets", "new");

        Assert.That((first.ExitCode, first.Errors), Is.EqualTo((0, "")));
        Assert.That(first.Output, Does.Match("^JWT_SECRET=[0-9a-f]{64}\nAPI_KEY=[0-9a-f]{48}\nDEMO_PASSWORD=[0-9A-Za-z]{25}\n$"));
        Assert.That(first.Output.Split('\n', '=').Intersect(second.Output.Split('\n', '=')),
            Is.EquivalentTo(new[] { "JWT_SECRET", "API_KEY", "DEMO_PASSWORD", "" }));
        var environment = first.Output.TrimEnd().Split('\n').Select(line => line.Split('=')).ToDictionary(it => it[0], it => it[1]);
        (environment["DEMO_USERNAME"], environment["BHIV_DATA"]) = ("admin", DataDirectory);
        using var service = ServiceProcess.Start(environment, ["--urls=http://127.0.0.1:0"]);
        using var client = new HttpClient { BaseAddress = await service.AddressAsync() };
        var login = await client.LoginAsync("admin", environment["DEMO_PASSWORD"], environment["API_KEY"]);
        Assert.That(login.Status, Is.EqualTo(System.Net.HttpStatusCode.OK));
    }

    [TestCase("JWT_SECRET", 64)]
    [TestCase("API_KEY", 48)]
    [TestCase("DEMO_PASSWORD", 25)]
    public async Task One_that_is_named_is_printed_alone(string name, int length)
    {
        var verb = await Verb.RunAsync([], "secrets", "new", name);

        Assert.That((verb.ExitCode, verb.Errors), Is.EqualTo((0, "")));
        Assert.That(verb.Output, Does.Match($"^[0-9A-Za-z]{{{length}}}\n$"));
    }

    [TestCase("jwt_secret")]
    [TestCase("DEMO_USERNAME")]
    [TestCase("")]
    public async Task One_that_there_is_not_is_refused_with_those_that_there_are(string name)
    {
        var verb = await Verb.RunAsync([], "secrets", "new", name);

        Assert.That((verb.ExitCode, verb.Output), Is.EqualTo((64, "")));
        Assert.That(verb.Errors, Does.Contain($"There is no secret {name}; there are JWT_SECRET, API_KEY, DEMO_PASSWORD."));
    }
}
