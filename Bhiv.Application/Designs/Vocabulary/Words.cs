using Bhiv.Application.Designs.Reading;

namespace Bhiv.Application.Designs.Vocabulary;

/// <summary>All that the generator understands, in one lexicon.</summary>
internal static class Words
{
    public static readonly Lexicon<Meaning> All = new(
    [
        .. BuildingWords.Rows, .. RoomWords.Rows, .. ProductWords.Rows, .. MaterialWords.Rows, .. DetailWords.Rows,
        .. OtherLanguageWords.Rows,
    ]);

    /// <summary>Words that ask for work. A greeting or question around one of them does not make the prompt idle talk.</summary>
    public static readonly WordSet Verbs = new(
        "design", "build", "create", "make", "plan", "draw", "want", "need", "generate", "construct", "optimize", "optimise",
        "add", "propose", "suggest", "develop", "sketch", "update", "layout", "renovate", "give");

    /// <summary>What people and machines send to see whether anything answers.</summary>
    public static readonly WordSet Placeholders = new(
        "test", "testing", "prompt", "string", "sample", "example", "description", "specification", "spec", "something",
        "anything", "project", "demo", "foo");

    /// <summary>Words that say nothing to design by: alone they are no prompt, and beside others they do not matter.</summary>
    public static readonly WordSet Fillers = new(
        "a", "an", "the", "in", "on", "at", "of", "for", "to", "with", "and", "or", "this", "that", "my", "me", "us", "our", "i",
        "it", "please", "new", "some", "by", "from", "no", "without", "is", "x", "small", "big", "large", "nice", "total", "area",
        "size", "having", "near", "better", "each", "plot",
        "first", "second", "third", "last", "next", "previous", "recent", "latest", "most", "old", "another", "dummy", "mock",
        "user", "input", "echoed", "core", "pipeline", "storage", "metadata", "structure", "validation", "integration",
        "persistence", "performance", "load", "stress", "smoke", "concurrent", "concurrency", "cache", "e", "end");

    /// <summary>Nothing is missed when such a word is not read.</summary>
    public static bool IsOfCourse(Token word) => Verbs.Contains(word) || Placeholders.Contains(word) || Fillers.Contains(word);

    /// <summary>A prompt that contains one of these tells or asks for words, whatever buildings occur in it.</summary>
    public static readonly Lexicon<bool> Tales = new(
    [
        ("a story|the story|short story|bedtime story|story about|story of|fairy tale|poem|joke|essay|haiku|limerick", true),
    ]);

    /// <summary>A prompt that begins with one of these and asks for no work is talk.</summary>
    public static readonly WordSet Talk = new(
        "hello", "hi", "hey", "thanks", "thank", "what", "whats", "who", "why", "when", "where", "which", "how", "tell",
        "explain", "write", "ignore", "forget", "translate", "say", "sing", "print", "reveal", "is", "are",
        "do", "does", "did", "good", "sorry", "book", "select");
}
