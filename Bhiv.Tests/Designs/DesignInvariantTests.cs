using System.Diagnostics;
using System.Text;
using Bhiv.Application.Designs;
using static Bhiv.Tests.Designs.Designing;

namespace Bhiv.Tests.Designs;

/// <summary>What holds for every prompt: real ones, mutated ones and noise.</summary>
[TestFixture]
public sealed class DesignInvariantTests
{
    private const int Seed = 20_241;
    private const int Mutations = 1500;
    private const int Noises = 500;

    private static readonly string[] Fragments =
    [
        "0", "-3", "99999999999999999999", "2 x 0.1 m", "1 x 9000 ft", "storeys", "1000 storeys", "G+", "sq ft",
        "total area 1 m2",
        "height 3 m", "no", "without walls", "basement", "lift", "frame", "x", "by", "5,5", "1e9 m", "\ud83d", "\0", "'", "\"",
        "२ m",
        "kitchen 1 x 1 m", "chair", "8 m deep", "9 m wide", "1 acre", "2 upper floors", "brick", "non",
        "bridge 0.1 m long", "large windows", "instead of", "ceiling height 50 m",
    ];

    [Test]
    public void Every_design_is_finite_stacked_inside_its_footprint_and_fully_declared()
    {
        TestContext.Out.WriteLine($"seed {Seed}");
        var random = new Random(Seed);
        foreach (var prompt in Prompts.Texts.Concat(Mutated(random)).Concat(Noise(random)))
        {
            var result = DesignGenerator.Generate(new DesignBrief(prompt));
            if (result is DesignResult.Generated { Spec: var spec }) Assert.That(Flaws.Of(spec), Is.Empty, prompt);
            Assert.That(Json(DesignGenerator.Generate(new DesignBrief(prompt))), Is.EqualTo(Json(result)), prompt);
        }
    }

    [TestCase("house ")]
    [TestCase("a")]
    [TestCase("9")]
    [TestCase("9,")]
    [TestCase("no ")]
    [TestCase("1 x ")]
    [TestCase("1 m ")]
    [TestCase("steel of ")]
    [TestCase("4 new bedrooms ")]
    [TestCase("\ud83c")]
    [TestCase("two hundred ")]
    public void Two_thousand_characters_of_anything_take_no_noticeable_time(string part)
    {
        var prompt = string.Concat(Enumerable.Repeat(part, (2000 / part.Length) + 1))[..2000];
        DesignGenerator.Generate(new DesignBrief(prompt));
        var clock = Stopwatch.StartNew();
        DesignGenerator.Generate(new DesignBrief(prompt));

        // A few milliseconds on an idle machine; the bound leaves room for a busy one and still catches a quadratic slip.
        Assert.That(clock.ElapsedMilliseconds, Is.LessThan(250));
    }

    private static IEnumerable<string> Mutated(Random random)
    {
        var texts = Prompts.Texts.ToArray();
        for (var i = 0; i < Mutations; i++)
        {
            var words = texts[random.Next(texts.Length)].Split(' ').ToList();
            for (var k = random.Next(1, 5); k > 0; k--)
                words.Insert(random.Next(words.Count + 1), Fragments[random.Next(Fragments.Length)]);
            if (random.Next(3) == 0) words.RemoveAt(random.Next(words.Count));
            yield return string.Join(' ', words);
        }
    }

    private static IEnumerable<string> Noise(Random random)
    {
        for (var i = 0; i < Noises; i++)
        {
            var text = new StringBuilder(random.Next(3) == 0 ? "house " : "");
            for (var k = random.Next(300); k > 0; k--)
                text.Append(random.Next(3) == 0 ? (char)random.Next(0x10000) : (char)random.Next(' ', 0x7f));
            yield return text.ToString();
        }
    }

    [Test]
    public void A_tower_is_drawn_by_three_of_its_storeys()
    {
        var spec = Design("200 storey tower with steel frame");

        Assert.That(spec.Objects, Has.Count.LessThan(40));
        Assert.That(
            spec.Objects.Where(part => part.Type == "slab").Select(slab => (slab.Id, slab.Count, slab.Position.Z)),
            Is.EqualTo(new[] { ("storey_1_slab", 1, 0), ("typical_storey_slab", 198, 3.5), ("storey_200_slab", 1, 696.5) }));
    }
}
