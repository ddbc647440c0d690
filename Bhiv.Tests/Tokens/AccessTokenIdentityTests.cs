using System.Security.Claims;
using Bhiv.Api.Tokens;
using Bhiv.Domain.Accounts;
using Bhiv.Domain.ApiKeys;
using Bhiv.Domain.Tokens;

namespace Bhiv.Tests.Tokens;

public sealed class AccessTokenIdentityTests
{
    [Test]
    public void The_framework_finds_in_it_what_the_token_says()
    {
        var token = new AccessTokenClaims(
            AccountId.New(DateTimeOffset.UnixEpoch), "alice", SessionId.New(DateTimeOffset.UnixEpoch), ClientId.Default, ["admin", "member"], "id", default, default);

        var identity = new AccessTokenIdentity(token);
        identity.AddClaim(new Claim("department", "attic"));
        var user = new ClaimsPrincipal(identity);

        Assert.That(user.Identity!.IsAuthenticated, Is.True);
        Assert.That(user.Identity.Name, Is.EqualTo("alice"));
        Assert.That(user.IsInRole("member"), Is.True);
        Assert.That(user.IsInRole("owner"), Is.False);
        Assert.That(user.FindFirst("sub")?.Value, Is.EqualTo(token.AccountId.ToString()));
        Assert.That(user.FindFirst("sid")?.Value, Is.EqualTo(token.SessionId.ToString()));
        Assert.That(user.HasClaim("department", "attic"), Is.True);
        Assert.That(user.FindFirst("client_id")?.Value, Is.EqualTo("default"));
    }
}
