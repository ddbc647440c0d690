using System.Security.Claims;
using Bhiv.Domain.Tokens;
using Microsoft.AspNetCore.Authentication.JwtBearer;

namespace Bhiv.Api.Tokens;

/// <summary>
/// The account whose access token was accepted. What the token says is <see cref="Token"/>; the framework's claims, which
/// <c>User.Identity.Name</c> and <c>User.IsInRole</c> read, are made when they are asked for.
/// </summary>
internal sealed class AccessTokenIdentity(AccessTokenClaims token)
    : ClaimsIdentity(JwtBearerDefaults.AuthenticationScheme, Username, Roles)
{
    private const string Username = "username";
    private const string Roles = "roles";

    public AccessTokenClaims Token { get; } = token;

    public override IEnumerable<Claim> Claims =>
    [
        new Claim("sub", Token.AccountId.ToString()),
        new Claim(Username, Token.Username),
        new Claim("sid", Token.SessionId.ToString()),
        new Claim("client_id", Token.ClientId.Value),
        .. Token.Roles.Select(role => new Claim(Roles, role)),
        // What somebody added.
        .. base.Claims,
    ];
}
