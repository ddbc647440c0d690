using System.Diagnostics;
using System.Security.Claims;
using Bhiv.Api.Http;
using Bhiv.Domain;
using Bhiv.Domain.Tokens;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.IdentityModel.Tokens;

namespace Bhiv.Api.Tokens;

/// <summary>
/// Lets the JwtBearer scheme ask the one validator there is; the parameters that the scheme brings play no part.
/// </summary>
internal sealed class AccessTokenHandler(IAccessTokens accessTokens, TimeProvider time) : TokenHandler
{
    public override Task<TokenValidationResult> ValidateTokenAsync(
        string token, TokenValidationParameters validationParameters) =>
        Task.FromResult(accessTokens.Validate(token, time.Now()) switch
        {
            TokenReading<AccessTokenClaims>.Valid(var claims) => Accept(claims),
            TokenReading<AccessTokenClaims>.Refused(var fault) => Refuse(fault),
            _ => throw new UnreachableException(),
        });

    private static TokenValidationResult Accept(AccessTokenClaims claims) => new()
    {
        IsValid = true,
        SecurityToken = new AcceptedToken(claims),
        ClaimsIdentity = new ClaimsIdentity(
            [
                new Claim(ClaimNames.Subject, claims.AccountId.ToString()),
                new Claim(ClaimNames.Username, claims.Username),
                new Claim(ClaimNames.SessionId, claims.SessionId.ToString()),
                new Claim(ClaimNames.ClientId, claims.ClientId.Value),
                .. claims.Roles.Select(role => new Claim(ClaimNames.Roles, role)),
            ],
            JwtBearerDefaults.AuthenticationScheme,
            ClaimNames.Username,
            ClaimNames.Roles),
    };

    private static TokenValidationResult Refuse(TokenFault fault) => new()
    {
        IsValid = false,
        Exception = fault switch
        {
            TokenFault.Expired => new CredentialRefusal(ProblemType.ExpiredToken),
            TokenFault.Malformed => Invalid("It is not an access token of this service."),
            TokenFault.BadSignature => Invalid("Its signature is not by a signing key of this service."),
            TokenFault.WrongType => Invalid("It is not an access token; a refresh token is good for a refresh alone."),
            TokenFault.WrongIssuer => Invalid("It was issued by or for another service."),
            TokenFault.NotYetValid => Invalid("It says that it was issued in the future; compare the clocks."),
            TokenFault.LifetimeTooLong => Invalid("It is valid for longer than this service allows."),
            _ => throw new UnreachableException(),
        },
    };

    private static CredentialRefusal Invalid(string detail) => new(ProblemType.InvalidToken, detail);

    /// <summary>The scheme reads the times from it and nothing else.</summary>
    private sealed class AcceptedToken(AccessTokenClaims claims) : SecurityToken
    {
        public override string Id => claims.TokenId;

        public override string Issuer => string.Empty;

        public override SecurityKey SecurityKey => throw new NotSupportedException();

        public override SecurityKey SigningKey
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override DateTime ValidFrom => claims.IssuedAt.UtcDateTime;

        public override DateTime ValidTo => claims.ExpiresAt.UtcDateTime;
    }
}
