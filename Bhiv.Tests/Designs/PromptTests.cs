using Bhiv.Application.Designs;
using static Bhiv.Tests.Designs.Designing;

namespace Bhiv.Tests.Designs;

[TestFixture]
public sealed class PromptTests
{
    [TestCaseSource(typeof(Prompts), nameof(Prompts.Cases))]
    public void A_prompt_becomes_what_it_says_and_what_it_does_not_say_is_assumed(PromptRow row)
    {
        var result = DesignGenerator.Generate(new DesignBrief(row.Prompt));

        if (row.IsRefused || result is not DesignResult.Generated { Spec: var spec })
            Assert.That(result is DesignResult.NotADesign, Is.EqualTo(row.IsRefused), "is refused");
        else Assert.That(Differences(row, spec), Is.Empty);
    }

    [Test]
    public void The_office_of_five_storeys_is_exact()
    {
        var spec = Design("Design a modern 5-story office building with steel frame and glass facade");

        Assert.Multiple(() =>
        {
            Assert.That((spec.DesignType, spec.Category, spec.BuildingType), Is.EqualTo(("building", "commercial", "office")));
            Assert.That((spec.Style, spec.Stories), Is.EqualTo(("modern", 5)));
            Assert.That(
                spec.Materials.Select(material => (material.Type, material.Properties.Role)),
                Is.EqualTo(new[] { ("steel", "frame"), ("glass", "facade") }));
            Assert.That(
                Json(spec),
                Does.Contain("""{"length":30,"width":25,"height":17.5,"area":750,"total_floor_area":3750,"units":"metres"}"""));
            Assert.That(spec.Requirements.Single(read => read.Field == "stories").Text, Is.EqualTo("5-story"));
            Assert.That(spec.Metadata.Warnings, Is.Empty);
        });
    }

    [TestCaseSource(typeof(Prompts), nameof(Prompts.SayingNothing))]
    public void A_prompt_that_names_nothing_is_a_general_building_with_a_warning(string prompt)
    {
        var spec = Design(prompt);

        Assert.Multiple(() =>
        {
            Assert.That((spec.DesignType, spec.BuildingType, spec.Stories), Is.EqualTo(("building", "general", 1)));
            Assert.That(spec.Metadata.Warnings, Does.Contain("nothing_recognised"));
            Assert.That(spec.Objects, Is.Not.Empty);
        });
    }

    private static IEnumerable<string> Differences(PromptRow row, DesignSpec spec)
    {
        var kind = $"{spec.DesignType}/{spec.BuildingType ?? "-"}/{spec.Subtype ?? "-"}";
        if (kind != row.Design) yield return $"design is {kind} and not {row.Design}";
        if (spec.Metadata.Warnings.Contains("nothing_recognised") != row.SaysNothing) yield return "nothing_recognised";

        var read = spec.Requirements.Where(requirement => IsInTheTable(requirement.Field)).ToList();
        foreach (var requirement in read)
            if (!row.Prompt.Contains(requirement.Text, StringComparison.Ordinal))
                yield return $"not the caller's words: {requirement}";

        var stated = row.Stated.ToHashSet();
        var claimed = read.Select(requirement => (requirement.Field, requirement.Value)).ToHashSet();
        foreach (var (field, value) in stated.Except(claimed)) yield return $"said and not read: {field} {value}";
        foreach (var (field, value) in claimed.Except(stated)) yield return $"read and not said: {field} {value}";

        var made = MainFields(spec).Where(main => IsInTheTable(main.Field)).ToHashSet();
        var assumed = spec.Assumptions.Select(assumption => (assumption.Field, assumption.Value)).ToHashSet();
        foreach (var fact in stated.Intersect(claimed).Except(row.Contradicted))
            if (!Holds(spec, made, fact)) yield return $"read and not in the design: {fact}";
        foreach (var (field, value) in made.Except(stated).Except(claimed).Except(assumed))
            yield return $"neither said nor assumed: {field} {value}";
        var fields = claimed.Concat(assumed).Select(fact => fact.Field).ToHashSet();
        foreach (var (_, type) in claimed.Where(fact => fact.Field == "materials"))
            if (!fields.Contains(RoleOf(type))) yield return $"neither said nor assumed: {RoleOf(type)}";
        if (row.LeavesStoriesOpen && assumed.All(fact => fact.Field != "stories"))
            yield return "a choice of storeys was made and not declared";
    }

    private static string RoleOf(string material) => $"materials.{material}.role";

    /// <summary>Several is any number that was assumed. The height of a storey and the plot have no field of their own.</summary>
    private static bool Holds(
        DesignSpec spec, HashSet<(string Field, string Value)> made, (string Field, string Value) fact) =>
        fact.Field is "storey_height" or "plot_area" || made.Contains(fact)
        || (fact.Value == "several" && made.Any(main => main.Field == fact.Field))
        || spec.Materials.Any(material => (RoleOf(material.Type), material.Properties.Role) == fact);

    /// <summary>The table says nothing of style, place, counts of what is not drawn, and furniture.</summary>
    private static bool IsInTheTable(string field) => field.Split('.')[0] is
        "stories" or "dimensions" or "storey_height" or "plot_area" or "rooms" or "materials" or "features";
}
