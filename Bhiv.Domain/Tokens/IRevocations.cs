namespace Bhiv.Domain.Tokens;

/// <summary>
/// Knows at once what this process revoked, and within a bound (<see cref="TokenOptions.MaxStaleness"/>) what others did.
/// An implementation answers from memory.
/// </summary>
public interface IRevocations
{
    /// <summary>
    /// Due before a key is judged: what others revoked of keys and signing keys is known when it returns, within the bound.
    /// </summary>
    /// <exception cref="StoreUnavailableException">It cannot be known.</exception>
    ValueTask CatchUpAsync(CancellationToken cancellationToken);

    /// <summary>Whether the session of a valid access token was ended.</summary>
    /// <exception cref="StoreUnavailableException">What others revoked cannot be known within the bound: nobody guesses.
    /// </exception>
    ValueTask<bool> IsRevokedAsync(AccessTokenClaims token, CancellationToken cancellationToken);
}
