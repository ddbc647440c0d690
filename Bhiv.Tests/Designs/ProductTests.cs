using Bhiv.Application.Designs;
using Bhiv.Application.Designs.Vocabulary;
using static Bhiv.Tests.Designs.Designing;

namespace Bhiv.Tests.Designs;

[TestFixture]
public sealed class ProductTests
{
    private static readonly string[] Products =
        [.. ProductWords.Rows.Where(row => row.Meaning is Subject { Subtype: not null }).Select(row => row.Phrases.Split('|')[0])];

    [TestCaseSource(nameof(Products))]
    public void Every_product_is_drawn_by_its_parts(string product)
    {
        var spec = Design(product);

        Assert.That(Flaws.Of(spec), Is.Empty);
        Assert.That(spec.Objects, Has.Count.GreaterThan(1));
        Assert.That(spec.Objects.Select(part => part.Type).Distinct(), Is.EqualTo(spec.Components));
    }

    [TestCaseSource(nameof(Products))]
    public void Every_product_fills_its_outer_box(string product)
    {
        var spec = Design(product);

        Assert.That(spec.Objects.Min(part => part.Position.X), Is.Zero);
        Assert.That(
            spec.Objects.Max(part => part.Position.Z + part.Dimensions.Height + (((part.Properties.CountZ ?? 1) - 1) * (part.Properties.SpacingZ ?? 0))),
            Is.EqualTo(spec.Dimensions.Height).Within(0.0002));
    }

    [Test]
    public void A_table_stands_on_four_legs()
    {
        var legs = Design("table 2 x 1 m").Objects.Where(part => part.Type == "legs").ToList();

        Assert.That(legs.Select(pair => (pair.Id, pair.Count, pair.Position.X)), Is.EqualTo(new[] { ("legs", 2, 0.06), ("legs_2", 2, 1.84) }));
        Assert.That(legs.Select(pair => pair.Properties), Has.All.EqualTo(new DesignObjectProperties(CountY: 2, SpacingY: 0.82)));
    }

    [Test]
    public void Several_stand_beside_each_other_and_each_part_is_there_once()
    {
        var seat = Design("4 chairs").Objects.Single(part => part.Type == "seat");

        Assert.That((seat.Count, seat.Properties), Is.EqualTo((4, new DesignObjectProperties(CountX: 4, SpacingX: 0.75))));
    }

    [TestCase("living room with a leather sofa", "sofa", "leather")]
    [TestCase("car", "wheels", "rubber")]
    [TestCase("wooden desk", "drawers", "wood")]
    [TestCase("refrigerator without glass", "shelves", "steel")]
    public void A_part_is_of_its_usual_material_or_else_of_the_products(string prompt, string part, string material) =>
        Assert.That(Design(prompt).Objects.First(drawn => drawn.Type == part).Material, Is.EqualTo(material));
}
