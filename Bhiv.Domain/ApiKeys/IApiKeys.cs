namespace Bhiv.Domain.ApiKeys;

/// <summary>
/// The API keys that are good now. An implementation answers from memory (every request asks) and compares in fixed time.
/// </summary>
public interface IApiKeys
{
    /// <summary>The client that owns <paramref name="presented"/>, or null when no client does.</summary>
    ClientId? FindClient(PlainTextApiKey presented);
}
