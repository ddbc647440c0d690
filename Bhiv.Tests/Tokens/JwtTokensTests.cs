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

public sealed class JwtTokensTests
{
    private const string Secret = "a secret of at least thirty-two bytes";

    private static readonly DateTimeOffset Start = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero).AddMicroseconds(999_999);
    private static readonly Account Account = Account.FromEnvironment(AccountName.Of("Alice"), new PasswordHash("hash"), Start);
    private static readonly SigningKeyRing Ring = new(new SigningKeySet(new SigningKey(Secret)));
    private static readonly JwtTokens Tokens = TokensOf(new TokenOptions());
    private static readonly Session Session =
        Session.Start(Account, new Caller(ClientId.Default), Ring.Active.Id, new TokenOptions(), Start);

    [Test]
    public void An_access_token_says_what_the_contract_says()
    {
        var token = Tokens.Issue(Session, Account);
        var claims = HandMadeJwt.Payload(token);

        Assert.That(HandMadeJwt.Verifies(token, Secret), Is.True);
        Assert.That(HandMadeJwt.Header(token).ToString(), Is.EqualTo($$"""{"typ":"JWT","alg":"HS256","kid":"{{Ring.Active.Id}}"}"""));
        Assert.That(claims.EnumerateObject().Select(claim => claim.Name), Is.EquivalentTo(
            new[] { "sub", "username", "type", "sid", "client_id", "roles", "jti", "iss", "iat", "exp" }));
        Assert.That(claims.GetProperty("sub").GetString(), Is.EqualTo(Account.Id.Value.ToString("D").ToLowerInvariant()));
        Assert.That(claims.GetProperty("username").GetString(), Is.EqualTo("Alice"));
        Assert.That(claims.GetProperty("type").GetString(), Is.EqualTo("access"));
        Assert.That(claims.GetProperty("client_id").GetString(), Is.EqualTo("default"));
        Assert.That(claims.GetProperty("roles").EnumerateArray().Select(role => role.GetString()), Is.EqualTo(new[] { "admin" }));
        Assert.That(claims.GetProperty("iat").GetInt64(), Is.EqualTo(Start.ToUnixTimeSeconds()));
        Assert.That(claims.GetProperty("exp").GetInt64(), Is.EqualTo(Start.ToUnixTimeSeconds() + 900));
    }

    [Test]
    public void A_refresh_token_says_what_the_contract_says()
    {
        var token = Tokens.Issue(Session);
        var claims = HandMadeJwt.Payload(token);

        Assert.That(HandMadeJwt.Verifies(token, Secret), Is.True);
        Assert.That(claims.EnumerateObject().Select(claim => claim.Name), Is.EquivalentTo(
            new[] { "sub", "type", "sid", "gen", "jti", "iss", "iat", "exp" }));
        Assert.That(claims.GetProperty("type").GetString(), Is.EqualTo("refresh"));
        Assert.That(claims.GetProperty("gen").GetInt64(), Is.Zero);
        Assert.That(claims.GetProperty("exp").GetInt64(), Is.EqualTo(Session.ExpiresAt.ToUnixTimeSeconds()));
    }

    [Test]
    public void The_same_session_gives_the_same_tokens_to_the_byte()
    {
        Assert.That(Tokens.Issue(Session), Is.EqualTo(Tokens.Issue(Session)));
        Assert.That(Tokens.Issue(Session, Account), Is.EqualTo(Tokens.Issue(Session, Account)));
    }

    [Test]
    public void An_audience_is_written_and_demanded_when_it_is_configured()
    {
        var audience = TokensOf(new TokenOptions { Audience = "designs" });
        var token = audience.Issue(Session, Account);

        Assert.That(HandMadeJwt.Payload(token).GetProperty("aud").GetString(), Is.EqualTo("designs"));
        Assert.That(audience.Validate(token, Start), Is.TypeOf<TokenReading<AccessTokenClaims>.Valid>());
        Assert.That(FaultOf(audience.Validate(Tokens.Issue(Session, Account), Start)), Is.EqualTo(TokenFault.WrongIssuer));
    }

    [Test]
    public void It_is_good_until_it_expires_and_not_at_that_instant()
    {
        var token = Tokens.Issue(Session, Account);
        var expiry = DateTimeOffset.FromUnixTimeSeconds(Start.ToUnixTimeSeconds() + 900);

        Assert.That(
            Tokens.Validate(token, expiry - TimeSpan.FromMicroseconds(1)), Is.TypeOf<TokenReading<AccessTokenClaims>.Valid>());
        Assert.That(FaultOf(Tokens.Validate(token, expiry)), Is.EqualTo(TokenFault.Expired));
    }

    [TestCase(5_000_000, null)]
    [TestCase(5_000_001, TokenFault.NotYetValid)]
    public void It_may_be_ahead_of_this_clock_by_the_skew_and_no_more(long microseconds, TokenFault? fault)
    {
        var issuedAt = DateTimeOffset.FromUnixTimeSeconds(Start.ToUnixTimeSeconds());

        Assert.That(
            FaultOf(Tokens.Validate(Tokens.Issue(Session, Account), issuedAt.AddMicroseconds(-microseconds))), Is.EqualTo(fault));
    }

    [Test]
    public void Neither_kind_is_taken_in_the_others_place()
    {
        Assert.That(FaultOf(Tokens.Validate(Tokens.Issue(Session), Start)), Is.EqualTo(TokenFault.WrongType));
        Assert.That(FaultOf(Tokens.Read(Tokens.Issue(Session, Account), Start)), Is.EqualTo(TokenFault.WrongType));
    }

    [TestCase("""{"alg":"HS256","typ":"JWT"}""", null)]
    [TestCase("""{"alg":"HS256"}""", null)]
    [TestCase("""{"alg":"none"}""", TokenFault.Malformed)]
    [TestCase("""{"alg":"hs256"}""", TokenFault.Malformed)]
    [TestCase("""{"alg":"HS512"}""", TokenFault.Malformed)]
    [TestCase("""{"alg":"RS256"}""", TokenFault.Malformed)]
    [TestCase("""{"alg":["HS256"]}""", TokenFault.Malformed)]
    [TestCase("""{"typ":"JWT"}""", TokenFault.Malformed)]
    [TestCase("""{"alg":"HS256","typ":"at+jwt"}""", TokenFault.Malformed)]
    [TestCase("""{"alg":"HS256","alg":"HS256"}""", TokenFault.Malformed)]
    [TestCase("""{"alg":"none","alg":"HS256"}""", TokenFault.Malformed)]
    [TestCase("""{"alg":"HS256","typ":"JWT","typ":"JWT"}""", TokenFault.Malformed)]
    [TestCase("""{"alg":"HS256","kid":"a","kid":"a"}""", TokenFault.Malformed)]
    [TestCase("""{"alg":"HS256","kid":null}""", TokenFault.Malformed)]
    [TestCase("""{"alg":"HS256","crit":["exp"]}""", TokenFault.Malformed)]
    [TestCase("""{"alg":"HS256","zip":"DEF"}""", TokenFault.Malformed)]
    [TestCase("""{"alg":"HS256","jku":"https://example.com"}""", TokenFault.Malformed)]
    [TestCase("""{"alg":"HS256","jwk":{"kty":"oct","k":"AA"}}""", TokenFault.Malformed)]
    [TestCase("""{"alg":"HS256","kid":7}""", TokenFault.Malformed)]
    [TestCase("""{"alg":"HS256","kid":"../../etc/passwd"}""", TokenFault.BadSignature)]
    [TestCase("""["HS256"]""", TokenFault.Malformed)]
    [TestCase("HS256", TokenFault.Malformed)]
    public void A_well_signed_token_is_judged_by_its_header_first(string header, TokenFault? fault)
    {
        var token = HandMadeJwt.Forge(Tokens.Issue(Session, Account), _ => { }, Secret, header);

        Assert.That(FaultOf(Tokens.Validate(token, Start)), Is.EqualTo(fault));
    }

    private static readonly (string What, Action<JsonObject> Change, TokenFault Fault)[] BadClaims =
    [
        ("no sub", claims => claims.Remove("sub"), TokenFault.Malformed),
        ("sub that is no id", claims => claims["sub"] = "admin", TokenFault.Malformed),
        ("no sid", claims => claims.Remove("sid"), TokenFault.Malformed),
        ("no type", claims => claims.Remove("type"), TokenFault.WrongType),
        ("no client_id", claims => claims.Remove("client_id"), TokenFault.Malformed),
        ("no roles", claims => claims.Remove("roles"), TokenFault.Malformed),
        ("roles as text", claims => claims["roles"] = "admin", TokenFault.Malformed),
        ("roles of numbers", claims => claims["roles"] = new JsonArray(1), TokenFault.Malformed),
        ("no jti", claims => claims.Remove("jti"), TokenFault.Malformed),
        ("no iss", claims => claims.Remove("iss"), TokenFault.WrongIssuer),
        ("another iss", claims => claims["iss"] = "other", TokenFault.WrongIssuer),
        ("no exp", claims => claims.Remove("exp"), TokenFault.Malformed),
        ("no iat", claims => claims.Remove("iat"), TokenFault.Malformed),
        ("exp as text", claims => claims["exp"] = claims["exp"]!.ToString(), TokenFault.Malformed),
        ("exp as a fraction", claims => claims["exp"] = claims["exp"]!.GetValue<long>() + 0.5, TokenFault.Malformed),
        ("exp with an exponent", claims => claims["exp"] = JsonNode.Parse("2e9"), TokenFault.Malformed),
        ("exp beyond all numbers", claims => claims["exp"] = JsonNode.Parse("99999999999999999999"), TokenFault.Malformed),
        ("exp beyond all dates", claims => claims["exp"] = 999_999_999_999L, TokenFault.Malformed),
        ("iat before 1970", claims => claims["iat"] = -1, TokenFault.Malformed),
        ("exp before iat", claims => claims["exp"] = claims["iat"]!.GetValue<long>() - 1, TokenFault.Malformed),
        ("a second too long", claims => claims["exp"] = claims["exp"]!.GetValue<long>() + 1, TokenFault.LifetimeTooLong),
        ("the year 2099", claims => claims["exp"] = 4_070_908_800L, TokenFault.LifetimeTooLong),
    ];

    [TestCaseSource(nameof(BadClaims))]
    public void A_well_signed_token_with_a_bad_claim_is_refused((string What, Action<JsonObject> Change, TokenFault Fault) bad)
    {
        var token = HandMadeJwt.Forge(Tokens.Issue(Session, Account), bad.Change, Secret);

        Assert.That(FaultOf(Tokens.Validate(token, Start)), Is.EqualTo(bad.Fault), bad.What);
    }

    [TestCase("""{"type":"access","type":"access"}""", TokenFault.Malformed)]
    [TestCase("""{"type":"\ud800"}""", TokenFault.Malformed)]
    [TestCase("[]", TokenFault.Malformed)]
    [TestCase("null", TokenFault.Malformed)]
    [TestCase("{}x", TokenFault.Malformed)]
    [TestCase("", TokenFault.Malformed)]
    public void A_well_signed_payload_that_is_no_plain_object_is_refused(string payload, TokenFault fault)
    {
        var token = HandMadeJwt.Sign("""{"alg":"HS256"}""", payload, Secret);

        Assert.That(FaultOf(Tokens.Validate(token, Start)), Is.EqualTo(fault));
    }

    [TestCase("")]
    [TestCase(".")]
    [TestCase("..")]
    [TestCase("...")]
    [TestCase("a.b.c")]
    [TestCase("not a token")]
    [TestCase("e30.e30.")]
    public void Garbage_is_malformed(string token) =>
        Assert.That(FaultOf(Tokens.Validate(token, Start)), Is.EqualTo(TokenFault.Malformed));

    [Test]
    public void A_token_has_one_spelling()
    {
        var token = Tokens.Issue(Session, Account);
        var parts = token.Split('.');
        // The last character of a signature carries two bits that no byte has.
        const string alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        var twin = token[..^1] + alphabet[alphabet.IndexOf(token[^1], StringComparison.Ordinal) ^ 1];

        Assert.That(FaultOf(Tokens.Validate(token, Start)), Is.Null);
        foreach (var other in new[]
        {
            twin, token + "=", token + " ", " " + token, token + "\n", token + ".", token + "." + parts[2],
            $"{parts[0]}=.{parts[1]}.{parts[2]}", $"{parts[0]}. {parts[1]}.{parts[2]}", $"{parts[0]}.{parts[1]}.", new string('a', 5000),
        })
        {
            Assert.That(FaultOf(Tokens.Validate(other, Start)), Is.EqualTo(TokenFault.Malformed), other);
        }
    }

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(2)]
    public void A_payload_has_one_spelling_even_when_it_is_well_signed(int spaces)
    {
        const string alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        var payload = HandMadeJwt.Payload(Tokens.Issue(Session, Account)).GetRawText() + new string(' ', spaces);
        var segment = HandMadeJwt.Encode(System.Text.Encoding.UTF8.GetBytes(payload));
        var twin = segment[..^1] + alphabet[alphabet.IndexOf(segment[^1], StringComparison.Ordinal) ^ 1];

        Assert.That(FaultOf(Tokens.Validate(SignSegment(segment), Start)), Is.Null);
        // In a segment of full quartets every bit counts: the twin is another payload and breaks its last brace or space.
        Assert.That(FaultOf(Tokens.Validate(SignSegment(twin), Start)), Is.EqualTo(TokenFault.Malformed));
    }

    private static string SignSegment(string payload)
    {
        var signed = HandMadeJwt.Encode("""{"alg":"HS256"}"""u8.ToArray()) + "." + payload;
        return signed + "." + HandMadeJwt.Encode(System.Security.Cryptography.HMACSHA256.HashData(
            System.Text.Encoding.UTF8.GetBytes(Secret), System.Text.Encoding.ASCII.GetBytes(signed)));
    }

    [Test]
    public void A_changed_bit_anywhere_is_refused()
    {
        var token = Tokens.Issue(Session, Account);
        for (var index = 0; index < token.Length; index++)
        {
            var changed = token[..index] + (token[index] == 'A' ? 'B' : 'A') + token[(index + 1)..];
            Assert.That(FaultOf(Tokens.Validate(changed, Start)), Is.Not.Null, $"position {index}");
        }
    }

    [Test]
    public void Another_secret_signs_nothing_for_this_one_and_is_told_from_a_key_that_has_gone()
    {
        var token = Tokens.Issue(Session, Account);

        Assert.That(FaultOf(By("another secret")), Is.EqualTo(TokenFault.Forged));
        Assert.That(FaultOf(By("another secret", """{"alg":"HS256","kid":"gone"}""")), Is.EqualTo(TokenFault.BadSignature));
        Assert.That(FaultOf(By("another secret", """{"alg":"HS256"}""")), Is.EqualTo(TokenFault.BadSignature));
        Assert.That(FaultOf(Tokens.Validate(token.AsSpan(..^3), Start)), Is.EqualTo(TokenFault.BadSignature), "cut off");

        TokenReading<AccessTokenClaims> By(string secret, string? header = null) =>
            Tokens.Validate(HandMadeJwt.Forge(token, _ => { }, secret, header), Start);
    }

    private static JwtTokens TokensOf(TokenOptions options) =>
        new(Ring, options, new Alarms(TimeProvider.System), NullLogger<JwtTokens>.Instance);

    private static TokenFault? FaultOf<TClaims>(TokenReading<TClaims> reading) =>
        (reading as TokenReading<TClaims>.Refused)?.Fault;
}
