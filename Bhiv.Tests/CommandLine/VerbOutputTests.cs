using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using Bhiv.Api.CommandLine;
using Bhiv.Tests.Support;

namespace Bhiv.Tests.CommandLine;

public sealed class VerbOutputTests
{
    private const string Id = "01993f1c-8e4b-7a90-8d15-6b7c93e0f528";

    private static readonly DateTimeOffset At = new(2026, 3, 1, 13, 30, 0, TimeSpan.FromHours(1));

    private static readonly Column<Row>[] Columns =
    [
        new("SESSION", row => row.SessionId),
        new("SINCE", row => row.CreatedAt),
        new("OVER", row => row.Over),
        new("DEVICE", row => row.Device, Wraps: true),
    ];

    [Test]
    public void A_table_fits_a_terminal_and_a_long_text_wraps()
    {
        var output = Written(to => to.Rows([new Row(Id, At, true, "Mozilla/5.0 (X11; Linux x86_64)"), new Row("short", At, false, null)], "", Columns));

        Assert.That(output, Is.EqualTo(
            """
            SESSION                               SINCE                 OVER  DEVICE
            01993f1c-8e4b-7a90-8d15-6b7c93e0f528  2026-03-01T12:30:00Z  yes   Mozilla/5.0
                                                                              (X11; Linux
                                                                              x86_64)
            short                                 2026-03-01T12:30:00Z  no

            """));
    }

    [Test]
    public void An_id_is_never_cut_however_wide_the_table_gets()
    {
        Column<Row>[] three = [Columns[0], Columns[0], Columns[0], Columns[3]];

        var output = Written(to => to.Rows([new Row(Id, At, true, new string('d', 40))], "", three));

        Assert.That(output.Split('\n')[1], Is.EqualTo($"{Id}  {Id}  {Id}  {new string('d', 16)}"));
        Assert.That(output.Split('d').Length - 1, Is.EqualTo(40 + 3), "nor is anything else; the id has one d");
    }

    [Test]
    public void What_a_caller_sent_neither_acts_on_a_terminal_nor_is_markup_nor_begins_a_line()
    {
        const string device = "[red]a[/] [unclosed \u001b[31m\u202e\u2028\nforged\u0007";
        var row = new Row("x", At, true, device);

        var table = Written(to => to.Rows([row], "", [Columns[3], Columns[0]]), width: 200);
        var sentence = Written(to => to.Say(device));
        var json = Written(to => to.Rows([row], "", Columns), json: true);

        Assert.That(table.Split('\n')[1], Is.EqualTo(@"[red]a[/] [unclosed \u001b[31m\u202e\u2028\u000aforged\u0007  x"));
        Assert.That(sentence, Is.EqualTo(@"[red]a[/] [unclosed \u001b[31m\u202e\u2028\u000aforged\u0007" + "\n"));
        Assert.That(json, Does.Not.Contain('\u202e'));
        Assert.That(JsonDocument.Parse(json).RootElement[0].GetProperty("device").GetString(), Is.EqualTo(device));
    }

    [Test]
    public void With_json_the_same_rows_are_one_document()
    {
        var output = Written(to => to.Rows([new Row(Id, At.ToUniversalTime(), true, "<é>")], "None.", Columns), json: true);

        Assert.That(output, Is.EqualTo(
            "[{\"session_id\":\"" + Id + "\",\"created_at\":\"2026-03-01T12:30:00+00:00\",\"over\":true,\"device\":\"<é>\"}]\n"));
        Assert.That(Written(to => to.Rows([], "None.", Columns), json: true), Is.EqualTo("[]\n"));
        Assert.That(Written(to => to.Rows([], "None.", Columns)), Is.EqualTo("None.\n"));
    }

    [Test]
    public void A_refusal_goes_to_standard_error_and_shows_no_credential()
    {
        using var errors = new StringWriter();
        var output = Written(to => to.Refuse(ExitCode.NotThere, "There is no client\n" + new string('a', 48)), errors: errors);

        Assert.That((output, errors.ToString()), Is.EqualTo(("", @"There is no client\u000a" + new string('*', 48) + "\n")));
    }

    [TestCase(false, null, "xterm", true)]
    [TestCase(true, null, "xterm", false)]
    [TestCase(false, "1", "xterm", false)]
    [TestCase(false, "", "xterm", true)]
    [TestCase(false, null, "dumb", false)]
    [TestCase(false, null, null, false)]
    public void Only_a_terminal_whose_owner_does_not_mind_gets_escape_sequences(bool redirected, string? noColor, string? term, bool styled)
    {
        Assert.That(VerbOutput.IsStyled(redirected, name => name == "NO_COLOR" ? noColor : name == "TERM" ? term : null), Is.EqualTo(styled));

        // To the library a build server is a reason for colours.
        Environment.SetEnvironmentVariable("GITHUB_ACTIONS", "true");
        var table = Written(to => to.Rows([new Row(Id, At, true, null)], "", Columns), styled: styled);
        Assert.That(table.Contains('\u001b', StringComparison.Ordinal), Is.EqualTo(styled));
        Assert.That(Regex.Replace(table, "\u001b\\[[0-9;]*m", ""), Does.StartWith("SESSION    "));
    }

    [Test]
    public async Task On_a_terminal_help_and_answers_are_free_of_colours_where_NO_COLOR_is_set()
    {
        if (!Programs.IsInstalled("script")) Assert.Ignore("script is not installed; the distribution's package is called bsdutils.");
        var verb = $"dotnet {Path.Combine(AppContext.BaseDirectory, "Bhiv.Api.dll")} secrets new";
        var start = new ProcessStartInfo("script", ["-qec", $"{verb} --help; {verb}; {verb} NONE", "/dev/null"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        (start.Environment["TERM"], start.Environment["NO_COLOR"]) = ("xterm-256color", "1");
        using var terminal = Process.Start(start)!;
        terminal.StandardInput.Close();

        var shown = await terminal.StandardOutput.ReadToEndAsync();

        Assert.That(shown, Does.Contain("Examples:").And.Contain("DEMO_PASSWORD=").And.Contain("There is no secret NONE"));
        Assert.That(shown, Does.Not.Match("\u001b\\[[0-9;]*m"));
    }

    private static string Written(Action<VerbOutput> write, bool json = false, int width = 80, bool styled = false, StringWriter? errors = null)
    {
        using var output = new StringWriter();
        write(new VerbOutput(output, errors ?? TextWriter.Null, json, width, styled));
        return output.ToString();
    }

    private sealed record Row(string SessionId, DateTimeOffset CreatedAt, bool Over, string? Device);
}
