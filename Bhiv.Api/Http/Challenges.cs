using System.Text;

namespace Bhiv.Api.Http;

/// <summary>The values of <c>WWW-Authenticate</c>.</summary>
internal static class Challenges
{
    public const string ApiKey = "ApiKey realm=\"bhiv\"";

    public const string Bearer = "Bearer realm=\"bhiv\"";

    /// <summary>
    /// The challenge for a refused credential. A request that brought no token is told no error (RFC 6750 §3.1).
    /// </summary>
    public static string For(Refusal refusal)
    {
        var challenge = new StringBuilder(refusal.Credential == CredentialRefusal.ApiKey ? ApiKey : Bearer);
        if (refusal.Type.Error is not null)
            challenge.Append(", error=\"").Append(refusal.Type.Error)
                .Append("\", error_description=\"").Append(refusal.Detail ?? refusal.Type.Title).Append('"');
        return challenge.ToString();
    }
}
