using Bhiv.Application.Designs.Vocabulary;
using CsCheck;

namespace Bhiv.Tests.Designs;

/// <summary>Prompts of any kind: such as people write, pieces of them in any order, and noise.</summary>
internal static class RandomPrompts
{
    private static readonly (string Phrases, Meaning Meaning)[] Rows =
        [.. BuildingWords.Rows, .. RoomWords.Rows, .. ProductWords.Rows, .. MaterialWords.Rows, .. DetailWords.Rows];

    private static readonly Gen<string> Phrase = Gen.OneOf([.. Rows.SelectMany(row => row.Phrases.Split('|')).Distinct()]);

    private static readonly Gen<string> Subject = Gen.OneOf(
    [
        .. Rows.Where(row => row.Meaning is Subject { DesignType: not DesignTypes.Foreign }).SelectMany(row => row.Phrases.Split('|')).Distinct(),
    ]);

    /// <summary>What has a meaning of its own: numbers, units, words that join and words that deny, and slips.</summary>
    private static readonly Gen<string> Fragment = Gen.OneOf(
        "0", "-3", "2", "12", "99999999999999999999", "1e9 m", "5,5", "२ m", "2 x 0.1 m", "1 x 9000 ft", "12 x 9 m", "40 ft by 30 ft",
        "x", "by", "m", "sq ft", "storeys", "3-storey", "13 floors", "200 storey", "1000 storeys", "G+", "G+2", "2 upper floors", "2BHK",
        "4 bedrooms", "kitchen 1 x 1 m", "30 rooms", "total area 1 m2", "1 acre", "2000 sq ft", "plot", "height 3 m", "ceiling height 50 m",
        "8 m deep", "9 m wide", "1000 m long", "0.1 m long", "0.01 m high", "8 m high", "no", "not", "without", "non", "instead of", ",", ".",
        "with", "and", "of", "in", "near", "design", "tell me", "'", "\"", "\0", "\ud83d", "🏠");

    private static readonly Gen<string> Noise = Gen.String[0, 30];

    private static readonly Gen<string> Pieces =
        Gen.Frequency((5, Phrase), (5, Fragment), (1, Noise)).Array[0, 12].Select(pieces => string.Join(' ', pieces));

    public static readonly Gen<string> Any = Gen.Frequency(
        (8, Gen.Select(Gen.OneOf("", "Design a ", "modern "), Subject, Pieces).Select((verb, subject, pieces) => $"{verb}{subject} {pieces}")),
        (4, Gen.Select(Pieces, Subject, Pieces).Select((before, subject, after) => $"{before} {subject} {after}")),
        (1, Pieces),
        (1, Noise));

    /// <summary>A prompt that asks for things and denies one that it asks nowhere for.</summary>
    public static readonly Gen<(string Prompt, string Denied)> Denials = Gen.Select(
            Gen.OneOf(
                "house", "3-storey villa", "office building", "20 storey tower", "warehouse", "hospital", "living room", "conference room", "bicycle"),
            Asked().Array[0, 3],
            Gen.OneOf(" without a {0}", ", no {0}", " but no {0}", " and without any {0}", ". I don't want a {0}"),
            Asked())
        .Where((_, asked, _, denied) => Array.TrueForAll(asked, it => it.Name != denied.Name))
        .Select((subject, asked, denial, denied) => (
            subject + (asked.Length > 0 ? " with " + string.Join(" and ", asked.Select(it => it.Phrase)) : "")
                + denial.Replace("{0}", denied.Phrase, StringComparison.Ordinal),
            denied.Name));

    /// <summary>Features, rooms and materials; only phrases that mean one of these, and whose name is that of no subject above.</summary>
    private static Gen<(string Phrase, string Name)> Asked()
    {
        var named = Rows.Where(row => row.Meaning is Feature or Room or Material)
            .SelectMany(row => row.Phrases.Split('|').Select(phrase => (Phrase: phrase, Name: NameOf(row.Meaning)))).Distinct().ToList();
        var meanings = named.CountBy(it => it.Phrase).ToDictionary();
        return Gen.OneOf([.. named.Where(it => meanings[it.Phrase] == 1 && it.Name is not ("living_room" or "meeting_room"))]);
    }

    private static string NameOf(Meaning meaning) => meaning switch
    {
        Feature feature => feature.Name,
        Room room => room.Type,
        _ => ((Material)meaning).Type,
    };
}
