using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Bhiv.Tests.Support;

namespace Bhiv.Tests.Tokens;

/// <summary>
/// The attacks on JWTs that have been published (RFC 8725 §2 and the shapes that Wycheproof collects for JWS), made from a live token and
/// tried at the door.
/// </summary>
public sealed class KnownAttackTests
{
    private static readonly (string What, Func<string, string> Make)[] Attacks =
    [
        .. new[] { "none", "None", "NONE", "nOnE", "", "HS256 ", " HS256", "HS384", "HS512", "RS256", "ES256", "PS256", "EdDSA", "dir", "A128KW" }
            .Select(alg => ($"alg {alg}", (Func<string, string>)(token => WithHeader(token, $$"""{"alg":"{{alg}}","typ":"JWT"}""")))),
        ("alg none without a signature", token => Unsigned(token, """{"alg":"none"}""")),
        ("alg HS256 without a signature", token => Unsigned(token, """{"alg":"HS256"}""")),
        ("alg null", token => WithHeader(token, """{"alg":null}""")),
        ("alg in an array", token => WithHeader(token, """{"alg":["HS256"]}""")),
        ("alg in another case", token => WithHeader(token, """{"ALG":"HS256"}""")),
        ("no alg", token => WithHeader(token, "{}")),
        ("alg twice, the second escaped", token => WithHeader(token, """{"alg":"HS256","\u0061lg":"none"}""")),
        ("a critical extension", token => WithHeader(token, """{"alg":"HS256","crit":["x"],"x":1}""")),
        ("a payload that is not encoded", token => WithHeader(token, """{"alg":"HS256","b64":false,"crit":["b64"]}""")),
        ("a compressed payload", token => WithHeader(token, """{"alg":"HS256","zip":"DEF"}""")),
        ("a key in the token", token => WithHeader(token, """{"alg":"HS256","jwk":{"kty":"oct","k":"eW91ci0yNTYtYml0LXNlY3JldC1rZXk"}}""")),
        ("a key by reference", token => WithHeader(token, """{"alg":"HS256","jku":"http://127.0.0.1/keys"}""")),
        ("a certificate by reference", token => WithHeader(token, """{"alg":"HS256","x5u":"http://127.0.0.1/cert"}""")),
        ("a certificate in the token", token => WithHeader(token, """{"alg":"HS256","x5c":["MIIB"]}""")),
        ("a key id that is a path", token => WithHeader(token, """{"alg":"HS256","kid":"../../../../dev/null"}""")),
        ("a key id that is SQL", token => WithHeader(token, """{"alg":"HS256","kid":"x' UNION SELECT 'key'--"}""")),
        ("a token in a token", token => WithHeader(token, """{"alg":"HS256","cty":"JWT"}""")),
        ("a header with a byte order mark", token => WithHeader(token, "\uFEFF{\"alg\":\"HS256\"}")),
        ("a header with white space around it is well formed, with more behind it not", token => WithHeader(token, """{"alg":"HS256"} {}""")),
        ("the empty key", token => HandMadeJwt.Forge(token, _ => { }, "")),
        ("the key id as the key", token => HandMadeJwt.Forge(token, _ => { }, HandMadeJwt.Header(token).GetProperty("kid").GetString()!)),
        ("the key in base64", token => HandMadeJwt.Forge(token, _ => { }, Convert.ToBase64String(Encoding.UTF8.GetBytes(Calls.JwtSecret)))),
        ("SHA-384 under HS256", token => Resign(token, (key, data) => HMACSHA384.HashData(key, data))),
        ("SHA-512 cut to 256 bits", token => Resign(token, (key, data) => HMACSHA512.HashData(key, data)[..32])),
        ("a plain hash", token => Resign(token, (key, data) => SHA256.HashData([.. key, .. data]))),
        ("half a signature", token => Resign(token, (key, data) => HMACSHA256.HashData(key, data)[..16])),
        ("a signature and a byte", token => Resign(token, (key, data) => [.. HMACSHA256.HashData(key, data), 0])),
        ("a signature of the payload alone", token => Resign(token, (key, data) => HMACSHA256.HashData(key, data[(Array.IndexOf(data, (byte)'.') + 1)..]))),
        ("a signature of zeros", token => Resign(token, (_, _) => new byte[32])),
        ("five parts", token => token + ".e30.e30"),
        ("two parts", token => token[..token.LastIndexOf('.')]),
        ("JSON serialisation", token => Json(token)),
        ("padding", token => token + "="),
        ("the other alphabet", token => token.Replace('-', '+').Replace('_', '/') + "+"),
        ("a null character behind it", token => token + "%00"),
        ("a comma and another", token => token + "," + token),
    ];

    private static IEnumerable<TestCaseData> Cases => Attacks.Select(attack => new TestCaseData(attack.Make).SetArgDisplayNames(attack.What));

    private BhivService service = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => service = await BhivService.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await service.DisposeAsync();

    [TestCaseSource(nameof(Cases))]
    public async Task It_does_not_get_in(Func<string, string> attack)
    {
        var login = await service.Client.LoginAsync();

        var generate = await service.Client.GenerateAsync(attack(login.AccessToken));
        var refresh = await service.Client.RefreshAsync(attack(login.RefreshToken));

        Assert.That(generate.Code, Is.EqualTo("invalid_token"));
        Assert.That(refresh.Code, Is.EqualTo("invalid_refresh_token"));
    }

    [Test]
    public async Task The_way_in_which_the_attacks_are_made_makes_good_tokens_too()
    {
        var login = await service.Client.LoginAsync();
        var made = WithHeader(login.AccessToken, """{"alg":"HS256"}""");
        var signed = Resign(login.AccessToken, (key, data) => HMACSHA256.HashData(key, data));

        Assert.That((await service.Client.GenerateAsync(made)).Status, Is.EqualTo(System.Net.HttpStatusCode.OK));
        Assert.That(signed, Is.EqualTo(login.AccessToken));
    }

    [TestCase("?access_token=")]
    [TestCase("?token=")]
    [TestCase("?authorization=Bearer%20")]
    public async Task A_token_in_the_query_string_is_no_token(string query)
    {
        var login = await service.Client.LoginAsync();

        var answer = await service.Client.PostAsync(Calls.Generate + query + login.AccessToken, new { prompt = "Office" });

        Assert.That(answer.Code, Is.EqualTo("missing_token"));
    }

    private static string WithHeader(string token, string header) => HandMadeJwt.Forge(token, _ => { }, header: header);

    private static string Unsigned(string token, string header) =>
        $"{HandMadeJwt.Encode(Encoding.UTF8.GetBytes(header))}.{token.Split('.')[1]}.";

    private static string Resign(string token, Func<byte[], byte[], byte[]> sign)
    {
        var signed = token[..token.LastIndexOf('.')];
        return $"{signed}.{HandMadeJwt.Encode(sign(Encoding.UTF8.GetBytes(Calls.JwtSecret), Encoding.ASCII.GetBytes(signed)))}";
    }

    private static string Json(string token)
    {
        var parts = token.Split('.');
        return JsonSerializer.Serialize(new { payload = parts[1], @protected = parts[0], signature = parts[2] });
    }
}
