using Bhiv.Tests.Support;

namespace Bhiv.Tests.Http;

/// <summary>Every code at every call that can answer it, by capability in the other parts.</summary>
internal static partial class Provocations
{
    public static readonly IReadOnlyList<Provocation> All =
    [
        .. OfEveryCall(Calls.Login, new { username = "admin", password = "bhiv2024" }),
        .. OfEveryCall(Calls.Refresh, new { refresh_token = "x" }),
        .. OfEveryCall(Calls.Generate, new { prompt = "Office" }),
        .. OfEveryCall(Calls.Revoke, new { token = "x" }),
        .. OfEveryCall(Calls.Introspect, new { token = "x" }),
        .. OfEveryCall(Calls.Password, new { current_password = "bhiv2024", new_password = "the kettle sang twice" }),
        .. OfPassword(),
        .. OfSessions(),
        .. OfAudit(),
        .. OfAccounts(),
        .. OfClients(),
        .. OfKeys(),
        .. OfMetrics(),
        .. OfScopes(),
        .. OfRateLimits(),
        .. OfLogin(),
        .. OfRefresh(),
        .. OfGenerate(),
        .. OfTransport(),
        new("/nowhere", "not_found", "no such path") { Call = it => it.Client.PostAsync("/nowhere", new { }) },
        new("/", "not_found", "the root") { Call = it => Answer.OfAsync(it.Client.GetAsync("/")) },
    ];

    private static Provocation Validation(string path, string by, object body) => new(path, "validation_failed", by)
    {
        Call = async it => await it.Client.PostAsync(path, body, accessToken: await TokenAsync(it)),
    };

    private static Provocation Missing(HttpMethod method, string path) => new(path, "not_found", $"{method}, nothing of this name")
    {
        Allowed = method,
        Call = async it => await it.Client.SendAsync(method, path, accessToken: await TokenAsync(it)),
    };

    private static async Task<string> TokenAsync(BhivService service) => (await service.Client.LoginAsync()).AccessToken;
}
