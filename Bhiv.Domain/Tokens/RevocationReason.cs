namespace Bhiv.Domain.Tokens;

/// <summary>Why sessions were ended before their time.</summary>
public enum RevocationReason
{
    /// <summary>The person left, here or everywhere.</summary>
    Logout,

    /// <summary>The person ended it by its id, from this session or another.</summary>
    EndedByOwner,

    /// <summary>The client gave one of its tokens back (RFC 7009).</summary>
    TokenRevoked,

    /// <summary>A used refresh token came back.</summary>
    Reuse,

    /// <summary>The account got another password, was taken over by the environment, or was disabled.</summary>
    AccountChanged,

    /// <summary>Whoever runs the service ended it.</summary>
    EndedByOperator,

    /// <summary>The API key that it was last refreshed with, or begun, was revoked.</summary>
    ApiKeyRevoked,

    /// <summary>Its client was disabled.</summary>
    ClientDisabled,
}
