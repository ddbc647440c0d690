using Bhiv.Domain.ApiKeys;

namespace Bhiv.Domain.Tokens;

/// <summary>Who is calling: the client by its API key, and where from as far as the connection tells.</summary>
/// <param name="Address">The IP address, as text.</param>
/// <param name="UserAgent">What the client says of itself; cut to <see cref="MaximumUserAgentLength"/> by the edge.</param>
/// <param name="TraceId">The <c>trace_id</c> of the answer to this call.</param>
public sealed record Caller(ClientId Client, string? Address = null, string? UserAgent = null, string? TraceId = null)
{
    /// <summary>The API key that was accepted.</summary>
    public ApiKeyId? Key { get; init; }

    public const int MaximumUserAgentLength = 256;

    /// <summary>Of an address as text: eight groups, and the name of an interface that a link-local one may end with.</summary>
    public const int MaximumAddressLength = 64;
}
