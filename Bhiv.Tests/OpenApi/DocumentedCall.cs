using Bhiv.Domain.ApiKeys;
using Bhiv.Tests.Accounts;
using Bhiv.Tests.Support;

namespace Bhiv.Tests.OpenApi;

/// <summary>A good call of one operation, of which a test spoils one thing.</summary>
/// <param name="Path">As the document has it.</param>
/// <param name="Scope">What the API key needs.</param>
internal sealed record DocumentedCall(string Method, string Path, Scopes Scope)
{
    public const string NobodysSession = "01900000-0000-7000-8000-000000000001";

    public static readonly IReadOnlyList<DocumentedCall> All =
    [
        new("POST", Calls.Login, Scopes.Auth) { Body = _ => new { username = "admin", password = "bhiv2024" } },
        new("POST", Calls.Refresh, Scopes.Auth) { Body = login => new { refresh_token = login.RefreshToken } },
        new("POST", Calls.Generate, Scopes.Generate) { Body = _ => new { prompt = "A two-storey house of brick", constraints = new[] { "No basement" } } },
        new("POST", Calls.Logout, Scopes.Auth) { Body = _ => new { scope = "others" } },
        // Others log in with it: a change that is good is made where nobody else is.
        new("POST", Calls.Password, Scopes.Auth) { Body = _ => new { current_password = "bhiv2024", new_password = "bhiv2024" } },
        new("POST", Calls.Revoke, Scopes.Auth) { Body = login => new { token = login.RefreshToken } },
        new("POST", Calls.Introspect, Scopes.Introspect) { Body = login => new { token = login.RefreshToken } },
        new("GET", Calls.Me, Scopes.Auth),
        new("GET", Calls.Sessions, Scopes.Auth),
        new("DELETE", Calls.Sessions + "/{id}", Scopes.Auth)
        {
            SendTo = async (service, login) => $"{Calls.Sessions}/{(await service.Client.GetAsync(Calls.Me, login.AccessToken)).Json.GetProperty("session").GetProperty("session_id")}",
        },
        new("GET", Calls.FailedLogins, Scopes.Admin),
        new("GET", Calls.FailedLoginsByHour, Scopes.Admin) { Query = "?from=2026-03-01&until=2026-03-31" },
        new("GET", Calls.AuditEvents, Scopes.Admin),
        new("GET", Calls.Accounts, Scopes.Admin) { Query = "?search=a&limit=1" },
        new("POST", Calls.Accounts, Scopes.Admin) { Body = _ => new { username = $"a-{Guid.NewGuid():N}", roles = new[] { "admin" } } },
        new("GET", Calls.Account, Scopes.Admin) { SendTo = OfNewAccount(Calls.Account) },
        new("DELETE", Calls.Account, Scopes.Admin) { SendTo = OfNewAccount(Calls.Account) },
        new("POST", Calls.DisableAccount, Scopes.Admin) { SendTo = OfNewAccount(Calls.DisableAccount) },
        new("POST", Calls.EnableAccount, Scopes.Admin) { SendTo = OfNewAccount(Calls.EnableAccount) },
        new("PUT", Calls.AccountRoles, Scopes.Admin) { Body = _ => new { roles = new[] { "admin" } }, SendTo = OfNewAccount(Calls.AccountRoles) },
        new("POST", Calls.ResetPassword, Scopes.Admin) { SendTo = OfNewAccount(Calls.ResetPassword) },
        new("GET", Calls.AccountSessions, Scopes.Admin) { SendTo = OfNewAccount(Calls.AccountSessions) },
        new("POST", Calls.RevokeSessions, Scopes.Admin) { Body = login => new { session_id = HandMadeJwt.Payload(login.AccessToken).GetProperty("sid").GetString() } },
        new("GET", Calls.Clients, Scopes.Admin),
        new("POST", Calls.Clients, Scopes.Admin) { Body = _ => new { client_id = $"c-{Guid.NewGuid():N}" } },
        new("POST", Calls.DisableClient, Scopes.Admin) { SendTo = async (service, _) => Calls.DisableClient.At(await service.MakeClientAsync()) },
        new("POST", Calls.EnableClient, Scopes.Admin) { SendTo = async (service, _) => Calls.EnableClient.At(await service.MakeClientAsync(disabled: true)) },
        new("GET", Calls.ApiKeys, Scopes.Admin) { Query = "?client_id=default" },
        new("POST", Calls.ApiKeys, Scopes.Admin) { Body = _ => new { client_id = "default", scopes = new[] { "auth", "ops" }, expires_in_days = 1 } },
        new("POST", Calls.RotateApiKey, Scopes.Admin)
        {
            Body = _ => new { overlap_days = 1 },
            SendTo = async (service, _) => Calls.RotateApiKey.At((await service.MakeKeyAsync()).Id),
        },
        new("DELETE", Calls.RevokeApiKey, Scopes.Admin) { SendTo = async (service, _) => Calls.RevokeApiKey.At((await service.MakeKeyAsync()).Id) },
        new("GET", Calls.Metrics, Scopes.Ops) { IsForPersons = false },
        new("GET", "/health", Scopes.None) { IsForPersons = false },
        new("HEAD", "/health", Scopes.None) { IsForPersons = false },
        new("GET", "/health/live", Scopes.None) { IsForPersons = false },
        new("HEAD", "/health/live", Scopes.None) { IsForPersons = false },
        new("GET", "/health/ready", Scopes.None) { IsForPersons = false },
        new("HEAD", "/health/ready", Scopes.None) { IsForPersons = false },
    ];

    public string Query { get; init; } = "";

    public bool IsForPersons { get; init; } = true;

    /// <summary>Of a login.</summary>
    public Func<Answer, object>? Body { get; init; }

    public Func<BhivService, Answer, Task<string>>? SendTo { get; init; }

    private static Func<BhivService, Answer, Task<string>> OfNewAccount(string path) => async (service, login) =>
        path.At((await service.Client.MakeAccountAsync(login.AccessToken, $"a-{Guid.NewGuid():N}")).AccountId());

    public override string ToString() => $"{Method} {Path}";
}
