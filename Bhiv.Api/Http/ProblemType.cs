namespace Bhiv.Api.Http;

/// <summary>
/// Every refusal there is: a closed set. Clients decide on <see cref="Code"/>; the sentences are for people and may change.
/// </summary>
/// <param name="Code">Stable and unique.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Title">What kind of refusal it is; the same for each occurrence (RFC 9457 §3.1.4).</param>
/// <param name="Fix">What the caller does about it; can be pasted.</param>
/// <param name="Error">OAuth's word for it (RFC 6749 §5.2, RFC 6750 §3.1), where there is one.</param>
internal sealed record ProblemType(string Code, int Status, string Title, string Fix, string? Error = null)
{
    public static readonly ProblemType MissingApiKey = new(
        "missing_api_key", 401, "The API key is missing", "Send the header X-API-Key: <api-key>.", "invalid_client");

    public static readonly ProblemType InvalidApiKey = new(
        "invalid_api_key", 401, "The API key is not valid",
        "Send one X-API-Key header with a key that the service's operator gave out; in Development that is the value of API_KEY.",
        "invalid_client");

    public static readonly ProblemType MissingToken = new(
        "missing_token", 401, "The access token is missing",
        "Log in with POST /api/v1/auth/login and send the header Authorization: Bearer <access_token>.");

    public static readonly ProblemType InvalidToken = new(
        "invalid_token", 401, "The access token is not valid",
        "Log in with POST /api/v1/auth/login and send the access_token exactly as it was received.", "invalid_token");

    public static readonly ProblemType ExpiredToken = new(
        "expired_token", 401, "The access token has expired",
        "Get a new one with POST /api/v1/auth/refresh and the body {\"refresh_token\": \"<refresh_token>\"}.", "invalid_token");

    public static readonly ProblemType WrongClient = new(
        "wrong_client", 401, "The access token belongs to another client",
        "Send the API key of the client that logged in, or log in with this one.", "invalid_token");

    public static readonly ProblemType InvalidCredentials = new(
        "invalid_credentials", 401, "The name or the password is wrong",
        "Check both; in Development they are the values of DEMO_USERNAME and DEMO_PASSWORD.", "invalid_grant");

    public static readonly ProblemType InvalidRefreshToken = new(
        "invalid_refresh_token", 401, "The refresh token is not valid",
        "Send the refresh_token exactly as it was received, with a key of the client that logged in; or log in again.",
        "invalid_grant");

    public static readonly ProblemType ExpiredRefreshToken = new(
        "expired_refresh_token", 401, "The refresh token has expired",
        "Log in again with POST /api/v1/auth/login.", "invalid_grant");

    public static readonly ProblemType RevokedRefreshToken = new(
        "revoked_refresh_token", 401, "The session was ended", "Log in again with POST /api/v1/auth/login.", "invalid_grant");

    public static readonly ProblemType RefreshTokenReused = new(
        "refresh_token_reused", 401, "The refresh token was used before",
        "Use the newest refresh_token; each is good once. If you have it no more, log in again with POST /api/v1/auth/login.",
        "invalid_grant");

    public static readonly ProblemType ValidationFailed = new(
        "validation_failed", 400, "A field is not valid", "Mend the fields that are named in errors.", "invalid_request");

    public static readonly ProblemType MalformedBody = new(
        "malformed_body", 400, "The body cannot be read", "Send one JSON object with the header Content-Type: application/json.",
        "invalid_request");

    public static readonly ProblemType NotADesign = new(
        "not_a_design", 422, "The prompt asks for no design", "Say what to design.");

    public static readonly ProblemType NotFound = new(
        "not_found", 404, "There is nothing here", "Check the path; /openapi.json lists what there is where it is enabled.");

    public static readonly ProblemType MethodNotAllowed = new(
        "method_not_allowed", 405, "The method is not allowed here", "Use a method that the Allow header names.");

    public static readonly ProblemType RequestTimeout = new(
        "request_timeout", 408, "The body came too slowly", "Send the request again.");

    public static readonly ProblemType PayloadTooLarge = new(
        "payload_too_large", 413, "The body is too large", $"Send at most {BodyReader.MaximumSize / 1024} KiB.");

    public static readonly ProblemType UnsupportedMediaType = new(
        "unsupported_media_type", 415, "The body is of a type that is not read here",
        "Send one JSON object with the header Content-Type: application/json.");

    public static readonly ProblemType InternalError = new(
        "internal_error", 500, "Something went wrong here",
        "Try again; if it stays, tell the operator the trace_id.", "server_error");

    public static readonly ProblemType Unavailable = new(
        "unavailable", 503, "The service cannot answer now", "Try again after the seconds in Retry-After.",
        "temporarily_unavailable");

    public static readonly IReadOnlyList<ProblemType> All =
    [
        MissingApiKey, InvalidApiKey, MissingToken, InvalidToken, ExpiredToken, WrongClient, InvalidCredentials,
        InvalidRefreshToken, ExpiredRefreshToken, RevokedRefreshToken, RefreshTokenReused, ValidationFailed, MalformedBody,
        NotADesign, NotFound, MethodNotAllowed, RequestTimeout, PayloadTooLarge, UnsupportedMediaType, InternalError, Unavailable,
    ];

    /// <summary>The refusal that a bare status means, where the framework refused by itself.</summary>
    public static ProblemType? OfStatus(int status) => status switch
    {
        400 => MalformedBody,
        404 => NotFound,
        405 => MethodNotAllowed,
        408 => RequestTimeout,
        413 => PayloadTooLarge,
        415 => UnsupportedMediaType,
        _ => null,
    };
}
