namespace Bhiv.Domain.ApiKeys;

/// <summary>Section <c>ApiKeys</c>.</summary>
public sealed class ApiKeyOptions
{
    /// <summary>
    /// What the keys in <c>API_KEY</c> and <c>API_KEY_PREVIOUS</c> may be used for: everything by default. Fewer scopes are less to lose with them.
    /// </summary>
    public Scopes BootstrapScopes { get; init; } = Scopes.All;

    /// <summary>
    /// How old a key may become: 30 days by default. A new key expires then unless it is asked for otherwise; one of the environment is
    /// told to be due, and goes on being good.
    /// </summary>
    public TimeSpan RotateAfter { get; init; } = TimeSpan.FromDays(30);

    /// <summary>How long a key is still good after it was rotated: 7 days by default.</summary>
    public TimeSpan Overlap { get; init; } = TimeSpan.FromDays(7);
}
