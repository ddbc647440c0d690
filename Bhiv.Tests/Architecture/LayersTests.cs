using System.Text.RegularExpressions;
using System.Xml.Linq;
using Bhiv.Tests.Support;
using NetArchTest.Rules;

namespace Bhiv.Tests.Architecture;

/// <summary>Api → Application → Domain ← Infrastructure.</summary>
public sealed partial class LayersTests
{
    [TestCase("Bhiv.Domain", "")]
    [TestCase("Bhiv.Application", "Bhiv.Domain")]
    [TestCase("Bhiv.Infrastructure", "Bhiv.Domain")]
    [TestCase("Bhiv.Api", "Bhiv.Application Bhiv.Infrastructure")]
    public void A_project_references_only_the_layers_below_it(string project, string allowed)
    {
        var references = ProjectFile(project).Descendants("ProjectReference")
            .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value));

        Assert.That(references, Is.EquivalentTo(allowed.Split(' ', StringSplitOptions.RemoveEmptyEntries)));
    }

    [Test]
    public void Domain_references_no_package()
    {
        Assert.That(ProjectFile("Bhiv.Domain").Descendants("PackageReference"), Is.Empty);
        Assert.That(ProjectFile("Bhiv.Domain").Descendants("FrameworkReference"), Is.Empty);
    }

    [TestCase("Microsoft.EntityFrameworkCore")]
    [TestCase("Microsoft.AspNetCore")]
    [TestCase("NSec")]
    public void Application_and_Domain_know_nothing_of(string dependency)
    {
        AssertHolds(Types.InAssemblies([typeof(Domain.Clock).Assembly, typeof(Application.Tokens.LoginService).Assembly])
            .Should().NotHaveDependencyOn(dependency));
    }

    [Test]
    public void Infrastructure_is_touched_in_the_composition_root_alone()
    {
        AssertHolds(Types.InAssembly(typeof(Api.Program).Assembly)
            .That().DoNotHaveName("Program").And().DoNotResideInNamespace("Bhiv.Api.Configuration")
            .Should().NotHaveDependencyOn("Bhiv.Infrastructure"));
    }

    [Test]
    public void Infrastructure_shows_its_door_and_its_options_and_nothing_else()
    {
        var shown = typeof(Infrastructure.InfrastructureExtensions).Assembly.GetExportedTypes()
            .Where(type => !type.Namespace!.Contains(".Migrations.", StringComparison.Ordinal))
            .Select(type => type.Name);

        Assert.That(shown, Is.EquivalentTo(new[] { "InfrastructureExtensions", "DatabaseOptions" }));
    }

    [TestCase(nameof(Domain.Tokens.UnverifiedToken))]
    [TestCase(nameof(Domain.Tokens.TokenInspection))]
    [TestCase(nameof(Domain.Tokens.ITokenInspector))]
    public void What_a_token_says_that_nobody_verified_is_known_to_who_explains_alone(string type)
    {
        AssertHolds(Types.InAssemblies([typeof(Api.Program).Assembly, typeof(Application.Tokens.LoginService).Assembly])
            .That().DoNotResideInNamespaceEndingWith(".Explaining")
            .Should().NotHaveDependencyOn($"Bhiv.Domain.Tokens.{type}"));
    }

    [Test]
    public void Controllers_decide_nothing_themselves()
    {
        AssertHolds(Types.InAssembly(typeof(Api.Program).Assembly)
            .That().HaveNameEndingWith("Controller")
            .Should().NotHaveDependencyOnAny("Microsoft.EntityFrameworkCore", "Microsoft.Extensions.Logging", "Bhiv.Infrastructure"));
    }

    [Test]
    public void Only_the_edge_reads_the_clock_of_the_machine()
    {
        string[] layers = ["Bhiv.Api", "Bhiv.Application", "Bhiv.Domain", "Bhiv.Infrastructure"];
        var files = layers.SelectMany(layer => Directory.GetFiles(Path.Combine(Repository.Root, layer), "*.cs", SearchOption.AllDirectories))
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal)).ToList();
        var offenders = files.Where(file => MachineClock().IsMatch(File.ReadAllText(file)));

        Assert.That(files, Has.Count.GreaterThan(50));
        Assert.That(offenders, Is.Empty);
    }

    [GeneratedRegex(@"\bDateTime(Offset)?\.(UtcNow|Now|Today)\b|\bTimeProvider\.System\.Get")]
    private static partial Regex MachineClock();

    private static XDocument ProjectFile(string project) =>
        XDocument.Load(Path.Combine(Repository.Root, project, project + ".csproj"));

    private static void AssertHolds(ConditionList rule)
    {
        var result = rule.GetResult();
        Assert.That(result.FailingTypeNames ?? [], Is.Empty);
    }
}
