using System.Buffers.Text;
using System.Text;
using System.Text.RegularExpressions;
using Bhiv.Api.CommandLine;
using Bhiv.Api.Explaining;
using Bhiv.Application.Explaining;
using Bhiv.Tests.Support;

namespace Bhiv.Tests.Explaining;

/// <summary>Asks beside a running service, as the verb does.</summary>
internal static partial class Asking
{
    /// <summary>What is printed; what is random of it is masked.</summary>
    public static async Task<string> ExplainAsync(this BhivService service, string text, bool json = false)
    {
        var thing = ExplainedThing.Of(text);
        Assert.That(thing, Is.Not.InstanceOf<ExplainedThing.Nothing>());
        var said = Print(await Explainer.ExplainAsync(service.Services, thing, CancellationToken.None), json);
        AssertKeeps(said, Calls.ApiKey, Calls.JwtSecret);
        return Uuid().Replace(said, "01990000-0000-7000-8000-000000000000");
    }

    public static string Print(Explanation explanation, bool json = false)
    {
        using var output = new StringWriter { NewLine = "\n" };
        ExplanationWriter.Write(new VerbOutput(output, TextWriter.Null, json, VerbOutput.LeastWidth, styled: false), explanation);
        return output.ToString();
    }

    /// <summary>Neither a token, as it is or by one of its segments, nor the <c>jti</c> of it is told.</summary>
    public static void AssertKeepsToken(string said, string token)
    {
        AssertKeeps(said, [token, .. token.Split('.').Where(segment => segment.Length >= 8)]);
        if (token.Split('.') is [_, var claims, var signature])
        {
            if (TokenId().Match(Encoding.Latin1.GetString(BytesOf(claims))) is { Success: true } id)
            {
                AssertKeeps(said, id.Groups[1].Value);
                AssertKeepsBytes(said, BytesOf(id.Groups[1].Value));
            }
            AssertKeepsBytes(said, BytesOf(signature));
        }
    }

    /// <summary>As they are, in base64 or in hexadecimal, and wrapped at whatever place.</summary>
    public static void AssertKeeps(string said, params string[] secrets)
    {
        foreach (var secret in secrets)
        {
            Assert.That(Joined(said), Does.Not.Contain(secret), "a secret is told as it is");
            AssertKeepsBytes(said, Encoding.UTF8.GetBytes(secret));
        }
    }

    private static void AssertKeepsBytes(string said, byte[] secret)
    {
        if (secret.Length == 0) return;
        foreach (var written in new[] { Convert.ToBase64String(secret).TrimEnd('='), Base64Url.EncodeToString(secret), Convert.ToHexString(secret) })
            Assert.That(Joined(said), Does.Not.Contain(written).IgnoreCase, "a secret is told in other letters");
    }

    private static string Joined(string said) => Spaces().Replace(said, "");

    private static byte[] BytesOf(string segment) => Base64Url.IsValid(segment) ? Base64Url.DecodeFromChars(segment) : [];

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}")]
    private static partial Regex Uuid();

    [GeneratedRegex("\"jti\":\"([^\"]+)\"")]
    private static partial Regex TokenId();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
