using System.Text;

namespace Bhiv.Api.Monitoring;

/// <summary>
/// The one way out to Sentry: whatever wrote a credential into a report, and wherever it stands there, <see cref="CredentialShapes"/>
/// masks it. What is masked keeps its length, which an envelope says.
/// </summary>
internal sealed class CredentialMask : HttpClientHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Content is { } content)
        {
            // A byte is a character, so that nothing is lost of what is no credential.
            var text = Encoding.Latin1.GetString(await content.ReadAsByteArrayAsync(cancellationToken));
            var masked = new ByteArrayContent(Encoding.Latin1.GetBytes(CredentialShapes.Mask(text)));
            foreach (var (name, values) in content.Headers) masked.Headers.TryAddWithoutValidation(name, values);
            request.Content = masked;
        }
        return await base.SendAsync(request, cancellationToken);
    }

    /// <summary>The SDK does not call it; if it ever does, nothing leaves unmasked.</summary>
    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken) =>
        throw new NotSupportedException();
}
