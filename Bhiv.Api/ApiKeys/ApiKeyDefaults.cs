namespace Bhiv.Api.ApiKeys;

internal static class ApiKeyDefaults
{
    public const string AuthenticationScheme = "ApiKey";

    public const string HeaderName = "X-API-Key";

    /// <summary>On each answer to a key that is to be replaced within ten days: by when (RFC 3339).</summary>
    public const string RotateByHeader = "API-Key-Rotate-By";
}
