using System.Text.RegularExpressions;
using Bhiv.Api.Configuration;

namespace Bhiv.Api.Monitoring;

/// <summary>
/// Knows a credential by its shape, whoever wrote it and wherever it stands: the last look at what leaves the process in a log line or
/// a report. A caller may put a token into a path, and a library a key into the text of an exception. What has no such shape (a
/// password, a key in words) is kept out where it is handled, and not here.
/// </summary>
internal static partial class CredentialShapes
{
    /// <summary>The same text, each credential in it as asterisks: as many as it had characters, since some say how long they are.</summary>
    public static string Mask(string text) =>
        Credential().Replace(text, found => found.ValueSpan[0] == '\\' ? found.Value : new string('*', found.Length));

    /// <summary>
    /// A JWT, whole or without its signature; a key of this service; what <c>openssl rand -hex</c> makes a secret of. An escape of JSON
    /// goes first, and stays: its last digits are no part of what follows.
    /// </summary>
    [GeneratedRegex(
        @"\\u[0-9A-Fa-f]{4}|\\[bf]|eyJ[A-Za-z0-9_-]{4,}\.[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]*)?|bhiv_[A-Za-z0-9]+_[A-Za-z0-9]{16,}|[0-9A-Fa-f]{48,}|"
        + Runbook.ApiKey,
        RegexOptions.NonBacktracking)]
    private static partial Regex Credential();
}
