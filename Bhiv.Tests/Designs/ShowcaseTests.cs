using System.Text.Json;
using Bhiv.Tests.Support;
using static Bhiv.Tests.Designs.Designing;

namespace Bhiv.Tests.Designs;

/// <summary>Ten designs as whole files in <c>Showcase</c>; <c>BHIV_APPROVE=1 dotnet test --filter Showcase</c> accepts a change.</summary>
[TestFixture]
public sealed class ShowcaseTests
{
    private static readonly JsonSerializerOptions Indented = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        NewLine = "\n",
    };

    [TestCase("office", "Design a modern 5-story office building with steel frame and glass facade")]
    [TestCase("flat", "Design a compact 2BHK flat of 80 sq m with marble flooring")]
    [TestCase("villa", "G+2 villa, 16 x 12 m, with a swimming pool and a lift but no garage")]
    [TestCase("warehouse", "Warehouse 200 ft by 120 ft, 30 ft high, with a loading dock")]
    [TestCase("hospital", "4-storey hospital with 3 wards, 2 operating theatres and an emergency wing")]
    [TestCase("living-room", "Living room with a leather sofa and large windows")]
    [TestCase("kitchen", "Modern kitchen 4 x 3 m with granite countertops")]
    [TestCase("office-chair", "Design an ergonomic office chair")]
    [TestCase("bridge", "Steel bridge, 120 m long and 12 m wide")]
    [TestCase("electric-vehicle", "Modern electric vehicle")]
    public void A_design_is_as_it_was_approved(string name, string prompt)
    {
        Approved.AssertIs("Designs/Showcase", $"{name}.json", JsonSerializer.Serialize(Design(prompt), Indented) + "\n");
    }
}
