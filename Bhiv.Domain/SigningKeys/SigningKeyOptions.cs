namespace Bhiv.Domain.SigningKeys;

/// <summary>Section <c>SigningKeys</c>.</summary>
public sealed class SigningKeyOptions
{
    /// <summary>How old a signing key may become before it is told to be due: 90 days by default. An older one goes on signing.</summary>
    public TimeSpan RotateAfter { get; init; } = TimeSpan.FromDays(90);
}
