using System.Text;
using System.Text.RegularExpressions;

namespace Bhiv.Api.Monitoring;

/// <summary>
/// The one way out to Sentry: whatever wrote a credential into a report, and wherever it stands there, it is known by its shape and
/// leaves as asterisks. As many as it had characters, because an envelope says the length of what it holds.
/// </summary>
internal sealed partial class CredentialMask : HttpClientHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Content is { } content)
        {
            // A byte is a character, so that nothing is lost of what is no credential.
            var text = Encoding.Latin1.GetString(await content.ReadAsByteArrayAsync(cancellationToken));
            var masked = new ByteArrayContent(Encoding.Latin1.GetBytes(Masked(text)));
            foreach (var (name, values) in content.Headers) masked.Headers.TryAddWithoutValidation(name, values);
            request.Content = masked;
        }
        return await base.SendAsync(request, cancellationToken);
    }

    /// <summary>The SDK does not call it; if it ever does, nothing leaves unmasked.</summary>
    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    internal static string Masked(string text) => Credential().Replace(text, found => new string('*', found.Length));

    /// <summary>A JWT, whole or without its signature; a key of ours; what <c>openssl rand -hex</c> makes a secret of.</summary>
    [GeneratedRegex(@"eyJ[A-Za-z0-9_-]{4,}\.[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]*)?|bhiv[-_][A-Za-z0-9_-]{8,}|[0-9A-Fa-f]{48,}", RegexOptions.NonBacktracking)]
    private static partial Regex Credential();
}
