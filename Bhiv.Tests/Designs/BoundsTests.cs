using System.Diagnostics;
using Bhiv.Application.Designs;
using Bhiv.Tests.Support;

namespace Bhiv.Tests.Designs;

/// <summary>What a prompt can cost at most: a search for the worst two thousand characters, which keeps what costs more.</summary>
[TestFixture, NonParallelizable]
public sealed class BoundsTests
{
    private const int Longest = 2000;
    private const int MostBytes = 64 * 1024;
    private const int Seed = 20_251;

    /// <summary>What the prompts that people send do not have.</summary>
    private static readonly string[] Noise =
    [
        "1x", "9,", "1 x ", "1 m ", "2 floors ", "G+2 ", "3-4 ", "no ", "without ", "hospitl ", "kitchn ", "casa ", "two hundred ",
        "बंगला", "\ud83d", "\ud83c\udf33", "\0", "'", "\"", "²", "e9", ".", "200 storey 900 m x 900 m ", "steel frame ", "1 bed ",
    ];

    private static readonly string[] Fragments =
    [
        .. Noise, .. Prompts.Texts.SelectMany(text => text.Split(' ')).Distinct().Select(word => word + " "),
    ];

    [Test]
    public void No_two_thousand_characters_allocate_more_than_their_bound()
    {
        var dearest = Worst(Proofs.Size(600, 60_000), BytesOf);

        TestContext.Out.WriteLine($"{dearest.Cost / 1024:0.0} KB for: {dearest.Prompt[..80]}...");
        if (Proofs.Full) TestContext.Out.WriteLine(Slowest());
        Assert.That(dearest.Cost, Is.LessThan(MostBytes), dearest.Prompt);
    }

    /// <summary>Reported only: a time says something on a quiet machine.</summary>
    private static string Slowest()
    {
        var prompt = Worst(20_000, SecondsOf).Prompt;
        var seconds = Enumerable.Range(0, 201).Select(_ => SecondsOf(prompt)).Order().ToList();
        return $"{seconds[100] * 1e6:0} us (median of 201) for: {prompt[..80]}...";
    }

    private static (string Prompt, double Cost) Worst(int rounds, Func<string, double> costOf)
    {
        var random = new Random(Seed);
        var worst = (Prompt: Repeated("house "), Cost: 0d);
        foreach (var prompt in Fragments.Select(Repeated)) Try(prompt);
        for (var i = 0; i < rounds; i++) Try(Mutated(worst.Prompt, random));
        return worst;

        // The least of some: what is rented may have to be made once, and a machine may stop for a moment.
        void Try(string prompt)
        {
            if (costOf(prompt) <= worst.Cost) return;
            var cost = Enumerable.Range(0, 5).Min(_ => costOf(prompt));
            if (cost > worst.Cost) worst = (prompt, cost);
        }
    }

    private static string Repeated(string fragment) =>
        string.Concat(Enumerable.Repeat(fragment, (Longest / fragment.Length) + 1))[..Longest];

    /// <summary>Some of it is written over with fragments, once or many times in a row.</summary>
    private static string Mutated(string prompt, Random random)
    {
        var times = random.Next(3) == 0 ? random.Next(2, 30) : 1;
        var patch = string.Concat(Enumerable.Repeat(Fragments[random.Next(Fragments.Length)], times));
        var at = random.Next(Longest);
        return (prompt[..at] + patch + prompt[at..])[..Longest];
    }

    private static double BytesOf(string prompt)
    {
        var brief = new DesignBrief(prompt);
        var before = GC.GetAllocatedBytesForCurrentThread();
        DesignGenerator.Generate(brief);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static double SecondsOf(string prompt)
    {
        var brief = new DesignBrief(prompt);
        var started = Stopwatch.GetTimestamp();
        DesignGenerator.Generate(brief);
        return Stopwatch.GetElapsedTime(started).TotalSeconds;
    }
}
