using System.Text;
using System.Text.RegularExpressions;

namespace Bhiv.Tests.Support;

/// <summary>
/// Every secret that any service of this run has used: signing secrets, API keys, passwords, tokens that were issued. None of them may
/// stand in a database, a log or an answer but the one that hands it out. The <c>secret</c> of a session's row is none: it is worth
/// nothing without a signing key, and is stored by design.
/// </summary>
internal static partial class UsedSecrets
{
    private static readonly string[] Variables =
        ["JWT_SECRET", "JWT_SECRET_PREVIOUS", "JWT_SECRET_NEXT", "API_KEY", "API_KEY_PREVIOUS", "DEMO_PASSWORD"];

    private static readonly SecretScanner Scanner = new();

    static UsedSecrets()
    {
        AddText("JWT_SECRET of the runbook", Calls.JwtSecret);
        AddText("API_KEY of the runbook", Calls.ApiKey);
        AddText("DEMO_PASSWORD of the runbook", "bhiv2024");
    }

    public static void AddText(string name, string secret) => Scanner.Add(name, Encoding.UTF8.GetBytes(secret));

    /// <summary>What a process is given: by its variables, or in the files that they name.</summary>
    public static void AddOf(IReadOnlyDictionary<string, string> environment)
    {
        foreach (var name in Variables)
        {
            if (environment.TryGetValue(name, out var value)) AddText(name, value);
            if (environment.TryGetValue(name + "_FILE", out var path)) AddText(name, TextOf(path).TrimEnd());
        }
    }

    /// <summary>What a line shows to whoever started the process: values by names that are a secret's.</summary>
    public static void AddNamed(string line)
    {
        foreach (Match secret in Named().Matches(line)) AddText(secret.Groups[1].Value, secret.Groups[2].Value);
    }

    /// <summary>Each token and key in a text that hands them out.</summary>
    /// <returns>The text without them.</returns>
    public static string AddHandedOut(string text)
    {
        foreach (Match token in Tokens().Matches(text))
        {
            // Head and claims are no secret; whoever has the signature has the token.
            AddText("a token", token.Groups[1].Value);
            try
            {
                Scanner.Add("the signature of a token", System.Buffers.Text.Base64Url.DecodeFromChars(token.Groups[1].ValueSpan));
            }
            catch (FormatException)
            {
                // Somebody's forgery.
            }
        }
        // The id before it is public.
        foreach (Match key in ApiKeys().Matches(text)) AddText("an API key", key.Groups[1].Value);
        foreach (Match password in OneTimePasswords().Matches(text)) AddText("a one-time password", password.Value);
        return OneTimePasswords().Replace(ApiKeys().Replace(Tokens().Replace(text, ""), ""), "");
    }

    /// <summary>An answer hands out what was asked of it, and carries no other secret.</summary>
    public static void Judge(HttpResponseMessage response, string body)
    {
        var (method, path) = (response.RequestMessage!.Method, response.RequestMessage.RequestUri!.AbsolutePath);
        // It fills in what the runbook publishes.
        if (path == "/openapi.json" || path.StartsWith("/swagger", StringComparison.Ordinal)) return;
        if (response.IsSuccessStatusCode && method == HttpMethod.Post && HandsOut(path)) body = AddHandedOut(body);
        AssertNoneIn(body, $"the answer to {method} {path}");
    }

    public static void AssertNoneIn(string text, string where) => AssertNoneIn(Encoding.UTF8.GetBytes(text), where);

    public static void AssertNoneInDatabases(string directory)
    {
        var everywhere = new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true };
        foreach (var file in Directory.EnumerateFiles(directory, "*.db*", everywhere)) AssertNoneIn(File.ReadAllBytes(file), file);
    }

    private static void AssertNoneIn(ReadOnlySpan<byte> bytes, string where)
    {
        if (Scanner.Find(bytes) is var (what, at)) throw new AssertionException($"{what} stands in {where}, at {at}.");
    }

    private static string TextOf(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // A test of what cannot be read.
            return "";
        }
    }

    private static bool HandsOut(string path) =>
        path is Calls.Login or Calls.Refresh || path.StartsWith("/api/v1/api-keys", StringComparison.Ordinal) || path.StartsWith(Calls.Accounts, StringComparison.Ordinal);

    [GeneratedRegex(@"\beyJ[\w-]+\.[\w-]+\.([\w-]{43})\b")]
    private static partial Regex Tokens();

    [GeneratedRegex(@"\b([0-9a-hjkmnp-tv-z]{5}-){3}[0-9a-hjkmnp-tv-z]{5}\b")]
    private static partial Regex OneTimePasswords();

    [GeneratedRegex("bhiv_[0-9A-Za-z]{12}_([0-9A-Za-z]{33})")]
    private static partial Regex ApiKeys();

    [GeneratedRegex("""\b(\w*(?:secret|api_key|password)\w*)"?[:=] *"?([^\s",]+)""", RegexOptions.IgnoreCase)]
    private static partial Regex Named();
}
