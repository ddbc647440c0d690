namespace Bhiv.Api.Http;

/// <summary>
/// Every refusal there is: a closed set. Clients decide on <see cref="Code"/>; the sentences are for people and may change.
/// </summary>
/// <param name="Code">Stable and unique.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Title">What kind of refusal it is; the same for each occurrence (RFC 9457 §3.1.4).</param>
/// <param name="Meaning">What has happened, for who meets it the first time.</param>
/// <param name="Fix">What the caller does about it; can be pasted.</param>
/// <param name="Error">OAuth's word for it (RFC 6749 §5.2, RFC 6750 §3.1), where there is one.</param>
internal sealed record ProblemType(string Code, int Status, string Title, string Meaning, string Fix, string? Error = null)
{
    public static readonly ProblemType MissingApiKey = new(
        "missing_api_key", 401, "The API key is missing",
        "Every call is made by an application, and this one did not say which.",
        "Send the header X-API-Key: <api-key>.", "invalid_client");

    public static readonly ProblemType InvalidApiKey = new(
        "invalid_api_key", 401, "The API key is not valid",
        "No client has this key, or it was mistyped, or there were two X-API-Key headers, or its bytes were changed on the way. The detail says which.",
        "Send one X-API-Key header with a key that the service's operator gave out; in Development that is the value of API_KEY.",
        "invalid_client");

    public static readonly ProblemType ExpiredApiKey = new(
        "expired_api_key", 401, "The API key has expired",
        "The key was good until it expired: its time was over, or it was rotated and the overlap has passed.",
        "Use the key that took its place, or ask the service's operator for a new one.", "invalid_client");

    public static readonly ProblemType RevokedApiKey = new(
        "revoked_api_key", 401, "The API key was revoked",
        "The service's operator took the key back for ever, or disabled the client that it belongs to. The detail says which.",
        "Ask the service's operator for a new key.", "invalid_client");

    public static readonly ProblemType MissingToken = new(
        "missing_token", 401, "The access token is missing",
        "The call is made for a person, and the Authorization header that says for whom is missing or of another scheme "
        + "than Bearer.",
        "Log in with POST /api/v1/auth/login and send the header Authorization: Bearer <access_token>.");

    public static readonly ProblemType InvalidToken = new(
        "invalid_token", 401, "The access token is not valid",
        "It is not an access token of this service: it is malformed, was changed, is signed by another key, issued by or "
        + "for another service, valid for longer than any token here, or a refresh token. The detail says which.",
        "Log in with POST /api/v1/auth/login and send the access_token exactly as it was received.", "invalid_token");

    public static readonly ProblemType ExpiredToken = new(
        "expired_token", 401, "The access token has expired",
        "Nothing is wrong with the access token but its age.",
        "Get a new one with POST /api/v1/auth/refresh and the body {\"refresh_token\": \"<refresh_token>\"}.", "invalid_token");

    public static readonly ProblemType RevokedToken = new(
        "revoked_token", 401, "The session of the access token was ended",
        "The token has not expired, and the session that it belongs to is over: somebody logged out, revoked one of its tokens "
        + "or ended it from another session, a used refresh token came back, the account was disabled or got another password, or the API "
        + "key or the client was taken out of service.",
        "Log in again with POST /api/v1/auth/login.", "invalid_token");

    public static readonly ProblemType WrongClient = new(
        "wrong_client", 401, "The access token belongs to another client",
        "API key and access token are each good, and belong to different clients. A token works only with a key of the "
        + "client that logged in.",
        "Send the API key of the client that logged in, or log in with this one.", "invalid_token");

    public static readonly ProblemType InsufficientScope = new(
        "insufficient_scope", 403, "The API key lacks the scope for this call",
        "The API key is good, and was not given the scope that this call needs. The detail says which.",
        "Use a key that has the scope. What the key in API_KEY may do, the operator says with ApiKeys:BootstrapScopes.",
        "insufficient_scope");

    public static readonly ProblemType Forbidden = new(
        "forbidden", 403, "The account may not do this",
        "Both credentials are good, and the account behind the access token lacks the role that this call needs: admin. What counts "
        + "is the account as it is now; a role that was given since the token was issued is in the next one.",
        "Log in with an account that has the role, or refresh if it was given just now.", "insufficient_scope");

    public static readonly ProblemType InvalidCredentials = new(
        "invalid_credentials", 401, "The name or the password is wrong",
        "The name is unknown, the password is wrong, or was a one-time one and has expired, or the account is disabled. The answer is the same for "
        + "each, so that nobody learns which names exist.",
        "Check both; in Development they are the values of DEMO_USERNAME and DEMO_PASSWORD.", "invalid_grant");

    public static readonly ProblemType PasswordChangeRequired = new(
        "password_change_required", 403, "The password must be replaced at the login",
        "The password is right and a one-time one: somebody else set it, and it is good for one login, which sets another. Nobody was logged in, and "
        + "nothing of it is spent.",
        "Log in with the same username and password, and a new_password of your own beside them.", "invalid_grant");

    public static readonly ProblemType InvalidRefreshToken = new(
        "invalid_refresh_token", 401, "The refresh token is not valid",
        "It is not a refresh token of this service, or its session belongs to another client or is gone.",
        "Send the refresh_token exactly as it was received, with a key of the client that logged in; or log in again.",
        "invalid_grant");

    public static readonly ProblemType ExpiredRefreshToken = new(
        "expired_refresh_token", 401, "The refresh token has expired",
        "Seven days have passed since the session was last refreshed, or thirty since its login (by default).",
        "Log in again with POST /api/v1/auth/login.", "invalid_grant");

    public static readonly ProblemType RevokedRefreshToken = new(
        "revoked_refresh_token", 401, "The session was ended",
        "The session was ended before its time: somebody logged out, revoked one of its tokens or ended it from another session, "
        + "a used refresh token came back, the account was disabled or got another password, or the API key or the client was taken out of "
        + "service.",
        "Log in again with POST /api/v1/auth/login.", "invalid_grant");

    public static readonly ProblemType RefreshTokenReused = new(
        "refresh_token_reused", 401, "The refresh token was used before",
        "Each refresh token is good once, and this one has been used. A repeated refresh gets the same answer again for a "
        + "few seconds; this came later, or after a newer token had been used. Somebody else may hold a copy.",
        "Use the newest refresh_token; each is good once. If you have it no more, log in again with POST /api/v1/auth/login.",
        "invalid_grant");

    public static readonly ProblemType ValidationFailed = new(
        "validation_failed", 400, "A field is not valid",
        "The body was read, and a field in it is missing, of the wrong type or out of bounds. The member errors says what "
        + "is wrong with each.",
        "Mend the fields that are named in errors.", "invalid_request");

    public static readonly ProblemType MalformedBody = new(
        "malformed_body", 400, "The body cannot be read",
        "The body is empty, cut off, not UTF-8, not one JSON object, has a field twice, or is more than one thing.",
        "Send one JSON object with the header Content-Type: application/json.",
        "invalid_request");

    public static readonly ProblemType NotADesign = new(
        "not_a_design", 422, "The prompt asks for no design",
        "The prompt was understood to be something else: a greeting, a question, a story, an instruction or noise.",
        "Say what to design.");

    public static readonly ProblemType NotFound = new(
        "not_found", 404, "There is nothing here",
        "No endpoint has this path, or what it names is not yours or is gone.",
        "Check the path; /openapi.json lists what there is where it is enabled.");

    public static readonly ProblemType Conflict = new(
        "conflict", 409, "It does not go with what is there",
        "The call is good by itself, and what it names is in a state that it does not go with: the name is taken, the client is "
        + "disabled, or the key is replaced elsewhere or is no longer good. The detail says which.",
        "Look at what there is, with the GET of the same path, and decide again.");

    public static readonly ProblemType MethodNotAllowed = new(
        "method_not_allowed", 405, "The method is not allowed here",
        "The path exists, and not for this method.",
        "Use a method that the Allow header names.");

    public static readonly ProblemType RequestTimeout = new(
        "request_timeout", 408, "The request took too long",
        "Its body did not arrive in time, or there was nothing to answer within thirty seconds. What it asked for may have been done.",
        "Send the request again.");

    public static readonly ProblemType PayloadTooLarge = new(
        "payload_too_large", 413, "The body is too large",
        "No call here needs a body of that size, and it was not read.",
        $"Send at most {BodyReader.MaximumSize / 1024} KiB.");

    public static readonly ProblemType TooManyAttempts = new(
        "too_many_attempts", 429, "Too many failed logins",
        "Logins have failed too often: under this name from this address, from this address, or under this name from addresses that never "
        + "logged in. The password was not looked at, and the answer is the same whether or not there is such an account.",
        "Wait for the seconds in Retry-After, and log in once, with the right password. Each failure doubles the wait, up to fifteen minutes.", "slow_down");

    public static readonly ProblemType RateLimited = new(
        "rate_limited", 429, "Too many requests",
        "This API key has made more requests from this address than the service takes within a minute. Requests without a good key are "
        + "counted together, by their address.",
        "Wait for the seconds in Retry-After. The operator sets the limit with RateLimits:RequestsPerMinute.", "slow_down");

    public static readonly ProblemType HttpsRequired = new(
        "https_required", 403, "The call must come over HTTPS",
        "It came in plain text, past the proxy that ends TLS or by way of one that said so. Whoever listened has its credentials: replace them.",
        "Send it to the https:// address of the service.");

    public static readonly ProblemType UnsupportedMediaType = new(
        "unsupported_media_type", 415, "The body is of a type that is not read here",
        "JSON is read as application/json, text/plain, application/x-www-form-urlencoded or without a type, in UTF-8; a "
        + "form as application/x-www-form-urlencoded.",
        "Send one JSON object with the header Content-Type: application/json.");

    public static readonly ProblemType InternalError = new(
        "internal_error", 500, "Something went wrong here",
        "A fault of the service. It has been logged under the trace_id.",
        "Try again; if it stays, tell the operator the trace_id.", "server_error");

    public static readonly ProblemType Unavailable = new(
        "unavailable", 503, "The service cannot answer now",
        "The database is busy, full or cannot be reached, or more logins come at once than passwords can be looked at. Nothing of the call was kept.",
        "Try again after the seconds in Retry-After.",
        "temporarily_unavailable");

    public static readonly IReadOnlyList<ProblemType> All =
    [
        MissingApiKey, InvalidApiKey, ExpiredApiKey, RevokedApiKey, MissingToken, InvalidToken, ExpiredToken, RevokedToken, WrongClient,
        InsufficientScope, Forbidden, InvalidCredentials, PasswordChangeRequired, InvalidRefreshToken, ExpiredRefreshToken, RevokedRefreshToken, RefreshTokenReused,
        TooManyAttempts, RateLimited, HttpsRequired, ValidationFailed, MalformedBody, NotADesign, NotFound, Conflict, MethodNotAllowed,
        RequestTimeout, PayloadTooLarge, UnsupportedMediaType, InternalError, Unavailable,
    ];

    /// <summary>The page that explains it (RFC 9457 §3.1.1), relative to the service.</summary>
    public string Uri => $"{ProblemsPage.Path}#{Code}";

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
