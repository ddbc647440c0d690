using System.Buffers.Text;
using System.Text;
using Bhiv.Api.Configuration;
using Bhiv.Api.Monitoring;
using Bhiv.Tests.Doctor;
using Bhiv.Tests.Support;

namespace Bhiv.Tests.CommandLine;

/// <summary>No output that was approved shows a secret, whoever approved it.</summary>
public sealed class GoldenSecretsTests
{
    private static readonly string[] Secrets =
    [
        Runbook.JwtSecret, Runbook.ApiKey, Runbook.DemoPassword, Scene.Secret, Scene.OtherSecret, Scene.ApiKey, Scene.OtherApiKey,
        "the kettle sang twice", "0a1b2c3d4e5f60718293a4b5c6d7e8f9",
    ];

    private static IEnumerable<string> Files => Directory.GetFiles(Path.Combine(Repository.Root, "Bhiv.Tests"), "*.txt", SearchOption.AllDirectories)
        .Where(file => Path.GetFileName(Path.GetDirectoryName(file)) == "Golden");

    [Test]
    public void No_approved_output_has_a_secret_in_it()
    {
        Assert.That(Files.Count(), Is.GreaterThan(100));

        Assert.That(Files.SelectMany(file => Found(File.ReadAllText(file)).Select(it => $"{file}: {it}")), Is.Empty);
    }

    [TestCaseSource(nameof(Secrets))]
    public void Each_secret_would_be_found_as_it_is_and_in_hex_and_base64_across_the_lines_of_a_table(string secret)
    {
        foreach (var form in Forms(secret)) Assert.That(Found($"account  pass  {form[..5]}\n                        {form[5..]}"), Is.Not.Empty, form);
    }

    [Test]
    public void So_would_a_token_and_a_key_that_was_made_here()
    {
        Assert.That(Found("pass  eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl"), Is.Not.Empty);
        Assert.That(Found("pass  " + Domain.ApiKeys.PlainTextApiKey.Generate().Reveal()), Is.Not.Empty);
    }

    private static IEnumerable<string> Found(string text)
    {
        // As it was before the table wrapped it.
        var whole = string.Concat(text.Split([' ', '\n']));
        foreach (var secret in Secrets)
        {
            if (Forms(secret).Any(form => whole.Contains(form.Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal))) yield return secret;
        }
        if (CredentialShapes.Mask(text) != text) yield return "what has the shape of a credential";
    }

    private static IEnumerable<string> Forms(string secret)
    {
        var bytes = Encoding.UTF8.GetBytes(secret);
        return [secret, Convert.ToHexString(bytes), Convert.ToHexStringLower(bytes), Convert.ToBase64String(bytes).TrimEnd('='), Base64Url.EncodeToString(bytes)];
    }
}
