using System.Runtime.Versioning;
using Bhiv.Tests.Support;

namespace Bhiv.Tests.Scripts;

/// <summary>What a reviewer of shell has to say about the scripts.</summary>
[Platform(Exclude = "Win"), UnsupportedOSPlatform("windows")]
public sealed class ShellCheckTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "Bhiv.Api", "Scripts");

    private static IEnumerable<string> Names => Directory.EnumerateFiles(Folder).Select(file => Path.GetFileName(file))
        .Where(name => !name.StartsWith('.'));

    [TestCaseSource(nameof(Names))]
    public async Task A_script_is_plain_sh_without_a_remark(string name)
    {
        if (!Programs.IsInstalled("shellcheck")) Assert.Ignore("shellcheck is not installed; the distribution's package has that name.");

        var check = await Script.Start(["shellcheck", "-s", "sh", Path.Combine(Folder, name)], []).ResultAsync();

        Assert.That((check.ExitCode, check.Output), Is.EqualTo((0, "")), check.Messages);
    }

    [Test]
    public void All_but_what_they_share_can_be_executed()
    {
        foreach (var name in Names)
        {
            var executable = File.GetUnixFileMode(Path.Combine(Folder, name)).HasFlag(UnixFileMode.UserExecute);
            Assert.That(executable, Is.EqualTo(!name.EndsWith(".sh", StringComparison.Ordinal)), name);
        }
    }
}
