using System.CommandLine;
using System.Text.RegularExpressions;
using Bhiv.Api.CommandLine;
using Bhiv.Tests.Support;

namespace Bhiv.Tests.CommandLine;

public sealed class HelpTests
{
    private static IEnumerable<Command> All => Below(Verbs.Describe());

    [Test]
    public async Task It_says_what_there_is_and_what_the_exit_codes_mean()
    {
        var help = await Support.Verb.RunAsync([], "--help");

        Assert.That((help.ExitCode, help.Errors), Is.EqualTo((0, "")));
        Assert.That(help.Output, Is.EqualTo(
            """
            Description:
              Turns prompts into building designs behind dual authentication. Without a
              verb it serves, and takes settings: --urls http://localhost:8001,
              --Tokens:RefreshLeeway=00:00:30.

            Usage:
              Bhiv.Api [command] [options]

            Options:
              -?, -h, --help  Show help and usage information
              --version       Show version information

            Commands:
              accounts     The people that can log in.
              clients      The calling applications.
              doctor       Judges configuration, secrets, keys, database and clock, and
                           changes nothing: to be asked before and after each change. A
                           server's settings may follow.
              explain <->  Says why a call was refused: reads a token, an API key, a trace
                           id, a code or a refusal as it came, and tells each check with
                           its outcome. It shows no credential and changes nothing.
              keys         What clients call with: API keys.
              migrate      Brings the database to the schema of this build, as a server
                           does at its start. Stop the servers and back it up before.
              secrets      What the service signs and authenticates with.
              serve        Serves a test suite. The first line of standard output says in
                           JSON where, and with what key and accounts; the log is on
                           standard error. Settings may follow.
              sessions     Who is logged in.

            Exit codes:
              0   done, or stopped as asked
              1   anything else
              2   doctor found a warning, and nothing worse
              3   doctor found an error
              64  used wrongly: no such verb, option or value
              66  what it names is not there
              75  the database is busy or locked: try again
              78  the configuration or the database is refused

            """));
    }

    [Test]
    public async Task That_of_a_verb_ends_in_examples()
    {
        var help = await Support.Verb.RunAsync([], "secrets", "new", "--help");

        Assert.That((help.ExitCode, help.Errors), Is.EqualTo((0, "")));
        Assert.That(help.Output, Is.EqualTo(
            """
            Description:
              Makes the secrets that the service needs, as lines of an env file:
              JWT_SECRET, API_KEY, DEMO_PASSWORD. It stores nothing.

            Usage:
              Bhiv.Api secrets new [<NAME>] [options]

            Arguments:
              <NAME>  One of them, whose value is printed alone.

            Options:
              -?, -h, --help  Show help and usage information

            Examples:
              (umask 077 && Bhiv.Api secrets new > bhiv.env)
              API_KEY=$(Bhiv.Api secrets new API_KEY)

            """));
    }

    [TestCaseSource(nameof(All))]
    public void Every_line_of_it_fits_a_terminal(Command command)
    {
        using var output = new StringWriter();

        Verbs.Describe().Parse([.. Words(command), "--help"]).Invoke(new InvocationConfiguration { Output = output });

        Assert.That(output.ToString(), Does.Contain("Usage:"));
        Assert.That(output.ToString().Split('\n'), Is.All.Length.LessThanOrEqualTo(80).And.None.EndsWith(" "));
    }

    [TestCaseSource(nameof(All))]
    public void Every_verb_has_examples_and_takes_them(Command command)
    {
        if (command.Subcommands.Count > 0) return;
        var examples = ((Api.CommandLine.Verb)command).Examples;

        Assert.That(examples, Is.Not.Empty);
        foreach (var example in examples)
        {
            var line = Regex.Match(example, @"Bhiv\.Api ([^|<>)]+)").Groups[1].Value;
            var parsed = Verbs.Describe().Parse(line);
            Assert.That(parsed.Errors, Is.Empty, example);
            Assert.That(Words(parsed.CommandResult.Command), Is.EqualTo(Words(command)), example);
        }
    }

    [Test]
    public void The_README_says_the_same_exit_codes()
    {
        var page = File.ReadAllLines(Path.Combine(Repository.Root, "README.md"));

        Assert.That(ExitCode.Meanings.Select(it => $"| {it.Code} | {it.Meaning} |"), Is.SubsetOf(page));
    }

    private static IEnumerable<Command> Below(Command command) => command.Subcommands.SelectMany(Below).Prepend(command);

    private static string[] Words(Command command) =>
        command is RootCommand ? [] : [.. Words(command.Parents.OfType<Command>().Single()), command.Name];
}
