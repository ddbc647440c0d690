namespace Bhiv.Domain.ApiKeys;

/// <summary>
/// The API keys as they stand now. An implementation answers from memory (every request asks) and compares in fixed time. It knows at
/// once what this process changed, and within the bound of the change feed what others did.
/// </summary>
public interface IApiKeys
{
    /// <summary>What is known of the key that <paramref name="presented"/> is, or null when it is none.</summary>
    KnownApiKey? Find(PlainTextApiKey presented);

    /// <summary>Whether it is worth while to mark the key as used: not when it was a moment ago.</summary>
    bool IsUseNews(ApiKeyId id, DateTimeOffset now);

    /// <summary>The key was accepted just now. Kept in memory and written in batches: a crash may lose the last seconds.</summary>
    void MarkUsed(ApiKeyUse use);

    /// <summary>What the environment says, from now on.</summary>
    void Replace(EnvironmentApiKeys environment);

    /// <summary>The variable that holds the key in the environment of this process; null of any other.</summary>
    string? NameOf(ApiKeyId id);
}

/// <summary>When a key was last accepted, and from whom.</summary>
public sealed record ApiKeyUse(ApiKeyId Id, DateTimeOffset At, string? Address, string? UserAgent);

/// <summary>The keys of client <c>default</c> that the environment names: <c>API_KEY</c> and <c>API_KEY_PREVIOUS</c>.</summary>
public sealed record EnvironmentApiKeys(PlainTextApiKey Current, PlainTextApiKey? Previous = null)
{
    /// <summary>Each once.</summary>
    public IReadOnlyList<PlainTextApiKey> All { get; } =
        [.. new[] { Current, Previous }.OfType<PlainTextApiKey>().DistinctBy(key => key.Hash)];
}

/// <param name="RotateBy">By when its owner shall have replaced it.</param>
public sealed record KnownApiKey(ApiKey Key, Client Client, DateTimeOffset RotateBy)
{
    public ApiKeyState Judge(DateTimeOffset now) => Key.Judge(Client, now);
}
