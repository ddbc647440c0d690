using Bhiv.Tests.Support;

namespace Bhiv.Tests.CommandLine;

public sealed class VerbsTests
{
    [TestCase("nonsense")]
    [TestCase("sessions")]
    [TestCase("sessions revoke", "--all")]
    [TestCase("sessions revoke --all false")]
    [TestCase("serve", "--ephemeral")]
    [TestCase("clients")]
    [TestCase("clients create")]
    [TestCase("clients create Mobile", "Mobile is no id of a client")]
    [TestCase("keys create --client mobile", "--scopes")]
    [TestCase("keys create --scopes auth", "--client")]
    [TestCase("keys create --client mobile --scopes root", "There is no scope root; there are auth generate introspect ops admin.")]
    [TestCase("keys create --client mobile --scopes ", "--scopes names none.")]
    [TestCase("keys create --client -mobile --scopes auth", "-mobile")]
    [TestCase("keys create --client mobile --scopes auth --days 0", "--days is a number of days, 1 to 365.")]
    [TestCase("keys create --client mobile --scopes auth --days 366", "1 to 365")]
    [TestCase("keys rotate id --overlap-days soon", "1 to 365")]
    [TestCase("keys revoke")]
    [TestCase("secrets")]
    [TestCase("secrets new A B")]
    [TestCase("migrate now")]
    [TestCase("migrate @file", "@file")]
    public async Task What_is_no_verb_or_lacks_its_flag_does_nothing_and_says_so(string line, string lacks = "")
    {
        using var directory = new TemporaryDirectory();

        var verb = await Verb.RunAsync(
            new() { ["ASPNETCORE_ENVIRONMENT"] = "Development", ["BHIV_DATA"] = directory.Path }, line.Split(' '));

        Assert.That((verb.ExitCode, verb.Output), Is.EqualTo((64, "")));
        Assert.That(verb.Errors, Does.Contain(lacks).And.Contain("--help").And.Not.Contain("   at "));
        Assert.That(Directory.EnumerateFileSystemEntries(directory.Path), Is.Empty);
    }

    [Test]
    public async Task A_verb_refuses_what_the_server_would_refuse_at_start()
    {
        var verb = await Verb.RunAsync([], "sessions", "revoke", "--all");

        Assert.That((verb.ExitCode, verb.Output), Is.EqualTo((78, "")));
        Assert.That(verb.Errors, Does.Contain("BHIV_DATA is not set."));
    }
}
