namespace Bhiv.Domain.ApiKeys;

/// <summary>Section <c>ApiKeys</c>.</summary>
public sealed class ApiKeyOptions
{
    /// <summary>
    /// What the key in <c>API_KEY</c> may be used for: everything by default. Fewer scopes are less to lose with it.
    /// </summary>
    public Scopes BootstrapScopes { get; init; } = Scopes.All;
}
