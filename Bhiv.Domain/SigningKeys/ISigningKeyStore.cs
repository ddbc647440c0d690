using Bhiv.Domain.Audit;

namespace Bhiv.Domain.SigningKeys;

/// <summary>Remembers signing keys by their ids. What a method says it wrote is committed when it returns.</summary>
public interface ISigningKeyStore
{
    /// <summary>Every key that was ever seen.</summary>
    Task<IReadOnlyList<SigningKeyRecord>> ListAsync(CancellationToken cancellationToken);

    /// <summary>Keeps when each was first seen, and when the active one first signed. What is known stays as it is.</summary>
    Task SeeAsync(SigningKeySet keys, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>
    /// Refuses the tokens of the key for ever, whatever any environment says later; one that was never seen, too. False: it has been
    /// before. It takes no cancellation.
    /// </summary>
    Task<bool> TryMarkCompromisedAsync(string id, AuditEvent recorded);

    /// <summary>What hangs on each key, by its id.</summary>
    Task<IReadOnlyDictionary<string, SigningKeyUse>> CountSessionsAsync(DateTimeOffset now, CancellationToken cancellationToken);
}

/// <summary>What is lost with a key.</summary>
/// <param name="Sessions">Live ones, whose refresh token it signed.</param>
/// <param name="LastExpires">When the last of them expires, unless it is refreshed and so signed anew.</param>
public sealed record SigningKeyUse(int Sessions, DateTimeOffset LastExpires);
