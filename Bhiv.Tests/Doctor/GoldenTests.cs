using System.Runtime.Versioning;
using Bhiv.Api.Doctor;
using Bhiv.Tests.Support;

namespace Bhiv.Tests.Doctor;

/// <summary>
/// Each finding as a whole file in <c>Golden</c>, in the table and in JSON. On a difference what came instead lies in
/// <c>TestResults</c>; <c>BHIV_APPROVE=1 dotnet test --filter Doctor</c> accepts it.
/// </summary>
[TestFixture, Platform(Exclude = "Win"), UnsupportedOSPlatform("windows")]
public sealed class GoldenTests
{
    private static readonly string Directory = Path.Combine(Repository.Root, "Bhiv.Tests", "Doctor", "Golden");

    private static IEnumerable<string> Ids => Scenes.All.Keys;

    [TestCaseSource(nameof(Ids))]
    public async Task A_finding_reads_as_it_was_approved_shows_no_secret_and_changes_nothing(string id)
    {
        using var scene = new Scene();
        await Scenes.All[id](scene);
        var before = scene.Entries();

        var findings = Examination.Judge(Scenes.Alter(id, await scene.GatherAsync()));

        Assert.That(scene.Entries(), Is.EqualTo(before));
        scene.AssertHasNoSecret(Scene.Write(findings) + Scene.Write(findings, json: true));
        var found = scene.Mask(findings.Where(finding => finding.Kind.Id == id));
        Assert.That(found, Is.Not.Empty, Scene.Write(findings));
        AssertApproved(id, $"{Scene.Write(found)}\n{Scene.Write(found, json: true)}");
    }

    [Test]
    public void Every_finding_of_the_catalogue_has_a_golden_and_no_other_is_there()
    {
        var catalogue = Catalogue.All.Select(kind => kind.Id).Order().ToList();

        Assert.That(catalogue, Is.Unique.And.Count.GreaterThan(40));
        Assert.That(Scenes.All.Keys.Order(), Is.EqualTo(catalogue));
        Assert.That(System.IO.Directory.GetFiles(Directory).Select(Path.GetFileNameWithoutExtension).Order(), Is.EqualTo(catalogue));
    }

    [Test]
    public void What_is_worse_than_well_says_what_mends_it()
    {
        Assert.That(Catalogue.All.Select(kind => kind.Mend is null), Is.EqualTo(Catalogue.All.Select(kind => kind.Severity == Severity.Ok)));
    }

    private static void AssertApproved(string id, string received)
    {
        var file = Path.Combine(Directory, $"{id}.txt");
        if (Environment.GetEnvironmentVariable("BHIV_APPROVE") == "1") File.WriteAllText(file, received);
        if (File.Exists(file) && File.ReadAllText(file) == received) return;

        var results = System.IO.Directory.CreateDirectory(Path.Combine(TestContext.CurrentContext.WorkDirectory, "TestResults"));
        var instead = Path.Combine(results.FullName, $"{id}.received.txt");
        File.WriteAllText(instead, received);
        Assert.Fail($"{file} is not what {instead} is. If the second is right: BHIV_APPROVE=1 dotnet test --filter Doctor\n{received}");
    }
}
