using Bhiv.Application.Designs;
using static Bhiv.Tests.Designs.Designing;

namespace Bhiv.Tests.Designs;

[TestFixture]
public sealed class BriefTests
{
    [TestCase("eco-friendly", "sustainable")]
    [TestCase("Colonial", "colonial")]
    [TestCase("steampunk", "steampunk")]
    [TestCase("  ", "modern")]
    public void The_callers_style_wins_over_the_prompts(string style, string expected) =>
        Assert.That(Design(new DesignBrief("modern house") { Style = style }).Style, Is.EqualTo(expected));

    [Test]
    public void Constraints_are_copied() =>
        Assert.That(
            Design(new DesignBrief("house") { Constraints = ["max height 10 m"] }).Constraints.Single(),
            Is.EqualTo("max height 10 m"));

    [Test]
    public void Context_is_kept_among_the_requirements_in_the_order_of_its_keys()
    {
        var context = new Dictionary<string, string> { ["city"] = "Pune", ["budget"] = "5 lakh" };

        var read = Design(new DesignBrief("house") { Context = context }).Requirements;

        Assert.That(
            read.Where(requirement => requirement.Field.StartsWith("context.", StringComparison.Ordinal)),
            Is.EqualTo(new[]
            {
                new DesignRequirement("context.budget", "5 lakh", "5 lakh"),
                new DesignRequirement("context.city", "Pune", "Pune"),
            }));
    }

    [Test]
    public void Control_characters_and_lone_surrogates_leave_no_trace()
    {
        var brief = new DesignBrief("house\0 in \ud800 Mumbai") { Style = "a\0b\udc00", Constraints = ["\u0001"] };

        Assert.That(Json(Design(brief)), Does.Not.Contain("\\u0000").And.Not.Contain("\\uD800").And.Not.Contain("\\u0001"));
    }
}
