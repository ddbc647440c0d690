namespace Bhiv.Domain.ApiKeys;

/// <summary>A key that is good now: whose it is and what it may be used for.</summary>
public sealed record ApiKey(ClientId Client, Scopes Scopes)
{
    public bool Has(Scopes scope) => Scopes.HasFlag(scope);
}
