namespace Bhiv.Api.ApiKeys;

internal static class ApiKeyDefaults
{
    public const string AuthenticationScheme = "ApiKey";

    public const string HeaderName = "X-API-Key";
}
