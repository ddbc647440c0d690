using System.Globalization;
using static Bhiv.Tests.Designs.Designing;

namespace Bhiv.Tests.Designs;

[TestFixture]
public sealed class FrequentPromptTests
{
    [TestCaseSource(typeof(Prompts), nameof(Prompts.Cases))]
    public void A_frequent_prompt_becomes_what_it_asks_for(string prompt, string kind, string stories, string area, string rooms)
    {
        var spec = Design(prompt);

        Assert.Multiple(() =>
        {
            Assert.That($"{spec.DesignType} {spec.BuildingType ?? "-"} {spec.Subtype ?? "-"}", Is.EqualTo(kind));
            Assert.That(spec.Stories?.ToString(CultureInfo.InvariantCulture) ?? "-", Is.EqualTo(stories));
            Assert.That(spec.Dimensions.Area, Is.EqualTo(double.Parse(area, CultureInfo.InvariantCulture)));
            Assert.That(RoomsOf(spec), Is.EqualTo(rooms));
        });
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

    [TestCase("Test prompt")]
    [TestCase("a building")]
    [TestCase("make a building")]
    [TestCase("Prompt 2")]
    [TestCase("test")]
    [TestCase("<string>")]
    [TestCase("Persistence test")]
    [TestCase("Integration test prompt")]
    [TestCase("User 1 prompt")]
    [TestCase("Test with metadata")]
    [TestCase("Most recent prompt")]
    [TestCase("Load test prompt 17")]
    [TestCase("First prompt")]
    [TestCase("end-to-end test")]
    [TestCase("Building description")]
    [TestCase("buildibgs")]
    [TestCase("Build in Pune")]
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
}
