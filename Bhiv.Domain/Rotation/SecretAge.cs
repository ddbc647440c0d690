using Bhiv.Domain.ApiKeys;

namespace Bhiv.Domain.Rotation;

/// <summary>How old a secret is that is in use, and by when it shall be replaced.</summary>
/// <param name="Name">The variable that holds it; <see cref="ApiKey"/> of one that the store has.</param>
/// <param name="Id">The <c>kid</c> of a signing key, the id of an API key.</param>
/// <param name="Client">Whose API key it is; null of a signing key.</param>
/// <param name="Since">When it was made, or first seen.</param>
/// <param name="RotateBy">Null of one that has been replaced: it only waits to be taken away.</param>
public sealed record SecretAge(string Name, string Id, ClientId? Client, DateTimeOffset Since, DateTimeOffset? RotateBy)
{
    public const string JwtSecret = "JWT_SECRET";
    public const string JwtSecretPrevious = "JWT_SECRET_PREVIOUS";
    public const string JwtSecretNext = "JWT_SECRET_NEXT";
    public const string EnvironmentApiKey = "API_KEY";
    public const string EnvironmentApiKeyPrevious = "API_KEY_PREVIOUS";
    public const string ApiKey = "api_key";

    /// <summary>In days before it is due: each is a warning.</summary>
    public static readonly IReadOnlyList<int> WarnedAt = [10, 3, 1];

    /// <summary>From when on whoever has it is told.</summary>
    public static readonly TimeSpan Notice = TimeSpan.FromDays(WarnedAt[0]);

    /// <summary>None at all by a clock that was set back to before it was first seen.</summary>
    public TimeSpan Age(DateTimeOffset now) => now > Since ? now - Since : TimeSpan.Zero;

    /// <summary>Negative when it is overdue.</summary>
    public TimeSpan? Left(DateTimeOffset now) => RotateBy - now;

    /// <summary>The warning that is due: the fewest days that it is within, zero when it is overdue; null before the first.</summary>
    public int? Warning(DateTimeOffset now) => Left(now) switch
    {
        null => null,
        var left when left <= TimeSpan.Zero => 0,
        var left => WarnedAt.Where(days => left <= TimeSpan.FromDays(days)).Cast<int?>().Min(),
    };
}
