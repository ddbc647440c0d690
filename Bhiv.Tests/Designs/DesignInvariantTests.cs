using System.Text.Json;
using Bhiv.Application.Designs;
using Bhiv.Tests.Support;
using CsCheck;
using static Bhiv.Tests.Designs.Designing;

namespace Bhiv.Tests.Designs;

/// <summary>What holds for every prompt: real ones, pieces of them in any order, and noise.</summary>
[TestFixture]
public sealed class DesignInvariantTests
{
    private static readonly int Size = Proofs.Size(2_000, 200_000);

    [Test]
    public void Nothing_is_wrong_with_any_design()
    {
        var designs = 0;
        RandomPrompts.Any.Sample(
            prompt =>
            {
                if (DesignGenerator.Generate(new DesignBrief(prompt)) is not DesignResult.Generated { Spec: var spec }) return;
                Interlocked.Increment(ref designs);
                Assert.That(Flaws.Of(spec), Is.Empty);
            },
            iter: Size);

        // Prompts that make no design prove nothing of it.
        Assert.That(designs, Is.GreaterThan(Size / 3));
    }

    [Test]
    public void The_same_prompt_makes_the_same_bytes() =>
        RandomPrompts.Any.Sample(
            prompt => Json(DesignGenerator.Generate(new DesignBrief(prompt))) == Json(DesignGenerator.Generate(new DesignBrief(prompt))),
            iter: Size);

    [Test]
    public void What_is_denied_appears_nowhere() =>
        RandomPrompts.Denials.Sample(
            it =>
            {
                var spec = Design(it.Prompt);
                string[] named =
                [
                    .. spec.Features, .. spec.Rooms.Select(room => room.Type), .. spec.Materials.Select(material => material.Type),
                    .. spec.Components, .. spec.Objects.Select(part => part.Type), .. spec.Objects.Select(part => part.Material),
                ];
                Assert.That(named, Does.Not.Contain(it.Denied));
            },
            iter: Size);

    [TestCase("200 storey tower with steel frame, large windows, basement and lift, 1000 m long")]
    [TestCase("10 storey hotel with steel frame, large windows, basement and lift, 1000 m long")]
    [TestCase("12 storey hotel with steel frame, large windows, basement, lift and 24 rooms, 1000 m long")]
    public void The_largest_answer_is_bounded(string prompt) =>
        Assert.That(JsonSerializer.SerializeToUtf8Bytes(Design(prompt)), Has.Length.LessThan(48 * 1024));

    [Test]
    public void A_tower_is_drawn_by_three_of_its_storeys()
    {
        var spec = Design("200 storey tower with steel frame");

        Assert.That(
            spec.Objects.Where(part => part.Type == "slab").Select(slab => (slab.Id, slab.Count, slab.Position.Z)),
            Is.EqualTo(new[] { ("storey_1_slab", 1, 0), ("typical_storey_slab", 198, 3.5), ("storey_200_slab", 1, 696.5) }));
    }
}
