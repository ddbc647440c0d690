using Bhiv.Application.Designs.Reading;
using Bhiv.Application.Designs.Vocabulary;

namespace Bhiv.Application.Designs.Understanding;

/// <summary>
/// Finds what is to be designed among all the things a prompt names. English puts the main noun last in its phrase (an office
/// chair, a residential villa), and the main phrase before its attributes (a villa with a kitchen).
/// </summary>
internal sealed class SubjectFinder(Prompt prompt, Scan scan)
{
    private static readonly WordSet Links = new(
        "with", "in", "on", "for", "of", "at", "having", "featuring", "that", "which", "from", "to", "and", "using", "made",
        "including", "has", "plus", "where", "containing", "or", "inside", "within", "into", ":",
        "avec", "mit", "con", "et", "und", "y");

    private static readonly WordSet Inside = new("in", "inside", "within");

    /// <summary>What follows these is scenery: an office near the hospital is no hospital.</summary>
    private static readonly WordSet Asides =
        new("near", "beside", "behind", "opposite", "facing", "around", "overlooking", "next");

    private readonly record struct Candidate(Match Match, Subject Subject, int Phrase, bool IsAside, bool IsCounted)
    {
        /// <summary>"Apartment, 3 beds" means the apartment, "4 chairs" the chairs: counted things yield to others.</summary>
        public int Rank => IsCounted && Subject.IsProduct ? -1 : (int)Subject.Weight;

        public bool IsGenericBuilding => Subject is { IsBuilding: true, Weight: Weight.Generic };

        public bool IsKindOfBuilding =>
            Subject is { IsBuilding: true, Weight: not Weight.Generic } && Match.As<Feature>() is null;
    }

    public Match? Find(out Subject? subject)
    {
        var candidates = Candidates(match => !match.Negated);
        if (candidates.Count == 0) candidates = Candidates(IsNounOfADenial);
        if (candidates.Exists(candidate => !candidate.IsAside)) candidates.RemoveAll(candidate => candidate.IsAside);
        subject = null;
        if (candidates.Count == 0) return null;
        var head = Head(candidates);
        if (head.IsGenericBuilding) head = Refined(candidates, head);
        subject = RoomWithin(candidates, head) ?? head.Subject;
        return head.Match;
    }

    /// <summary>The last of the most telling ones in the first phrase.</summary>
    private static Candidate Head(List<Candidate> candidates)
    {
        var head = candidates[0];
        foreach (var next in candidates)
            if (next.Phrase == head.Phrase && next.Rank >= head.Rank) head = next;
        return head;
    }

    /// <summary>"A building for a school": the kind stands in a later phrase. A garage there is only a feature.</summary>
    private static Candidate Refined(List<Candidate> candidates, Candidate head)
    {
        foreach (var candidate in candidates)
            if (candidate.Phrase > head.Phrase && candidate.IsKindOfBuilding) return candidate;
        return head;
    }

    /// <summary>"An office space inside a building": that building stands, and the room in it is designed.</summary>
    private Subject? RoomWithin(List<Candidate> candidates, Candidate head)
    {
        if (head.Match.As<Room>() is not { } room) return null;
        if (head.Subject is not { IsBuilding: true, BuildingType: not "residential" }) return null;
        foreach (var other in candidates)
            if (other.Phrase > head.Phrase && other.Subject.IsBuilding && FollowsInside(other.Match.Span.First))
                return head.Subject with { DesignType = DesignTypes.Interior, Subtype = room.Type };
        return null;
    }

    /// <summary>With an article and an adjective between at most.</summary>
    private bool FollowsInside(int first)
    {
        for (var i = first - 1; i >= Math.Max(0, first - 3) && !prompt.Tokens[i].EndsClause; i--)
            if (Inside.Contains(prompt.Tokens[i].Text)) return true;
        return false;
    }

    /// <summary>"No garage house" denies the garage; "no house" and "don't build a house" deny the house.</summary>
    private bool IsNounOfADenial(Match match) => match.As<Subject>() is { IsBuilding: true } && match.As<Feature>() is null
        && prompt.At(match.Span.First - 1) is { } before && before.Negated
        && !Words.Fillers.Contains(before.Text) && !Words.Verbs.Contains(before.Text);

    private List<Candidate> Candidates(Func<Match, bool> isEligible)
    {
        var found = new List<Candidate>(scan.Matches.Length);
        var (phrase, isAside, at) = (0, false, 0);
        foreach (var match in scan.Matches)
        {
            for (; at < match.Span.First; at++)
            {
                var token = prompt.Tokens[at];
                if (!Asides.Contains(token.Text) && !Links.Contains(token.Text) && !token.EndsClause) continue;
                phrase++;
                isAside = Asides.Contains(token.Text) || (isAside && token.Is("of"));
            }

            at = match.Span.End;
            if (!isEligible(match) || SubjectOf(match) is not { } subject) continue;
            found.Add(new Candidate(match, subject, phrase, isAside, scan.CountOf(match, out _) is not null));
        }

        return found;
    }

    /// <summary>"3 bed 2 bath" and "4 bed with garage" are dwellings, and no beds.</summary>
    private bool IsOfADwelling(Match match) => prompt.Tokens[match.Span.First].Is("bed") && scan.CountOf(match, out _) is not null
        && Array.Exists(scan.Wanted, other => other.As<Room>() is not null || other.As<Feature>() is not null);

    /// <summary>Counted rooms are rooms of something else: "3 bedrooms, villa" asks for the villa.</summary>
    private Subject? SubjectOf(Match match)
    {
        var subject = match.As<Subject>();
        if (subject is not { IsInterior: true }) return IsOfADwelling(match) ? null : subject;
        var isCounted = scan.CountOf(match, out _) is not null || prompt.Tokens[match.Span.End - 1].IsPlural;
        return isCounted ? null : subject;
    }
}
