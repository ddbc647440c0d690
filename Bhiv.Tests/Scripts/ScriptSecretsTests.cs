using System.Runtime.Versioning;
using System.Text.Json;
using Bhiv.Tests.Support;

namespace Bhiv.Tests.Scripts;

/// <summary>What goes in arrives as it was given, and shows up nowhere else.</summary>
[Platform(Exclude = "Win"), UnsupportedOSPlatform("windows")]
public sealed class ScriptSecretsTests : ScriptFixture
{
    /// <summary>Every program that the scripts start.</summary>
    private static readonly string[] Watched =
        ["awk", "cat", "curl", "date", "dirname", "ls", "mkdir", "mv", "rm", "rmdir", "sleep", "stty"];

    private static readonly string[] Texts =
    [
        """A "house" with C:\temp\new 'rooms' $(id) `id` $HOME %s""",
        "-d @/etc/passwd",
        "two\nlines\n\nand\ttabs\r\n",
        "\u0001\u001b[31m\u007f ü 🏠🌁 \u2028",
        "ends with a backslash \\",
    ];

    [TestCaseSource(nameof(Texts))]
    public async Task A_prompt_arrives_as_it_was_given(string prompt)
    {
        await using var intermediary = await Intermediary.StartAsync(Address);
        var there = new Dictionary<string, string?> { ["BHIV_URL"] = intermediary.Address };

        await StartScript("generate", ["--", prompt], there).ResultAsync();
        await StartScript("generate", [], there, input: prompt + "\n").ResultAsync();

        var prompts = intermediary.Received.Where(call => call.Path == Calls.Generate).Select(call => Text(call.Body, "prompt"));
        Assert.That(prompts, Is.EqualTo(new[] { prompt, prompt }));
    }

    [TestCaseSource(nameof(Texts))]
    public async Task A_name_and_a_password_arrive_as_they_were_given(string text)
    {
        await using var intermediary = await Intermediary.StartAsync(Address);
        var there = new Dictionary<string, string?> { ["BHIV_URL"] = intermediary.Address, ["DEMO_USERNAME"] = text, ["DEMO_PASSWORD"] = text };

        await StartScript("login", [], there).ResultAsync();
        there["DEMO_PASSWORD"] = null;
        await StartScript("login", [], there, input: text + "\n").ResultAsync();

        var bodies = intermediary.Received.Select(call => (Text(call.Body, "username"), Text(call.Body, "password")));
        Assert.That(bodies, Is.EqualTo(new[] { (text, text), (text, text) }));
    }

    [Test]
    public async Task A_newline_too_many_is_not_taken_off_a_password_in_silence()
    {
        var login = await StartScript("login", [], new() { ["DEMO_PASSWORD"] = Password + "\n" }).ResultAsync();

        Assert.That(login.ExitCode, Is.EqualTo(1));
        Assert.That(login.Messages, Does.Contain("(validation_failed)").And.Contain("must not hold a control character"));
    }

    [Test]
    public async Task A_password_comes_from_standard_input_too()
    {
        var login = await StartScript("login", [], new() { ["DEMO_PASSWORD"] = null }, input: Password + "\n").ResultAsync();
        var empty = await StartScript("login", [], new() { ["DEMO_PASSWORD"] = "" }).ResultAsync();

        Assert.That(login.ExitCode, Is.Zero, login.Messages);
        Assert.That(empty.ExitCode, Is.EqualTo(2));
    }

    [Test]
    public async Task On_a_terminal_neither_the_password_nor_a_token_is_shown()
    {
        if (!Programs.IsInstalled("script")) Assert.Ignore("script is not installed, and makes the terminal.");
        // The password is typed once it has been asked for: what is typed before is no business of the script's.
        var typing = $"until [ -e '{CacheHome}/asked' ]; do sleep 0.1; done; sleep 0.3; printf '%s\\n' \"$TYPED\"";
        var terminal = $"script -qefc 'dash {Folder}/login; dash {Folder}/refresh' /dev/null | tee '{CacheHome}/screen'";
        var watching = $"until grep -q Password '{CacheHome}/screen' 2>/dev/null; do sleep 0.1; done; : >'{CacheHome}/asked'";
        var environment = Variables(new() { ["DEMO_PASSWORD"] = null, ["TYPED"] = Password });

        var screen = await Script.Start(["dash", "-c", $"({watching}) & ({typing}) | {terminal}"], environment).ResultAsync();

        Assert.That(screen.Output, Does.Contain($"Password of {Username} at").And.Contain($"refresh: The token pair of {Username} is kept in"));
        Assert.That(screen.Output, Does.Not.Contain("quoted").And.Not.Contain("eyJ"));
        Assert.That(Kept("access_token"), Does.StartWith("eyJ"));
    }

    [Test]
    public async Task No_secret_is_an_argument_of_any_program()
    {
        var log = Path.Combine(CacheHome, "arguments");
        var wrappers = Directory.CreateDirectory(Path.Combine(CacheHome, "bin")).FullName;
        foreach (var program in Watched)
        {
            var wrapper = Path.Combine(wrappers, program);
            await File.WriteAllTextAsync(wrapper, $"""
                #!/bin/dash
                for argument in {program} "$@"; do printf '%s\n' "$argument" >>'{log}'; done
                PATH=$REAL_PATH exec {program} "$@"

                """);
            File.SetUnixFileMode(wrapper, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }
        var path = Environment.GetEnvironmentVariable("PATH")!;
        var environment = new Dictionary<string, string?> { ["PATH"] = $"{wrappers}:{path}", ["REAL_PATH"] = path };

        var secrets = new List<string> { ApiKey, Password };
        foreach (var (script, arguments) in new (string, string[])[]
            { ("login", []), ("generate", ["house"]), ("refresh", []), ("failed-logins", ["--limit=1"]), ("logout", []) })
        {
            if (script != "login") secrets.AddRange([Kept("access_token"), Kept("refresh_token")]);
            var result = await StartScript(script, arguments, environment).ResultAsync();
            Assert.That(result.ExitCode, Is.Zero, result.Messages);
        }

        var seen = await File.ReadAllTextAsync(log);
        Assert.That(seen.Split("\ncurl\n"), Has.Length.EqualTo(6), "each script called curl once, through its wrapper");
        foreach (var secret in secrets) Assert.That(seen, Does.Not.Contain(secret).And.Not.Contain(JsonEncodedText.Encode(secret).ToString()));
        Assert.That(seen, Does.Not.Contain("quoted").And.Not.Contain("eyJ"));
    }

    private static string Text(string body, string name) => JsonDocument.Parse(body).RootElement.GetProperty(name).GetString()!;

}
