using System.ComponentModel.DataAnnotations;

namespace Bhiv.Api.Http;

/// <summary>A refusal (RFC 9457). Decide on `code`; the sentences are for people and may change.</summary>
/// <param name="Type" example="/problems#invalid_api_key">The page that explains the code, relative to the service.</param>
/// <param name="Title" example="The API key is not valid">What kind of refusal it is; the same for each occurrence.</param>
/// <param name="Status" example="401">The HTTP status.</param>
/// <param name="Detail" example="No client has this API key.">What happened this time.</param>
/// <param name="Instance" example="/api/v1/auth/login">The path of the call.</param>
/// <param name="Code" example="invalid_api_key">Stable: one of a closed set.</param>
/// <param name="TraceId" example="4bf92f3577b34da6a3ce929d0e0e4736">What the operator's logs have the call under.</param>
/// <param name="Fix" example="Send one X-API-Key header with a key that the service's operator gave out.">What the caller does about it.</param>
/// <param name="Errors" example="{&quot;username&quot;: [&quot;must not be empty.&quot;]}">What is wrong, by field; with `validation_failed` alone.</param>
/// <param name="Refusals">Every credential that was refused, where credentials were.</param>
/// <param name="Error" example="invalid_client">OAuth's word for it (RFC 6749 §5.2, RFC 6750 §3.1), where there is one.</param>
internal sealed record ProblemResponse(
    [property: MaxLength(ProblemResponse.MaximumTextLength)] string Type,
    [property: MaxLength(ProblemResponse.MaximumTextLength)] string Title,
    [property: Range(400, 599)] int Status,
    string Detail,
    string Instance,
    string Code,
    [property: RegularExpression(ProblemResponse.TraceIdPattern)] string TraceId,
    string Fix,
    IReadOnlyDictionary<string, string[]>? Errors,
    [property: MinLength(1), MaxLength(2)] IReadOnlyList<RefusalResponse>? Refusals,
    string? Error)
{
    public const string TraceIdPattern = "^[0-9a-f]{32}$";

    private const int MaximumTextLength = 100;
}

/// <summary>A credential that was refused, and why.</summary>
/// <param name="Credential" example="api_key">Which one.</param>
/// <param name="Code" example="invalid_api_key">Why, as in the member of the same name above.</param>
/// <param name="Detail" example="No client has this API key.">What happened this time.</param>
/// <param name="Fix" example="Send one X-API-Key header with a key that the service's operator gave out.">What the caller does about it.</param>
internal sealed record RefusalResponse(
    [property: AllowedValues(CredentialRefusal.ApiKey, CredentialRefusal.AccessToken)] string Credential,
    string Code,
    string Detail,
    string Fix)
{
    public static RefusalResponse Of(Refusal refusal) =>
        new(refusal.Credential, refusal.Type.Code, refusal.Detail ?? refusal.Type.Title + ".", refusal.Type.Fix);
}
