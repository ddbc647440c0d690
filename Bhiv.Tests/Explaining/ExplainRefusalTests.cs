using System.Text.Json;
using Bhiv.Api.Explaining;
using Bhiv.Api.Http;
using Bhiv.Tests.Support;

namespace Bhiv.Tests.Explaining;

/// <summary>A code, a refusal as it came, and the trace of a call.</summary>
public sealed class ExplainRefusalTests
{
    private static IEnumerable<string> Codes => ProblemType.All.Select(type => type.Code);

    [TestCaseSource(nameof(Codes))]
    public void Every_code_there_is_is_explained(string code)
    {
        Assert.That(ExplainedThing.Of(code), Is.InstanceOf<ExplainedThing.Code>());
        var type = ((ExplainedThing.Code)ExplainedThing.Of(code)).Type;

        Approved.AssertIs("Explaining/Golden", $"code-{code}.txt", Asking.Print(CodeExplainer.Explain(type)));
    }

    [Test]
    public void Every_code_says_which_check_leads_to_it() => Assert.That(CodeExplainer.Checks.Keys, Is.EquivalentTo(ProblemType.All));

    [Test]
    public async Task Whatever_else_a_call_was_refused_for_is_explained_too()
    {
        await using var service = await BhivService.StartAsync();
        var refused = await service.Client.GenerateAsync(null, apiKey: "no such key");
        var said = await service.ExplainAsync(refused.Body);

        Assert.That(said, Does.StartWith("A refusal with status 401: invalid_api_key.").And.Contain("refused too").And.Contain("missing_token."));
    }

    [Test]
    public async Task What_stands_in_a_refusal_is_no_more_trusted_than_whoever_wrote_it()
    {
        await using var service = await BhivService.StartAsync();
        var token = (await service.Client.LoginAsync()).AccessToken;
        var said = await service.ExplainAsync(JsonSerializer.Serialize(new { code = "invalid_token", detail = $"it was {token}", trace_id = "; rm -rf ~" }));

        Asking.AssertKeepsToken(said, token);
        Assert.That(said, Does.Match(@"it was\s+\*{20}").And.Not.Contain("rm -rf"));
    }

    [Test]
    public async Task A_refusal_as_it_came_is_told_with_what_was_kept_of_the_call()
    {
        await using var service = await BhivService.StartAsync();
        var refused = await service.Client.LoginAsync(password: "wrong");
        var said = await service.ExplainAsync(refused.Body);

        Assert.That(said, Does.Contain("invalid_credentials").And.Match(@"refused\s+FAIL .*: wrong_password, as admin, by client\s+default, from 127.0.0.1"));
        var trace = refused.Json.GetProperty("trace_id").GetString()!;
        Assert.That(await service.ExplainAsync(trace), Does.StartWith($"The call {trace}: what was kept of it.").And.Contain("wrong_password"));
        Assert.That(await service.ExplainAsync(trace, json: true), Does.StartWith("{\"subject\":").And.Contain("\"passed\":false"));
    }

    [Test]
    public async Task What_was_decided_by_a_call_is_told_by_its_trace()
    {
        await using var service = await BhivService.StartAsync();
        var login = await service.Client.LoginAsync();
        await service.Client.LogoutAsync(login.AccessToken);
        var trace = service.Query("SELECT trace_id FROM audit_events WHERE reason IS NOT NULL", row => row.GetString(0)).Single();

        Assert.That(await service.ExplainAsync(trace), Does.Contain("session_revoked, by client default"));
    }

    [Test]
    public async Task A_call_that_left_no_row_is_told_so()
    {
        await using var service = await BhivService.StartAsync();

        Approved.AssertIs("Explaining/Golden", "trace-without-rows.txt", await service.ExplainAsync("4bf92f3577b34da6a3ce929d0e0e4736"));
    }

    [TestCase("")]
    [TestCase("two things")]
    [TestCase("one\nother")]
    [TestCase("Bearer eyJ")]
    [TestCase("{}")]
    [TestCase("{\"code\":\"nonsense\"}")]
    [TestCase("{\"code\":7}")]
    [TestCase("{\"code\":\"not_found\"} {\"code\":\"not_found\"}")]
    [TestCase("{\"access_token\":\"a.b.c\",\"refresh_token\":\"a.b.c\"}")]
    [TestCase("{")]
    [TestCase("\0")]
    [TestCase("\u001b[31m")]
    [TestCase("�")]
    public void What_is_none_of_them_is_not_guessed_at(string text) => Assert.That(ExplainedThing.Of(text), Is.InstanceOf<ExplainedThing.Nothing>());
}
