using System.Net;
using System.Text;
using Bhiv.Tests.Support;

namespace Bhiv.Tests.Http;

/// <summary>The bodies that are understood, and as what.</summary>
public sealed class BodyReaderTests
{
    private BhivService service = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => service = await BhivService.StartAsync(
        new() { ["DEMO_USERNAME"] = "anna & sön", ["DEMO_PASSWORD"] = "50% + 100% = ü" });

    [OneTimeTearDown]
    public async Task StopAsync() => await service.DisposeAsync();

    private const string Json = """{"username":"anna & sön","password":"50% + 100% = ü"}""";
    private const string Form = "username=anna+%26+s%C3%B6n&password=50%25+%2B+100%25+%3D+%C3%BC";

    [TestCase("application/json", Json)]
    [TestCase("application/json; charset=utf-8", Json)]
    [TestCase("application/json; charset=\"UTF-8\"", Json)]
    [TestCase("APPLICATION/JSON", Json)]
    [TestCase("application/x-www-form-urlencoded", Json)]
    [TestCase("application/x-www-form-urlencoded", " \r\n" + Json)]
    [TestCase("application/x-www-form-urlencoded", Form)]
    [TestCase("text/plain", Json)]
    [TestCase("text/plain;charset=UTF-8", Json)]
    [TestCase(null, Json)]
    [TestCase("application/json", """{"username":"anna & s\u00f6n","password":"50% + 100% = \u00fc","unknown":[{"a":1}]}""")]
    public async Task It_is_read_as_what_it_is(string? mediaType, string body)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        if (mediaType is not null) content.Headers.TryAddWithoutValidation("Content-Type", mediaType);

        Assert.That((await service.Client.SendAsync(Calls.Login, content)).Status, Is.EqualTo(HttpStatusCode.OK));
    }

    [TestCase("50% + 100%")]
    [TestCase("50%zz")]
    public async Task A_percent_sign_that_begins_no_escape_stands_for_itself(string password)
    {
        await using var other = await BhivService.StartAsync(new() { ["DEMO_PASSWORD"] = password });
        var form = Bodies.Content("username=admin&password=" + password.Replace("+", "%2B").Replace(' ', '+'), "application/x-www-form-urlencoded");

        Assert.That((await other.Client.SendAsync(Calls.Login, form)).Status, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task A_byte_order_mark_is_no_part_of_it()
    {
        var content = Bodies.Content("\uFEFF" + Json, "application/json");

        Assert.That((await service.Client.SendAsync(Calls.Login, content)).Status, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task A_chunked_body_is_read_to_its_end()
    {
        var request = new HttpRequestMessage(HttpMethod.Post, Calls.Login) { Content = Bodies.Content(Json, "application/json") };
        request.Headers.Add("X-API-Key", Calls.ApiKey);
        request.Headers.TransferEncodingChunked = true;

        Assert.That((await Answer.OfAsync(service.Client.SendAsync(request))).Status, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task A_wrong_type_names_its_field_and_a_wrong_case_is_another_field()
    {
        var wrongType = await service.Client.PostAsync(Calls.Login, new { username = new[] { 1 }, password = "x" });
        var wrongCase = await service.Client.PostAsync(Calls.Refresh, new { RefreshToken = "x" });

        Assert.That(wrongType.Json.GetProperty("errors").GetRawText(), Is.EqualTo("""{"username":["has a value of the wrong type."]}"""));
        Assert.That(wrongCase.Json.GetProperty("errors").GetRawText(), Is.EqualTo("""{"refresh_token":["must not be empty."]}"""));
    }

    [Test]
    public async Task A_path_in_another_case_is_the_same_call_and_is_kept_in_no_cache()
    {
        var answer = await service.Client.SendAsync("/API/v1/Auth/LOGIN", Bodies.Content(Json, "application/json"));

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(answer.Response.Headers.CacheControl!.NoStore, Is.True);
    }

    [Test]
    public async Task An_answer_is_UTF_8_whatever_the_caller_asks_for()
    {
        var request = new HttpRequestMessage(HttpMethod.Post, Calls.Login) { Content = Bodies.Content(Json, "application/json") };
        request.Headers.Add("X-API-Key", Calls.ApiKey);
        request.Headers.Add("Accept-Charset", "utf-16");

        var answer = await Answer.OfAsync(service.Client.SendAsync(request));

        Assert.That(answer.Response.Content.Headers.ContentType!.CharSet, Is.EqualTo("utf-8"));
        Assert.That(answer.AccessToken, Is.Not.Empty);
    }
}
