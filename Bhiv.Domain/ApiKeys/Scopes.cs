namespace Bhiv.Domain.ApiKeys;

/// <summary>What an API key may be used for, whoever the person is that it calls for: a closed set.</summary>
[Flags]
public enum Scopes
{
    None = 0,

    /// <summary>Login, refresh, logout, revocation, and a person's own account and sessions.</summary>
    Auth = 1,

    /// <summary>The protected work.</summary>
    Generate = 2,

    /// <summary>To ask about a token of any client (RFC 7662).</summary>
    Introspect = 4,

    /// <summary>Metrics and the details of health.</summary>
    Ops = 8,

    /// <summary>Administration and the audit log, for an account that has the role.</summary>
    Admin = 16,

    All = Auth | Generate | Introspect | Ops | Admin,
}

/// <summary>Scopes as text: lower-case words with spaces between them (RFC 6749 §3.3).</summary>
public static class ScopesText
{
    public static string ToText(this Scopes scopes) => string.Join(' ', scopes.ToWords());

    /// <summary>Each by itself, in the order in which they are declared.</summary>
    public static IReadOnlyList<string> ToWords(this Scopes scopes) =>
        [.. Words.Where(word => scopes.HasFlag(word.Scope)).Select(word => word.Text)];

    /// <summary>False when a word is no scope, or there is none.</summary>
    public static bool TryParse(string text, out Scopes scopes)
    {
        scopes = Scopes.None;
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var scope = Words.FirstOrDefault(known => known.Text == word).Scope;
            if (scope == Scopes.None) return false;
            scopes |= scope;
        }
        return scopes != Scopes.None;
    }

    /// <summary>The scopes that are known of those in a stored text.</summary>
    public static Scopes OfKnown(string text) => text.Split(' ').Aggregate(
        Scopes.None, (scopes, word) => scopes | Words.FirstOrDefault(known => known.Text == word).Scope);

    private static readonly (Scopes Scope, string Text)[] Words =
    [
        (Scopes.Auth, "auth"), (Scopes.Generate, "generate"), (Scopes.Introspect, "introspect"), (Scopes.Ops, "ops"),
        (Scopes.Admin, "admin"),
    ];
}
