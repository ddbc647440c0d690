using Bhiv.Api.Http;
using Bhiv.Application.Explaining;

namespace Bhiv.Api.Explaining;

/// <summary>
/// Explains a refusal by its code: the one list of them says what each means and what mends it, and this one which check leads to it.
/// </summary>
internal static class CodeExplainer
{
    private const string AskToken = " The token itself, explained, says when and why.";
    private const string AskKey = " The key itself, explained, says since when.";
    private const string Body = "No check of a credential: ";

    /// <summary>Which check leads to it.</summary>
    public static readonly IReadOnlyDictionary<ProblemType, string> Checks = new Dictionary<ProblemType, string>
    {
        [ProblemType.MissingApiKey] = "The API key, before all others: there is no X-API-Key header, or it is empty.",
        [ProblemType.InvalidApiKey] = "checksum, then key, of the API key: no client has it." + AskKey,
        [ProblemType.ExpiredApiKey] = "expiry of the API key, when it is neither revoked nor its client disabled." + AskKey,
        [ProblemType.RevokedApiKey] = "revoked of the API key, then client: disabled." + AskKey,
        [ProblemType.MissingToken] = "The access token, before all others: there is no Authorization header, or it is not Bearer.",
        [ProblemType.InvalidToken] = "shape, header, signature, type, issuer, issued at, lifetime or claims of the access token, whichever fails first." + AskToken,
        [ProblemType.ExpiredToken] = "expiry of the access token, the last that it is judged by itself." + AskToken,
        [ProblemType.RevokedToken] = "session state of the access token, after its expiry: its session, or every one of its account or of everybody, was ended." + AskToken,
        [ProblemType.WrongClient] = "client of the access token, when key and token are each good: the session is another client's than the key.",
        [ProblemType.InsufficientScope] = "scopes of the API key, when the key is good.",
        [ProblemType.Forbidden] = "account of the access token, when both credentials are good: its roles as they are now.",
        [ProblemType.InvalidCredentials] = "name, password and account of a login. The caller is not told which; the row of the trace id has the reason.",
        [ProblemType.PasswordChangeRequired] = "account of a login, after its password: that is right, a one-time one, and came without a new_password.",
        [ProblemType.InvalidRefreshToken] =
            "shape, header, signature, type, issuer, issued at or claims of the refresh token; then session, owner and generation: gone, of another client, never given out or ahead." + AskToken,
        [ProblemType.ExpiredRefreshToken] = "expiry of the refresh token, or session state." + AskToken,
        [ProblemType.RevokedRefreshToken] = "session state of the refresh token: ended before its time." + AskToken,
        [ProblemType.RefreshTokenReused] = "generation of the refresh token: an old one, or the one before the present beyond the leeway." + AskToken,
        [ProblemType.TooManyAttempts] = "the throttle of logins, after the API key and before the account and the password. The row of the trace id says whose login it was.",
        [ProblemType.RateLimited] = "The number of requests of the last minute, before any credential is judged.",
        [ProblemType.HttpsRequired] = "The transport, before everything else: Http:Proxies names who may end TLS.",
        [ProblemType.ValidationFailed] = Body + "a field of the body, by its name in errors.",
        [ProblemType.MalformedBody] = Body + "the body as a whole, before any field.",
        [ProblemType.NotADesign] = Body + "what the prompt was understood to be.",
        [ProblemType.NotFound] = Body + "the path, or the thing that it names, which others may have.",
        [ProblemType.Conflict] = Body + "the state of what the call names, at the moment of the write.",
        [ProblemType.MethodNotAllowed] = Body + "the method, after the path.",
        [ProblemType.RequestTimeout] = Body + "the time that the body took, or the whole of the call.",
        [ProblemType.PayloadTooLarge] = Body + "the size of the body, before it is read.",
        [ProblemType.UnsupportedMediaType] = Body + "the Content-Type, before the body is read.",
        [ProblemType.InternalError] = Body + "an exception that nobody expected; the log has it under the trace id.",
        [ProblemType.Unavailable] = Body + "the database, or that what was revoked lately is known. The log and /health say since when.",
    };

    /// <param name="detail">What was said of this one case.</param>
    /// <param name="others">What else the call was refused for.</param>
    /// <param name="rows">What was kept of it.</param>
    public static Explanation Explain(
        ProblemType type, string? detail = null, IReadOnlyList<ProblemType>? others = null, IReadOnlyList<Check>? rows = null) => new(
        $"A refusal with status {type.Status}",
        type.Code,
        [
            new Check("failed check", null, Checks[type]),
            .. detail is null ? [] : new[] { new Check("detail", null, detail) },
            .. (others ?? []).Select(other => new Check("refused too", null, $"{other.Code}. {other.Title}. Check: {Checks[other]} Fix: {other.Fix}")),
            .. rows ?? [],
        ]);
}
