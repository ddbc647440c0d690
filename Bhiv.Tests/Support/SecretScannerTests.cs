using System.Security.Cryptography;
using System.Text;

namespace Bhiv.Tests.Support;

public sealed class SecretScannerTests
{
    /// <summary>Random bytes, and such as have a + and a / at every alignment in base64.</summary>
    private static readonly byte[][] Secrets =
    [
        Encoding.UTF8.GetBytes("bhiv2024"), Encoding.UTF8.GetBytes("the kettle sang twice"), RandomNumberGenerator.GetBytes(9),
        RandomNumberGenerator.GetBytes(32), [.. Enumerable.Repeat((byte)0xfb, 30)], [.. Enumerable.Repeat((byte)0xff, 31)],
    ];

    [Test]
    public void A_secret_is_found_in_every_encoding_at_every_alignment_whatever_stands_around_it(
        [Values("raw", "base64", "base64url", "hex", "HEX")] string encoding)
    {
        foreach (var secret in Secrets)
        {
            var scanner = new SecretScanner();
            scanner.Add("it", secret);
            for (var before = 0; before < 9; before++)
            {
                for (var after = 0; after < 4; after++)
                {
                    byte[] text = [.. RandomNumberGenerator.GetBytes(before), .. secret, .. RandomNumberGenerator.GetBytes(after)];

                    var found = scanner.Find([.. "and before that"u8[..(before + after)], .. Encode(encoding, text), .. "and behind it"u8]);

                    Assert.That(found?.What, Does.StartWith("it"), $"{secret.Length} bytes with {before} before and {after} behind");
                }
            }
        }
    }

    [Test]
    public void What_is_cut_off_behind_its_sixteenth_character_is_found_and_what_is_cut_off_sooner_is_not([Values(15, 16, 24)] int length)
    {
        var scanner = new SecretScanner();
        scanner.Add("it", "the kettle sang twice, and then once more"u8);

        Assert.That(scanner.Find("the kettle sang twice, and then once more"u8[..length]), length >= 16 ? Is.Not.Null : Is.Null);
    }

    [Test]
    public void Each_of_many_is_found_and_nothing_where_there_is_none()
    {
        var scanner = new SecretScanner();
        var secrets = Enumerable.Range(0, 1_000).Select(_ => RandomNumberGenerator.GetBytes(32)).ToList();
        foreach (var secret in secrets) scanner.Add("it", secret);

        foreach (var secret in secrets) Assert.That(scanner.Find(Encode("base64", secret)), Is.Not.Null);
        Assert.That(scanner.Find(RandomNumberGenerator.GetBytes(1_000_000)), Is.Null);
        Assert.That(scanner.Find(new byte[1_000_000]), Is.Null);
        Assert.That(scanner.Find([]), Is.Null);
    }

    /// <summary>What hands tokens and keys out is told from what carries them besides.</summary>
    [Test]
    public void Only_what_an_answer_hands_out_may_stand_in_it()
    {
        var token = HandMadeJwt.Sign("""{"alg":"HS256"}""", """{"sub":"somebody"}""", "a secret of nobody");
        Judge(Calls.Login, $$"""{"access_token":"{{token}}"}""");

        Assert.That(() => Judge(Calls.Login, $$"""{"access_token":"{{token}}"}"""), Throws.Nothing);
        Assert.That(() => Judge(Calls.Me, $$"""{"name":"{{token}}"}"""), Throws.TypeOf<AssertionException>());
        Assert.That(() => Judge(Calls.Login, $$"""{"access_token":"{{token}}","name":"{{Calls.ApiKey}}"}"""), Throws.TypeOf<AssertionException>());

        static void Judge(string path, string body)
        {
            using var response = new HttpResponseMessage
            {
                RequestMessage = new HttpRequestMessage(HttpMethod.Post, new Uri("http://localhost" + path)),
            };
            UsedSecrets.Judge(response, body);
        }
    }

    private static byte[] Encode(string encoding, byte[] text) => encoding switch
    {
        "raw" => text,
        "base64" => Encoding.ASCII.GetBytes(Convert.ToBase64String(text)),
        "base64url" => Encoding.ASCII.GetBytes(HandMadeJwt.Encode(text)),
        "hex" => Encoding.ASCII.GetBytes(Convert.ToHexStringLower(text)),
        _ => Encoding.ASCII.GetBytes(Convert.ToHexString(text)),
    };
}
