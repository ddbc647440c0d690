using System.Text.Json.Nodes;
using Bhiv.Domain.Accounts;
using Bhiv.Domain.ApiKeys;
using Bhiv.Domain.Audit;
using Bhiv.Domain.SigningKeys;
using Bhiv.Domain.Tokens;
using Bhiv.Infrastructure.Tokens;
using Bhiv.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Bhiv.Tests.Tokens;

/// <summary>Who explains says first what the validator says, of whatever is wrong with a token and in whatever combination.</summary>
public sealed class TokenInspectorTests
{
    private const string Secret = "a secret of at least thirty-two bytes";

    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly Account Account = Account.FromEnvironment(AccountName.Of("Alice"), new PasswordHash("hash"), Now);
    private static readonly SigningKeyRing Ring = new(new SigningKeySet(new SigningKey(Secret)));
    private static readonly TokenOptions Policy = new();
    private static readonly JwtTokens Tokens = new(Ring, Policy, new Alarms(TimeProvider.System), NullLogger<JwtTokens>.Instance);
    private static readonly TokenInspector Inspector = new(Ring, Policy);
    private static readonly Session Session = Session.Start(Account, new Caller(ClientId.Default), Ring.Active.Id, Policy, Now);

    private static readonly Action<JsonObject>[] Changes =
    [
        _ => { },
        claims => claims["type"] = "other",
        claims => claims["iss"] = "somebody",
        claims => claims.Remove("exp"),
        claims => claims["iat"] = Now.ToUnixTimeSeconds() + 60,
        claims => claims["exp"] = Now.ToUnixTimeSeconds() + 90_000_000,
        claims => (claims["iat"], claims["exp"]) = (Now.ToUnixTimeSeconds() - 60, Now.ToUnixTimeSeconds()),
        claims => claims["sub"] = 7,
        claims => claims.Remove("jti"),
        claims => claims["sid"] = Guid.Empty.ToString(),
    ];

    private static readonly string?[] Headers =
    [
        null, """{"alg":"HS256"}""", """{"alg":"none"}""", """{"alg":"HS256","crit":["exp"]}""", """{"alg":"HS256","kid":"gone"}""", """{"alg":"\ud800"}""", "[]",
    ];

    private static IEnumerable<string> All()
    {
        foreach (var whole in new[] { Tokens.Issue(Session, Account), Tokens.Issue(Session) })
        {
            foreach (var one in Changes)
            {
                foreach (var other in Changes)
                {
                    foreach (var header in Headers)
                    {
                        foreach (var secret in new[] { Secret, "another secret" })
                            yield return HandMadeJwt.Forge(whole, claims => { one(claims); other(claims); }, secret, header);
                    }
                }
            }
            for (var length = 0; length < whole.Length; length++) yield return whole[..length];
            foreach (var added in new[] { ".", "=", " ", "A", new string('A', 4096) }) yield return whole + added;
        }
        foreach (var payload in new[] { """{"type":"access","type":"access"}""", """{"type":"\ud800"}""", "[]", "null", "{}x", "" })
        {
            yield return HandMadeJwt.Sign("""{"alg":"HS256"}""", payload, Secret);
            yield return HandMadeJwt.Sign("""{"alg":"HS256"}""", payload, "another secret");
        }
        foreach (var garbage in new[] { "", ".", "..", "...", "a.b.c", "not a token", "e30.e30." }) yield return garbage;
    }

    [Test]
    public void The_first_fault_is_the_one_that_the_validator_tells()
    {
        var (count, faults) = (0, new HashSet<TokenFault?>());
        foreach (var token in All())
        {
            var found = Inspector.Inspect(token, Now);
            var told = found.Claims?.Type == UnverifiedToken.Refresh ? FaultOf(Tokens.Read(token, Now)) : FaultOf(Tokens.Validate(token, Now));

            Assert.That(found.Faults.Cast<TokenFault?>().FirstOrDefault(), Is.EqualTo(told), token);
            faults.Add(told);
            count++;
        }
        Assert.That((count > 2_000, faults.Count), Is.EqualTo((true, Enum.GetValues<TokenFault>().Length + 1)));
    }

    [Test]
    public void What_the_validator_calls_malformed_shows_in_one_of_the_checks()
    {
        foreach (var token in All())
        {
            var found = Inspector.Inspect(token, Now);
            var shows = !found.IsWellFormed || found.Header is not { IsUnderstood: true } || !found.AreClaimsWhole
                || found.Claims is not { } said || !(said.ExpiresAt > said.IssuedAt);

            Assert.That(found.Faults.Contains(TokenFault.Malformed), Is.EqualTo(shows), token);
        }
    }

    private static TokenFault? FaultOf<TClaims>(TokenReading<TClaims> reading) =>
        (reading as TokenReading<TClaims>.Refused)?.Fault;
}
