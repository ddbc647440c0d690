using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Bhiv.Api.Monitoring;
using Bhiv.Domain.Accounts;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;

namespace Bhiv.Api.Http;

/// <summary>
/// One refusal, written as <c>application/problem+json</c> (RFC 9457) whatever the caller accepts: a refusal that cannot be read
/// explains nothing. It repeats nothing of the body it refuses.
/// </summary>
internal sealed record Problem(ProblemType Type) : IActionResult
{
    internal static readonly JsonSerializerOptions Json = new(BodyReader.Options)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        // For people who read it in a terminal: quotes and angle brackets stay as they are. It is never HTML.
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public const string MediaType = "application/problem+json";

    /// <summary>What happened this time; the type's title when there is no more to say.</summary>
    public string? Detail { get; init; }

    /// <summary>Instead of the type's own.</summary>
    public string? Fix { get; init; }

    /// <summary>After how long the call is worth another try; told in whole seconds, rounded up (RFC 9110 §10.2.3).</summary>
    public TimeSpan? RetryAfter { get; init; } = Type.Status == StatusCodes.Status503ServiceUnavailable ? TimeSpan.FromSeconds(1) : null;

    /// <summary>What is wrong, by field.</summary>
    public IReadOnlyDictionary<string, string[]>? Errors { get; init; }

    /// <summary>Every credential that was refused, where credentials were.</summary>
    public IReadOnlyList<Refusal>? Refusals { get; init; }

    /// <param name="errors">What is wrong, by field.</param>
    public static Problem OfFields(IReadOnlyDictionary<string, string[]> errors) => new(ProblemType.ValidationFailed)
    {
        Detail = string.Join(' ', errors.Select(field => $"{field.Key} {field.Value[0]}")),
        Errors = errors,
    };

    public Task ExecuteResultAsync(ActionContext context) => WriteAsync(context.HttpContext);

    public async Task WriteAsync(HttpContext context)
    {
        var response = context.Response;
        // Who is told to slow down is slowed. One that cannot be held shall not ask on by the same connection either.
        if (Type.Status == StatusCodes.Status429TooManyRequests
            && !await context.RequestServices.GetRequiredService<Tarpit>().HoldAsync(context.RequestAborted))
            context.CloseConnection();
        response.StatusCode = Type.Status;
        response.Headers.CacheControl = "no-store";
        if (RetryAfter is { } wait)
            response.Headers.RetryAfter = Seconds(wait);
        // RFC 9110 §15.5.2: a 401 names a challenge. What was refused here came in the body, and a token is what to come back
        // with.
        if (Type.Status == StatusCodes.Status401Unauthorized && !response.Headers.ContainsKey(HeaderNames.WWWAuthenticate))
            response.Headers.WWWAuthenticate = Type.Error == ProblemType.InvalidToken.Error
                ? Challenges.For(new Refusal(CredentialRefusal.AccessToken, Type, Detail))
                : Challenges.Bearer;

        await response.WriteAsJsonAsync(
            ToResponse(context.Request.PathBase.Add(context.Request.Path).ToUriComponent(), TraceId(context)),
            Json,
            MediaType,
            // A caller that has gone is no error: the server drops what nobody reads, while a cancelled write would be a fault.
            CancellationToken.None);
    }

    /// <param name="instance">The path of the call.</param>
    public ProblemResponse ToResponse(string instance, string traceId) => new(
        Type.Uri,
        Type.Title,
        Type.Status,
        Detail ?? Type.Title + "." + HowLong(),
        // Somebody puts a credential into a path, and the answer goes into a log of his.
        CredentialShapes.Mask(instance),
        Type.Code,
        traceId,
        Fix ?? Type.Fix,
        Errors,
        Refusals?.Select(RefusalResponse.Of).ToList(),
        Type.Error);

    /// <summary>For whoever is shown the body alone, and not the header.</summary>
    private string? HowLong() => Type.Status == StatusCodes.Status429TooManyRequests && RetryAfter is { } wait
        ? $" Come back in {Seconds(wait)} seconds."
        : null;

    private static string Seconds(TimeSpan wait) => ((long)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);

    /// <summary>What the operator's logs have this request under.</summary>
    public static string TraceId(HttpContext context) => Activity.Current?.TraceId.ToHexString() ?? context.TraceIdentifier;
}

/// <summary>A credential that was refused, and why.</summary>
/// <param name="Credential"><c>api_key</c> or <c>access_token</c>.</param>
/// <param name="Account">Whose credential it is, where that is certain; for the operator alone.</param>
internal sealed record Refusal(string Credential, ProblemType Type, string? Detail = null, AccountId? Account = null);
