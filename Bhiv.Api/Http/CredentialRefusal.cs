using Bhiv.Domain.Accounts;
using Microsoft.AspNetCore.Authentication;

namespace Bhiv.Api.Http;

/// <summary>
/// Why an authentication handler failed, carried to the one place that answers. It is made and never thrown: a bad credential
/// is no exception, and <see cref="AuthenticateResult.Fail(Exception)"/> has no other shape for a reason.
/// </summary>
/// <param name="account">Whose credential it is, where that is certain.</param>
internal sealed class CredentialRefusal(ProblemType type, string? detail = null, AccountId? account = null)
    : Exception(detail ?? type.Title)
{
    /// <summary>Names the API key in <c>refusals</c>.</summary>
    public const string ApiKey = "api_key";

    /// <summary>Names the access token in <c>refusals</c>.</summary>
    public const string AccessToken = "access_token";

    /// <summary>What each can be refused with.</summary>
    public static readonly IReadOnlyDictionary<string, IReadOnlyList<ProblemType>> Types =
        new Dictionary<string, IReadOnlyList<ProblemType>>
        {
            [ApiKey] =
            [
                ProblemType.MissingApiKey, ProblemType.InvalidApiKey, ProblemType.ExpiredApiKey, ProblemType.RevokedApiKey,
                ProblemType.InsufficientScope,
            ],
            [AccessToken] =
            [
                ProblemType.MissingToken, ProblemType.InvalidToken, ProblemType.ExpiredToken, ProblemType.RevokedToken,
                ProblemType.WrongClient, ProblemType.Forbidden, ProblemType.Unavailable,
            ],
        };

    public ProblemType Type { get; } = type;

    public string? Detail { get; } = detail;

    public AccountId? Account { get; } = account;
}
