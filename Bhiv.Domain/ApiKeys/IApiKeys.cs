namespace Bhiv.Domain.ApiKeys;

/// <summary>
/// The API keys that are good now. An implementation answers from memory (every request asks) and compares in fixed time.
/// </summary>
public interface IApiKeys
{
    /// <summary>The key that <paramref name="presented"/> is, or null when it is none.</summary>
    ApiKey? Find(PlainTextApiKey presented);
}
