using System.Net;
using System.Text.RegularExpressions;
using Bhiv.Api.Http;
using Bhiv.Tests.Support;

namespace Bhiv.Tests.Http;

/// <summary>Every refusal is complete, and says nothing that was sent.</summary>
public sealed class RefusalTests
{
    private static IEnumerable<Provocation> All => Provocations.All;

    private BhivService? healthy;

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        if (healthy is not null) await healthy.DisposeAsync();
    }

    [TestCaseSource(nameof(All))]
    public async Task A_refusal_explains_itself(Provocation provocation)
    {
        var service = provocation.Replace is { } replace
            ? await BhivService.StartAsync(replace: replace)
            : healthy ??= await BhivService.StartAsync();

        var answer = await provocation.Call(service);

        if (provocation.Replace is not null) await service.DisposeAsync();
        var type = ProblemType.All.Single(it => it.Code == provocation.Code);
        Assert.That(answer.Code, Is.EqualTo(type.Code), answer.Body);
        Assert.That((int)answer.Status, Is.EqualTo(type.Status));
        Assert.That(answer.Response.Content.Headers.ContentType!.MediaType, Is.EqualTo("application/problem+json"));
        Assert.That(answer.Response.Headers.CacheControl!.NoStore, Is.True);
        var body = answer.Json;
        Assert.That(body.GetProperty("type").GetString(), Is.EqualTo($"/problems#{type.Code}"));
        Assert.That(body.GetProperty("title").GetString(), Is.EqualTo(type.Title));
        Assert.That(body.GetProperty("status").GetInt32(), Is.EqualTo(type.Status));
        Assert.That(body.GetProperty("detail").GetString(), Is.Not.Empty);
        Assert.That(body.GetProperty("instance").GetString(), Is.EqualTo(provocation.Path));
        Assert.That(body.GetProperty("trace_id").GetString(), Does.Match("^[0-9a-f]{32}$"));
        Assert.That(body.GetProperty("fix").GetString(), Is.Not.Empty);
        Assert.That(body.TryGetProperty("error", out var error) ? error.GetString() : null, Is.EqualTo(type.Error));
        Assert.That(body.TryGetProperty("errors", out _), Is.EqualTo(type.Code == "validation_failed"));
        AssertHeaders(answer, type, provocation);
    }

    [Test]
    public async Task The_type_of_every_problem_points_to_its_meaning_and_its_mend()
    {
        await using var service = await BhivService.StartAsync();

        var page = await Answer.OfAsync(service.Client.GetAsync(ProblemsPage.Path));

        Assert.That(page.Response.Content.Headers.ContentType!.ToString(), Is.EqualTo("text/html; charset=utf-8"));
        Assert.That(
            Regex.Matches(page.Body, "<h2 id=\"([^\"]+)\">").Select(match => match.Groups[1].Value),
            Is.EqualTo(ProblemType.All.Select(type => type.Code)));
        var text = WebUtility.HtmlDecode(page.Body);
        foreach (var type in ProblemType.All)
        {
            Assert.That(type.Uri, Is.EqualTo($"/problems#{type.Code}"));
            Assert.That(text, Does.Contain($"<dd>{type.Meaning}</dd>").And.Contains($"<dd>{type.Fix}</dd>"));
        }
    }

    [Test]
    public void Every_code_is_provoked()
    {
        // A body that comes too slowly has a test of its own.
        Assert.That(
            Provocations.All.Select(it => it.Code).Append("request_timeout").Distinct(),
            Is.EquivalentTo(ProblemType.All.Select(type => type.Code)));
    }

    [Test]
    public void The_codes_are_unique_and_what_a_status_means_is_one_of_them()
    {
        Assert.That(ProblemType.All.Select(type => type.Code), Is.Unique);
        Assert.That(Enumerable.Range(400, 200).Select(ProblemType.OfStatus).OfType<ProblemType>(), Is.SubsetOf(ProblemType.All));
    }

    [Test]
    public async Task A_credential_that_somebody_put_into_a_path_is_not_said_back()
    {
        await using var service = await BhivService.StartAsync();
        var login = await service.Client.LoginAsync();

        var answer = await service.Client.SendAsync(
            HttpMethod.Delete, $"{Calls.Sessions}/{login.RefreshToken}", accessToken: login.AccessToken);

        Assert.That(answer.Json.GetProperty("instance").GetString(), Does.Match($"^{Calls.Sessions}/[*]+$"));
    }

    [Test]
    public async Task Both_credentials_are_judged_and_both_are_named()
    {
        await using var service = await BhivService.StartAsync();

        var answer = await service.Client.GenerateAsync("x", apiKey: "y");

        Assert.That(answer.Code, Is.EqualTo("invalid_api_key"));
        var refusals = answer.Json.GetProperty("refusals").EnumerateArray().Select(refusal =>
            (refusal.GetProperty("credential").GetString(), refusal.GetProperty("code").GetString())).ToList();
        Assert.That(refusals, Is.EqualTo(new[] { ("api_key", "invalid_api_key"), ("access_token", "invalid_token") }));
        Assert.That(answer.Json.GetProperty("refusals").EnumerateArray().Select(refusal => refusal.GetProperty("fix").GetString()), Is.All.Not.Empty);
        Assert.That(answer.Challenges.ToList(), Has.Count.EqualTo(2));
    }

    [Test]
    public async Task One_good_credential_never_stands_for_both()
    {
        await using var service = await BhivService.StartAsync();
        var login = await service.Client.LoginAsync();

        Assert.That((await service.Client.GenerateAsync(null)).Status, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That((await service.Client.GenerateAsync(login.AccessToken, apiKey: null)).Status, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That((await service.Client.GenerateAsync(login.AccessToken)).Status, Is.EqualTo(HttpStatusCode.OK));
    }

    [TestCase("text/html")]
    [TestCase("application/xml")]
    [TestCase("*/*;q=0")]
    [TestCase("nonsense")]
    public async Task A_refusal_and_an_answer_are_JSON_whatever_the_caller_accepts(string accept)
    {
        await using var service = await BhivService.StartAsync();
        service.Client.DefaultRequestHeaders.TryAddWithoutValidation("Accept", accept);

        Assert.That((await service.Client.LoginAsync(password: "wrong")).Response.Content.Headers.ContentType!.MediaType, Is.EqualTo("application/problem+json"));
        Assert.That((await service.Client.LoginAsync()).Response.Content.Headers.ContentType!.MediaType, Is.EqualTo("application/json"));
    }

    [Test]
    public async Task Nothing_that_was_sent_comes_back()
    {
        await using var service = await BhivService.StartAsync();
        const string canary = "canary-5e1f";
        var answers = new[]
        {
            await service.Client.LoginAsync(canary, canary, canary),
            await service.Client.LoginAsync(canary, canary),
            await service.Client.RefreshAsync(canary),
            await service.Client.GenerateAsync(canary, canary),
            await service.Client.SendAsync(Calls.Login, Bodies.Content($"{{\"{canary}\":1,", "application/json")),
            await service.Client.SendAsync(Calls.Login, Bodies.Content($"{{\"username\":{{\"{canary}\":1}}}}", "application/json")),
            await service.Client.SendAsync(Calls.Login + "?q=" + canary, Bodies.Content(canary, canary + "/" + canary)),
        };

        Assert.That(answers.Select(answer => answer.Body + answer.Response.Headers), Is.All.Not.Contain(canary));
        Assert.That(answers.Select(answer => (int)answer.Status), Is.All.InRange(400, 499));
    }

    private static void AssertHeaders(Answer answer, ProblemType type, Provocation provocation)
    {
        var headers = answer.Response.Headers;
        Assert.That(headers.WwwAuthenticate, type.Status == 401 ? Is.Not.Empty : Is.Empty);
        if (type.Error is "invalid_client") Assert.That(answer.Challenges.First(), Does.StartWith("ApiKey realm=\"bhiv\", error=\"invalid_client\""));
        if (type.Error is "invalid_token") Assert.That(answer.Challenges.Single(), Does.StartWith("Bearer realm=\"bhiv\", error=\"invalid_token\""));
        if (type.Code is "missing_token") Assert.That(answer.Challenges.Single(), Is.EqualTo("Bearer realm=\"bhiv\""));
        if (type.Status == 405) Assert.That(answer.Response.Content.Headers.Allow, Is.EqualTo(new[] { provocation.Allowed.Method }));
        Assert.That(headers.RetryAfter is not null, Is.EqualTo(type.Status is 429 or 503));
        Assert.That(headers.Contains("Server"), Is.False);
    }
}
