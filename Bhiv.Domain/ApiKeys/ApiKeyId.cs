namespace Bhiv.Domain.ApiKeys;

/// <summary>
/// Identifies an API key: the part of its text that may be shown and logged, or the fingerprint of one from the environment.
/// </summary>
public readonly record struct ApiKeyId(string Value)
{
    public const int MaximumLength = 16;

    public override string ToString() => Value;
}
