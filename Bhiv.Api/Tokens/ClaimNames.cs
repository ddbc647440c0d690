namespace Bhiv.Api.Tokens;

/// <summary>The claims of the principals here, named as in the access token.</summary>
internal static class ClaimNames
{
    public const string Subject = "sub";
    public const string Username = "username";
    public const string SessionId = "sid";
    public const string ClientId = "client_id";
    public const string Roles = "roles";
}
