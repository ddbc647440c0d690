using System.Diagnostics;
using System.Globalization;
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

    /// <summary>Positions and sizes are rounded to centimetres each.</summary>
    private const double Rounding = 0.021;

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
            if (result is DesignResult.Generated { Spec: var spec }) Assert.That(Flaws(spec), Is.Empty, prompt);
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

    private static IEnumerable<string> Flaws(DesignSpec spec) =>
        Numbers(spec).Where(number => !double.IsFinite(number)).Select(_ => "not finite")
            .Concat(spec.Objects.Where(part => !IsInside(part, spec.Dimensions)).Select(part => $"outside: {part}"))
            .Concat(spec.Objects.Count == 0 ? ["no objects"] : [])
            .Concat(spec.Objects.GroupBy(part => part.Id).Where(same => same.Count() > 1).Select(same => $"twice: {same.Key}"))
            .Concat(StackingFlaws(spec))
            .Concat(DoorFlaws(spec))
            .Concat(MainFields(spec).Where(main => !IsDeclared(spec, main.Field, main.Value))
                .Select(main => $"undeclared: {main}"));

    private static IEnumerable<double> Numbers(DesignSpec spec) => spec.Objects
        .SelectMany(part => new[]
        {
            part.Position.X, part.Position.Y, part.Position.Z,
            part.Dimensions.Length, part.Dimensions.Width, part.Dimensions.Height,
        })
        .Concat([spec.Dimensions.Area, spec.Dimensions.TotalFloorArea, spec.Dimensions.Height]);

    private static bool IsInside(DesignObject part, DesignDimensions whole)
    {
        var repeated = part.Type is "window" or "column" ? (part.Properties.CountX - 1) * part.Properties.SpacingX ?? 0 : 0;
        return part.Position is { X: >= 0, Y: >= 0 }
            && part.Dimensions is { Length: > 0, Width: > 0, Height: > 0 }
            && part.Position.X + repeated + part.Dimensions.Length <= whole.Length + Rounding
            && part.Position.Y + part.Dimensions.Width <= whole.Width + Rounding
            && part.Position.Z + part.Dimensions.Height <= whole.Height + Rounding
            && (part.Position.Z >= 0 || part.Type is "foundation" or "basement");
    }

    private static IEnumerable<string> StackingFlaws(DesignSpec spec)
    {
        if (spec.DesignType != "building") yield break;
        var slabs = spec.Objects.Where(part => part.Type == "slab").ToList();
        if (slabs.Count != spec.Stories) yield return "a storey has no slab";
        for (var i = 0; i < slabs.Count; i++)
            if (Math.Abs(slabs[i].Position.Z - (i * spec.Dimensions.Height / slabs.Count)) > Rounding)
                yield return $"slab {i} is off";
        foreach (var wall in spec.Objects.Where(part => part.Type is "wall" or "facade"))
            if (!slabs.Exists(slab => Math.Abs(slab.Position.Z + slab.Dimensions.Height - wall.Position.Z) < Rounding))
                yield return $"{wall.Id} stands on no slab";
    }

    private static IEnumerable<string> DoorFlaws(DesignSpec spec)
    {
        var openings = spec.Objects.Where(part => part.Id is "entrance_door" or "storey_1_windows_south").ToList();
        if (openings is not [{ } windows, { } door]) yield break;
        var spacing = windows.Properties.SpacingX!.Value;
        for (var i = 0; i < windows.Count; i++)
        {
            var from = windows.Position.X + (i * spacing);
            if (from + windows.Dimensions.Length > door.Position.X + Rounding + (i * 0.005)
                && from < door.Position.X + door.Dimensions.Length - Rounding - (i * 0.005))
                yield return $"window {i} is in the door";
        }
    }

    private static bool IsDeclared(DesignSpec spec, string field, string value) =>
        spec.Requirements.Any(read => read.Field == field && read.Value == value)
        || spec.Assumptions.Any(assumed => assumed.Field == field && assumed.Value == value);
}
