using System.Net;
using System.Text;
using System.Text.Json;
using Bhiv.Tests.Support;

namespace Bhiv.Tests.OpenApi;

public sealed class DocumentTests
{
    private BhivService service = null!;
    private JsonElement document;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        service = await BhivService.StartAsync();
        document = (await Answer.OfAsync(service.Client.GetAsync("/openapi.json"))).Json;
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await service.DisposeAsync();

    [TestCase(Calls.Login, "ApiKey")]
    [TestCase(Calls.Refresh, "ApiKey")]
    [TestCase(Calls.Generate, "ApiKey Bearer")]
    public void Each_call_says_in_one_requirement_which_credentials_it_needs(string path, string schemes)
    {
        var requirements = Operation(path).GetProperty("security").EnumerateArray().ToList();

        Assert.That(requirements, Has.Count.EqualTo(1));
        Assert.That(requirements[0].EnumerateObject().Select(scheme => scheme.Name), Is.EqualTo(schemes.Split(' ')));
    }

    [Test]
    public void Both_schemes_send_the_header_that_the_service_reads()
    {
        var schemes = document.GetProperty("components").GetProperty("securitySchemes");

        Assert.That(schemes.GetProperty("ApiKey").GetProperty("name").GetString(), Is.EqualTo("X-API-Key"));
        Assert.That(schemes.GetProperty("ApiKey").GetProperty("in").GetString(), Is.EqualTo("header"));
        Assert.That(schemes.GetProperty("Bearer").GetProperty("scheme").GetString(), Is.EqualTo("bearer"));
    }

    [Test]
    public async Task The_examples_work_as_they_stand()
    {
        var login = await SendExampleAsync(Calls.Login, null);
        var generate = await SendExampleAsync(Calls.Generate, login.AccessToken);

        Assert.That(login.Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(generate.Status, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task The_documented_design_is_what_the_documented_request_makes()
    {
        var login = await SendExampleAsync(Calls.Login, null);
        var made = await SendExampleAsync(Calls.Generate, login.AccessToken);
        var documented = Operation(Calls.Generate).GetProperty("responses").GetProperty("200").GetProperty("content")
            .GetProperty("application/json").GetProperty("example");

        Assert.That(
            documented.EnumerateObject().Select(field => field.Name), Is.EqualTo(made.Json.EnumerateObject().Select(field => field.Name)));
        Assert.That(JsonElement.DeepEquals(documented.GetProperty("spec_json"), made.Json.GetProperty("spec_json")));
    }

    [Test]
    public void Names_and_types_are_those_on_the_wire()
    {
        var schemas = document.GetProperty("components").GetProperty("schemas");

        Assert.That(Properties("TokenResponse"), Is.EqualTo(new[] { "access_token", "refresh_token", "token_type", "expires_in" }));
        Assert.That(Properties("GenerateResponse"), Is.EqualTo(
            new[] { "spec_id", "spec_json", "preview_url", "created_at", "processing_time", "success" }));
        foreach (var path in new[] { Calls.Login, Calls.Refresh, Calls.Generate })
            Assert.That(
                Operation(path).GetProperty("responses").GetProperty("200").GetProperty("content").EnumerateObject().Select(it => it.Name),
                Is.EqualTo(new[] { "application/json" }));

        IEnumerable<string> Properties(string schema) =>
            schemas.GetProperty(schema).GetProperty("properties").EnumerateObject().Select(property => property.Name);
    }

    [Test]
    public async Task The_page_is_served_and_docs_leads_to_it()
    {
        var page = await Answer.OfAsync(service.Client.GetAsync("/docs"));

        Assert.That(page.Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(page.Response.RequestMessage!.RequestUri!.AbsolutePath, Is.EqualTo("/swagger/index.html"));
        Assert.That(page.Body, Does.Contain("swagger-ui").And.Not.Match("(src|href)=\"https?://"));
    }

    private async Task<Answer> SendExampleAsync(string path, string? accessToken)
    {
        var example = Operation(path).GetProperty("requestBody").GetProperty("content").GetProperty("application/json").GetProperty("example");
        return await service.Client.SendAsync(
            path, new StringContent(example.GetRawText(), Encoding.UTF8, "application/json"), accessToken: accessToken);
    }

    private JsonElement Operation(string path) => document.GetProperty("paths").GetProperty(path).GetProperty("post");
}
