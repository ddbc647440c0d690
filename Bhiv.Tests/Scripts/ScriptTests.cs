using System.Runtime.Versioning;
using System.Text.Json;
using Bhiv.Tests.Support;

namespace Bhiv.Tests.Scripts;

/// <summary>What each script does, says and leaves behind.</summary>
[Platform(Exclude = "Win"), UnsupportedOSPlatform("windows")]
public sealed class ScriptTests : ScriptFixture
{
    private const UnixFileMode OwnFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private static readonly Dictionary<string, string?> NoPassword = new() { ["DEMO_PASSWORD"] = null };

    [Test]
    public async Task Login_answers_with_the_pair_and_keeps_it_for_its_owner_alone()
    {
        var login = await RunAsync("login");

        Assert.That(login.ExitCode, Is.Zero, login.Messages);
        var pair = JsonDocument.Parse(login.Output).RootElement;
        Assert.That(pair.GetProperty("access_token").GetString(), Is.EqualTo(Kept("access_token")));
        Assert.That(pair.GetProperty("refresh_token").GetString(), Is.EqualTo(Kept("refresh_token")));
        Assert.That(File.GetUnixFileMode(TokenFile), Is.EqualTo(OwnFile));
        Assert.That(File.GetUnixFileMode(Cache), Is.EqualTo(OwnFile | UnixFileMode.UserExecute));
        Assert.That(Path.GetFileName(TokenFile), Does.StartWith(Username + "@http:%2f%2f127.0.0.1:"));
    }

    [Test]
    public async Task Generate_logs_in_by_itself_once()
    {
        var first = await RunAsync("generate", "Modern office building");
        var second = await RunAsync("generate", "Modern office building");

        Assert.That(first.ExitCode, Is.Zero, first.Messages);
        Assert.That(Spec(first).GetProperty("building_type").GetString(), Is.EqualTo("office"));
        Assert.That(first.Messages, Is.EqualTo($"generate: Logging in as {Username}.\n"));
        Assert.That(second.ExitCode, Is.Zero);
        Assert.That(second.Messages, Is.Empty);
    }

    [Test]
    public async Task Refresh_gives_another_pair_and_keeps_it()
    {
        await RunAsync("login");
        var before = Kept("refresh_token");

        var refresh = await RunAsync("refresh");

        Assert.That(refresh.ExitCode, Is.Zero, refresh.Messages);
        Assert.That(Kept("refresh_token"), Is.Not.EqualTo(before));
        Assert.That(refresh.Output, Does.Contain(Kept("refresh_token")).And.Contain(Kept("access_token")));
    }

    [Test]
    public async Task Logout_ends_the_session_and_forgets_it_and_is_no_error_twice()
    {
        await RunAsync("login");
        var refreshToken = Kept("refresh_token");

        var logout = await RunAsync("logout");

        Assert.That((logout.ExitCode, logout.Output), Is.EqualTo((0, "")), logout.Messages);
        Assert.That(Directory.EnumerateFileSystemEntries(Cache), Is.Empty);
        using var client = new HttpClient { BaseAddress = Address };
        Assert.That((await client.RefreshAsync(refreshToken, ApiKey)).Code, Is.EqualTo("revoked_refresh_token"));
        Assert.That((await RunAsync("logout")).ExitCode, Is.Zero);
    }

    [Test]
    public async Task Logout_forgets_a_session_that_somebody_else_has_ended()
    {
        await RunAsync("login");
        await EndSessionAsync();

        var logout = await RunAsync("logout");

        Assert.That(logout.ExitCode, Is.Zero, logout.Messages);
        Assert.That(Directory.EnumerateFileSystemEntries(Cache), Is.Empty);
    }

    [Test]
    public async Task A_session_that_was_ended_is_told_and_followed_by_a_login()
    {
        await RunAsync("login");
        await EndSessionAsync();

        var generate = await RunAsync("generate", "Modern office building");

        Assert.That(generate.ExitCode, Is.Zero, generate.Messages);
        Assert.That(generate.Messages, Does.StartWith("generate: Refused (revoked_token): ").And.EndWith($"Logging in as {Username}.\n"));
    }

    [Test]
    public async Task Without_a_password_a_session_that_was_ended_says_what_to_do()
    {
        await RunAsync("login");
        await EndSessionAsync();

        var generate = await StartScript("generate", ["Modern office building"], NoPassword).ResultAsync();
        var refresh = await RunAsync("refresh");

        Assert.That((generate.ExitCode, generate.Output), Is.EqualTo((3, "")));
        Assert.That(generate.Messages, Does.Contain("revoked_token").And.Contain("Run login, or set DEMO_PASSWORD."));
        Assert.That(refresh.ExitCode, Is.EqualTo(1));
        Assert.That(refresh.Messages, Does.Contain("(revoked_refresh_token)").And.Contain("Log in again"));
    }

    [Test]
    public async Task Failed_logins_passes_its_filters_on()
    {
        await StartScript("login", [], new() { ["DEMO_PASSWORD"] = "wrong" }).ResultAsync();
        await StartScript("login", [], new() { ["DEMO_USERNAME"] = "nobody", ["DEMO_PASSWORD"] = "wrong" }).ResultAsync();

        var csv = await RunAsync("failed-logins", "--username", Username, "--format=csv", "--from", "2026-01-01T00:00:00+00:00");
        var page = await RunAsync("failed-logins", "--client-id=default", "--limit", "1");
        var typo = await RunAsync("failed-logins", "--limt=1");

        Assert.That(csv.ExitCode, Is.Zero, csv.Messages);
        Assert.That(csv.Output, Does.StartWith("failed_login_id,at,").And.Contain("Zoë").And.Not.Contain("unknown"));
        Assert.That(JsonDocument.Parse(page.Output).RootElement.GetProperty("items").GetArrayLength(), Is.EqualTo(1), page.Messages);
        Assert.That((typo.ExitCode, typo.Output), Is.EqualTo((1, "")));
        Assert.That(typo.Messages, Does.Contain("limt is not a parameter of this call"));
    }

    [Test]
    public async Task A_refusal_is_told_with_its_code_what_happened_and_the_fix()
    {
        var generate = await RunAsync("generate", "hello");
        var login = await StartScript("login", [], new() { ["API_KEY"] = "another" }).ResultAsync();

        Assert.That((generate.ExitCode, generate.Output), Is.EqualTo((1, "")));
        Assert.That(generate.Messages, Does.Contain(
            "Refused (not_a_design): The prompt asks for no design. Say what to design. This would have worked: {\"prompt\": \"Design"));
        Assert.That(login.ExitCode, Is.EqualTo(1));
        Assert.That(login.Messages, Does.StartWith("login: Refused (invalid_api_key): No client has this API key. Send one X-API-Key header"));
    }

    [TestCase("login", "secret")]
    [TestCase("refresh", "now")]
    [TestCase("logout", "now")]
    [TestCase("generate", "two", "prompts")]
    [TestCase("generate", "--prompt")]
    [TestCase("failed-logins", "wrong_password")]
    [TestCase("failed-logins", "--reason")]
    public async Task What_it_cannot_be_told_is_refused_before_anything_is_sent(string script, params string[] arguments)
    {
        var used = await RunAsync(script, arguments);

        Assert.That((used.ExitCode, used.Output), Is.EqualTo((2, "")), used.Messages);
        Assert.That(used.Messages, Does.StartWith(script + ": "));
        Assert.That(Directory.EnumerateFileSystemEntries(Cache), Is.Empty);
    }

    [TestCase("API_KEY", null)]
    [TestCase("API_KEY", "key\r\nX-Other: header")]
    [TestCase("BHIV_URL", "localhost:8000")]
    [TestCase("BHIV_URL", "http://somebody:secret@localhost:8000")]
    public async Task An_environment_that_cannot_work_is_told_by_name(string name, string? value)
    {
        var login = await StartScript("login", [], new() { [name] = value }).ResultAsync();

        Assert.That(login.ExitCode, Is.EqualTo(2));
        Assert.That(login.Messages, Does.StartWith($"login: {name} ").And.Not.Contain("secret"));
    }

    [Test]
    public async Task A_service_that_cannot_be_reached_is_told_apart()
    {
        var login = await StartScript("login", [], new() { ["BHIV_URL"] = "http://127.0.0.1:1" }).ResultAsync();

        Assert.That(login.ExitCode, Is.EqualTo(7));
        Assert.That(login.Messages, Does.Contain("http://127.0.0.1:1 gave no whole answer."));
    }

    [Test]
    public async Task A_cache_that_others_may_open_is_not_used()
    {
        Directory.CreateDirectory(Cache);
        File.SetUnixFileMode(Cache, OwnFile | UnixFileMode.UserExecute | UnixFileMode.OtherExecute);

        var login = await RunAsync("login");

        Assert.That(login.ExitCode, Is.EqualTo(2));
        Assert.That(login.Messages, Does.Contain($"chmod 700 '{Cache}'"));
        Assert.That(Directory.EnumerateFileSystemEntries(Cache), Is.Empty);
    }

    [Test]
    public async Task A_reader_that_has_gone_leaves_no_answer_behind()
    {
        // As in a terminal: this process ignores the signal, and what it starts would too.
        const string pipe = "env --default-signal=PIPE dash \"$0\" house | :";
        var script = Script.Start(["dash", "-c", pipe, Path.Combine(Folder, "generate")], Variables([]));

        await script.ResultAsync();

        Assert.That(Path.GetFileName(TokenFile), Does.StartWith(Username));
    }

    [Test]
    public async Task What_curl_is_told_elsewhere_changes_nothing()
    {
        await File.WriteAllTextAsync(Path.Combine(CacheHome, ".curlrc"), "include\nverbose\n");

        var generate = await StartScript("generate", ["house"], new() { ["HOME"] = CacheHome }).ResultAsync();

        Assert.That(generate.ExitCode, Is.Zero);
        Assert.That(generate.Output, Does.StartWith("{"));
        Assert.That(generate.Messages, Is.EqualTo($"generate: Logging in as {Username}.\n"));
    }

    [TestCase("login")]
    [TestCase("generate")]
    [TestCase("refresh")]
    [TestCase("logout")]
    [TestCase("failed-logins")]
    public async Task Help_needs_nothing_and_names_the_variables_and_the_exit_codes(string script)
    {
        var help = await StartScript(script, ["--help"], new() { ["API_KEY"] = null, ["BHIV_URL"] = null }).ResultAsync();

        Assert.That((help.ExitCode, help.Messages), Is.EqualTo((0, "")));
        Assert.That(help.Output, Does.StartWith($"usage: {script}").And.Contain("BHIV_URL").And.Contain("  7  no answer"));
        Assert.That((await RunAsync(script, "-h")).Output, Is.EqualTo(help.Output));
    }

    private static JsonElement Spec(ScriptResult result) => JsonDocument.Parse(result.Output).RootElement.GetProperty("spec_json");

    private async Task EndSessionAsync()
    {
        using var client = new HttpClient { BaseAddress = Address };
        await client.RevokeAsync(Kept("refresh_token"), ApiKey);
    }
}
