using static Bhiv.Tests.Designs.Designing;

namespace Bhiv.Tests.Designs;

[TestFixture]
public sealed class RoomTests
{
    [Test]
    public void A_villa_sleeps_upstairs()
    {
        var rooms = Design("villa").Objects.Where(part => part.Id.EndsWith("_1", StringComparison.Ordinal))
            .Select(part => (part.Id, part.Properties.Storey));

        Assert.That(rooms, Is.EquivalentTo(new (string, int?)[]
        {
            ("circulation_1", 1), ("living_room_1", 1), ("kitchen_1", 1), ("bedroom_1", 2), ("bathroom_1", 2),
        }));
    }

    [TestCase("2BHK flat with marble flooring", "marble")]
    [TestCase("2BHK flat", "concrete")]
    public void A_room_is_of_what_its_floor_is(string prompt, string material) =>
        Assert.That(Design(prompt).Objects.First(part => part.Type == "bedroom").Material, Is.EqualTo(material));

    [TestCase("hotel with 24 rooms, 1000 m2", true, "")]
    [TestCase("hotel with 25 rooms, 1000 m2", false, "object_omitted: rooms")]
    [TestCase("5-storey hotel with 5 rooms", false, "object_omitted: rooms")]
    [TestCase("hotel with 24 rooms, 200 m2", false, "rooms_exceed_area")]
    [TestCase("2-storey house 5 x 5 m with 4 bedrooms", false, "rooms_exceed_area")]
    public void Rooms_are_drawn_where_they_fit_and_a_warning_says_where_not(string prompt, bool drawn, string warnings)
    {
        var spec = Design(prompt);

        Assert.That(spec.Objects.Any(part => part.Type == spec.Rooms[0].Type), Is.EqualTo(drawn));
        Assert.That(string.Join(',', spec.Metadata.Warnings), Is.EqualTo(warnings));
    }

    [Test]
    public void Rooms_that_are_not_all_there_are_leave_the_rest_of_the_floor()
    {
        var kitchen = Design("office with a kitchen").Objects.Single(part => part.Type == "kitchen");

        Assert.That(kitchen.Dimensions.Length * kitchen.Dimensions.Width, Is.EqualTo(28).Within(0.1));
    }
}
