using System.Globalization;
using Bhiv.Application.Designs;
using static Bhiv.Tests.Designs.Designing;

namespace Bhiv.Tests.Designs;

[TestFixture]
public sealed class QuantityTests
{
    [TestCase("3-storey house", 3)]
    [TestCase("five-story house", 5)]
    [TestCase("10-floor house", 10)]
    [TestCase("house with 6 floors", 6)]
    [TestCase("house, 5 stories", 5)]
    [TestCase("double-storey house", 2)]
    [TestCase("twenty-five storey tower", 25)]
    [TestCase("G+2 house", 3)]
    [TestCase("house, G + 4", 5)]
    [TestCase("ground plus three house", 4)]
    [TestCase("ground floor + 2 floors house", 3)]
    [TestCase("house, floors: 4", 4)]
    [TestCase("1.5 storey house", 2)]
    [TestCase("shop with 2 upper floors", 3)]
    [TestCase("S+4 apartment building", 5)]
    [TestCase("stilt + 4 floors apartment", 5)]
    [TestCase("triplex house", 3)]
    [TestCase("parking garage", 4)]
    [TestCase("duplex", 2)]
    [TestCase("penthouse on the 10th floor", 1)]
    [TestCase("200 storey tower", 200)]
    [TestCase("201 storey tower", 200)]
    [TestCase("0 storey house", 1)]
    [TestCase("house of -5 storeys", 1)]
    [TestCase("99999999999999999999 storey house", 200)]
    public void Storeys_are_read_as_people_write_them(string prompt, int expected) =>
        Assert.That(Design(prompt).Stories, Is.EqualTo(expected));

    [TestCase("house 12 x 9 m", 12, 9)]
    [TestCase("house 15m x 20m", 15, 20)]
    [TestCase("house 12m × 9m", 12, 9)]
    [TestCase("house 12*9m", 12, 9)]
    [TestCase("house 12.5 x 9.5 metres", 12.5, 9.5)]
    [TestCase("house 12,5 x 9,5 m", 12.5, 9.5)]
    [TestCase("house 1200 cm by 900 cm", 12, 9)]
    [TestCase("house 40 ft by 30 ft", 12.19, 9.14)]
    [TestCase("house 40 x 30 ft", 12.19, 9.14)]
    [TestCase("house 40ftx30ft", 12.19, 9.14)]
    [TestCase("house 40' x 30'", 12.19, 9.14)]
    [TestCase("house 10'6\" x 12'", 3.2, 3.66)]
    [TestCase("house 10 ft 6 in x 12 ft", 3.2, 3.66)]
    [TestCase("house 40 x 30 sq ft", 12.19, 9.14)]
    [TestCase("house length 40 ft width 30 ft", 12.19, 9.14)]
    [TestCase("house 40 feet length 30 feet width", 12.19, 9.14)]
    [TestCase("house, 12m long and 9 m wide", 12, 9)]
    [TestCase("house, 12m long and 9 m deep", 12, 9)]
    [TestCase("house 12m wide and 9m deep", 12, 9)]
    [TestCase("house of depth 9m and width 12m", 12, 9)]
    [TestCase("house 9 m wide with a deep pool", 12, 9)]
    [TestCase("forty by thirty feet house", 12.19, 9.14)]
    [TestCase("house 12 x 9", 12, 9)]
    [TestCase("house 2000 sq ft", 15.74, 11.8)]
    [TestCase("2-story house, 40 feet length, 500 sq ft area", 12.19, 3.81)]
    [TestCase("villa 12 x 9 m with a 3 x 4 m bedroom", 12, 9)]
    [TestCase("0 x 0 m house", 20, 15)]
    [TestCase("bridge, 200 m long", 200, 10)]
    public void Sides_are_read_as_people_write_them(string prompt, double length, double width)
    {
        var dimensions = Design(prompt).Dimensions;

        Assert.That((dimensions.Length, dimensions.Width), Is.EqualTo((length, width)));
    }

    [TestCase("house 2000 sq ft", 185.81, 185.81)]
    [TestCase("house 2,000 square feet", 185.81, 185.81)]
    [TestCase("house two thousand sqft", 185.81, 185.81)]
    [TestCase("house 1,20,000 sq. ft.", 11148.36, 11148.36)]
    [TestCase("house of 120 m²", 120, 120)]
    [TestCase("house of 120m2", 120, 120)]
    [TestCase("house of 120 sq m", 120, 120)]
    [TestCase("house of 120 square metres", 120, 120)]
    [TestCase("house of 100 sq yards", 83.61, 83.61)]
    [TestCase("2-storey house, total area 2000 sq ft", 92.9, 185.81)]
    [TestCase("2-storey house, 100 sq m per floor", 100, 200)]
    [TestCase("12 x 9 m house, area 500 m2", 108, 108)]
    [TestCase("house on a plot of 100 sq m", 60, 60)]
    [TestCase("house on a plot of 1000 sq m", 300, 300)]
    [TestCase("1 acre farmhouse", 300, 300)]
    public void Areas_are_read_as_people_write_them(string prompt, double area, double total)
    {
        var dimensions = Design(prompt).Dimensions;

        Assert.That((dimensions.Area, dimensions.TotalFloorArea), Is.EqualTo((area, total)));
    }

    [TestCase("2BHK", "bedroom:2,living_room:1,kitchen:1")]
    [TestCase("3 BHK flat with open kitchen", "bedroom:3,living_room:1,kitchen:1")]
    [TestCase("house with 4 large bedrooms", "bedroom:4")]
    [TestCase("three-bedroom villa", "bedroom:3")]
    [TestCase("apartment 1200 sqft 3 bed 2 bath", "bedroom:3,bathroom:2")]
    [TestCase("house with multiple bedrooms and bathrooms", "bedroom:2,bathroom:2")]
    [TestCase("hospital with 99999999999999999999 bathrooms", "bathroom:1000")]
    [TestCase("hospital with 3 wards and 2 operating theatres", "ward:3,operating_room:2")]
    [TestCase("school with 12 classrooms and a library", "classroom:12,library:1")]
    public void Rooms_are_counted_as_people_write_them(string prompt, string rooms) =>
        Assert.That(RoomsOf(Design(prompt)), Does.StartWith(rooms));

    [TestCase("2BHK", "bedroom:2,living_room:1,kitchen:1,bathroom:1")]
    [TestCase("one-bedroom villa", "bedroom:1,living_room:1,kitchen:1,bathroom:1")]
    [TestCase("house with 3 bathrooms and no kitchen", "bathroom:3,bedroom:3,living_room:1")]
    [TestCase("office with a kitchen", "kitchen:1")]
    [TestCase("3-storey apartment", "bedroom:2,living_room:1,kitchen:1,bathroom:1")]
    [TestCase("4-storey apartment", "-")]
    public void A_dwelling_gets_the_rooms_that_nobody_named(string prompt, string rooms) =>
        Assert.That(RoomsOf(Design(prompt)), Is.EqualTo(rooms));

    [Test]
    public void A_plural_without_a_number_is_read_as_several_and_its_number_assumed()
    {
        var spec = Design("office with conference rooms");

        Assert.That(
            spec.Requirements, Does.Contain(new DesignRequirement("rooms.meeting_room", "several", "conference rooms")));
        Assert.That(
            spec.Assumptions, Does.Contain(new DesignAssumption("rooms.meeting_room", "2", "conference rooms names no number")));
    }

    [TestCase("warehouse 60 x 40 m, 8 m high", 1, 8)]
    [TestCase("warehouse, height 25 m", 1, 25)]
    [TestCase("office, height 25 m", 7, 25)]
    public void A_height_makes_storeys_except_in_a_shed(string prompt, int stories, double height)
    {
        var spec = Design(prompt);

        Assert.That((spec.Stories, spec.Dimensions.Height), Is.EqualTo(((int?)stories, height)));
    }

    [TestCase("0 storey house", "stories_ignored: 0 storey")]
    [TestCase("house of -5 storeys", "stories_ignored: -5 storeys")]
    [TestCase("10,000 storey tower", "stories_out_of_range: 10,000 storey")]
    [TestCase("0 x 0 m house", "size_ignored: 0 x 0 m")]
    [TestCase("house 99999999999999999999 m x 9 m", "size_out_of_range: 99999999999999999999 m x 9 m")]
    [TestCase("12 x 9 m house, area 500 m2", "area_contradicts_sides")]
    [TestCase("20 storey office, height 10 m", "height_contradicts_stories")]
    [TestCase("2 storey house with 3 floors", "stories_contradict: 3 floors")]
    [TestCase("house 12 x 9", "unit_assumed: 12 x 9")]
    [TestCase("house 1e308 m long", "size_out_of_range: 1e308 m")]
    [TestCase("bathroom with 2 floors", "stories_ignored: 2 floors")]
    [TestCase("hotel with 200 rooms", "rooms_exceed_area")]
    public void What_cannot_be_taken_at_its_word_is_named_in_a_warning(string prompt, string warning) =>
        Assert.That(Design(prompt).Metadata.Warnings, Does.Contain(warning));

    [Test]
    public void A_unit_that_nobody_wrote_is_declared() =>
        Assert.That(
            Design("house 12 x 9").Assumptions,
            Does.Contain(new DesignAssumption("dimensions.units", "metres", "12 x 9 names no unit")));

    [Test]
    public void A_floor_area_that_was_derived_says_whose_area_was_read() =>
        Assert.That(
            Design("2-storey house of 150 m2").Assumptions,
            Does.Contain(new DesignAssumption("dimensions.total_floor_area", "300", "the area is that of each storey")));

    [TestCase("de-DE")]
    [TestCase("tr-TR")]
    [TestCase("fa-IR")]
    public void The_culture_of_the_machine_changes_nothing(string culture)
    {
        const string Prompt = "INDUSTRIAL WAREHOUSE 12.5 x 9.5 m with 2,000 sq ft";
        var before = CultureInfo.CurrentCulture;
        var expected = Json(Design(Prompt));
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
            Assert.That(Json(Design(Prompt)), Is.EqualTo(expected));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
