using System.Runtime.Versioning;
using Bhiv.Tests.Doctor;
using Bhiv.Tests.Support;

namespace Bhiv.Tests.CommandLine;

/// <summary>Verbs that only look leave nothing behind, wherever a program could.</summary>
[Platform(Exclude = "Win"), UnsupportedOSPlatform("windows")]
public sealed class LookingVerbsTests
{
    [TestCase("doctor")]
    [TestCase("explain -")]
    public async Task Nothing_is_left_at_home_among_temporary_files_nor_in_the_data_directory(string verb)
    {
        using var scene = new Scene(TimeProvider.System.GetUtcNow());
        await scene.ServeAsync();
        foreach (var (variable, name) in new[] { ("HOME", "home"), ("TMPDIR", "tmp"), ("XDG_CONFIG_HOME", "home"), ("XDG_CACHE_HOME", "home") })
            scene.Environment[variable] = Directory.CreateDirectory(Path.Combine(scene.Root, name)).FullName;
        // The runtime has a socket and a pipe there while it runs, for debuggers, and takes them away.
        scene.Environment["DOTNET_EnableDiagnostics"] = "0";
        var before = scene.Entries();

        var run = await Verb.ReadAsync("4bf92f3577b34da6a3ce929d0e0e4736", scene.Environment, verb.Split(' '));

        Assert.That((run.ExitCode, run.Errors), Is.EqualTo((0, "")), run.Output);
        Assert.That(scene.Entries(), Is.EqualTo(before));
    }
}
