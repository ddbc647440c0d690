using System.Net;
using System.Security.Cryptography;
using Bhiv.Application.Accounts;
using Bhiv.Domain.Accounts;
using Bhiv.Domain.Audit;
using Bhiv.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Bhiv.Tests.Tokens;

/// <summary>
/// Makes the calls of one run, at the service over HTTP and at the model, and keeps the script of them. The first answer that is
/// not the model's ends the run with the script.
/// </summary>
internal sealed class SessionRun : IAsyncDisposable
{
    /// <summary>How far the clock is set back in one run at the most: what was revoked is remembered for five minutes more than
    /// a token can live, and a clock that is set back further is beyond what is promised.</summary>
    private static readonly TimeSpan MostBack = TimeSpan.FromMinutes(4);

    private static readonly TimeSpan MostAwake = TimeSpan.FromMinutes(1);

    private static readonly (string Account, string Password)[] Environments =
        [("admin", "bhiv2024"), ("admin", "another password"), ("successor", "bhiv2024"), ("successor", "another password")];

    /// <summary>Whom administrators let in and out.</summary>
    private const string Person = "alice";

    private static readonly Author Operator = new("cli:model");

    private readonly TemporaryDirectory directory = new();
    private readonly FakeTimeProvider clock = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, 618, TimeSpan.Zero));
    private readonly List<string> script = [];
    private readonly SessionModel model;
    private readonly Action<string> met;
    private BhivService service = null!;
    private TimeSpan back;
    private int passphrases;

    private SessionRun(Action<string> met)
    {
        this.met = met;
        model = new SessionModel(clock.GetUtcNow());
    }

    /// <param name="met">Is told each outcome.</param>
    public static async Task RunAsync(IEnumerable<SessionCall> calls, Action<string> met)
    {
        await using var run = new SessionRun(met);
        await run.StartAsync();
        foreach (var call in calls) await run.MakeAsync(call);
        // Whatever was ever given out, and whatever happened to it since.
        foreach (var token in run.model.AccessTokens.Concat(run.model.RefreshTokens)) await run.IntrospectAsync(token);
    }

    public async ValueTask DisposeAsync()
    {
        await service.DisposeAsync();
        directory.Dispose();
    }

    private async Task StartAsync() => service = await BhivService.StartAsync(
        new() { ["DEMO_USERNAME"] = model.Environment.Account, ["DEMO_PASSWORD"] = model.Environment.Password },
        replace: services => services.AddSingleton<IPasswordHasher, CheapHasher>(),
        directory: directory.Path,
        clock: clock);

    private Task MakeAsync(SessionCall call) => call switch
    {
        SessionCall.Login(var ofEnvironment, var right, var withNext) => LoginAsync(ofEnvironment ? model.Environment.Account : Person, right, withNext),
        SessionCall.ChangePassword(var at, var right) when Pick(model.AccessTokens, at) is { } token => ChangePasswordAsync(token, right),
        SessionCall.Edit(var kind, var whose) => EditAsync(kind, whose < 2 ? Environments[2 * whose].Account : Person),
        SessionCall.Refresh(var at, var right) when Pick(right ? model.RefreshTokens : model.AccessTokens, at) is { } token =>
            RefreshAsync(token),
        SessionCall.Generate(var at) when Pick(model.AccessTokens, at) is { } token => CheckAsync(
            $"generate {Name(token)}", model.Refuse(token) ?? "200", service.Client.GenerateAsync(token.Text)),
        SessionCall.Logout(var at, var scope) when Pick(model.AccessTokens, at) is { } token => CheckAsync(
            $"logout {Name(token)} {scope}", model.Logout(token, scope), service.Client.LogoutAsync(token.Text, scope)),
        SessionCall.Revoke(var at, var refresh) when Pick(refresh ? model.RefreshTokens : model.AccessTokens, at) is { } token =>
            CheckAsync($"revoke {Name(token)}", model.Revoke(token), service.Client.RevokeAsync(token.Text)),
        SessionCall.Introspect(var at, var refresh) when Pick(refresh ? model.RefreshTokens : model.AccessTokens, at) is { } token =>
            IntrospectAsync(token),
        SessionCall.List(var at) when Pick(model.AccessTokens, at) is { } token => ListAsync(token),
        // A day after it expired it may be purged or not yet.
        SessionCall.End(var at, var of) when Pick(model.AccessTokens, at) is { } token && Pick(model.Sessions, of) is { } session
            && model.Now < session.ExpiresAt.AddDays(1) => CheckAsync(
                $"end s{Index(model.Sessions, session)} with {Name(token)}",
                model.End(token, session),
                service.Client.SendAsync(HttpMethod.Delete, $"{Calls.Sessions}/{session.Id}", accessToken: token.Text)),
        SessionCall.Pass(var time) => PassAsync(time),
        SessionCall.StepBack(var time) when back + time <= MostBack => StepBackAsync(time),
        SessionCall.Restart(var environment) => RestartAsync(Environments[environment]),
        // Nothing there yet to make it with.
        _ => Task.CompletedTask,
    };

    private async Task LoginAsync(string name, bool right, bool withNext)
    {
        var (password, next) = (right && model.Find(name) is { } person ? person.Password : "wrong", withNext ? Passphrase() : null);
        var answer = await CheckAsync(
            $"login as {name}{(right ? "" : " with a wrong password")}{(withNext ? " and another password" : "")}",
            model.Login(name, password, next),
            service.Client.PostAsync(Calls.Login, next is null ? new { username = name, password } : new { username = name, password, new_password = next }));
        if (answer.Status != HttpStatusCode.OK) return;
        model.LoggedIn(
            name, HandMadeJwt.Payload(answer.AccessToken).GetProperty("sid").GetString()!, answer.AccessToken, answer.RefreshToken);
        script.Add($"      {Name(model.AccessTokens[^1])}, {Name(model.RefreshTokens[^1])}");
    }

    private Task<Answer> ChangePasswordAsync(SessionModel.Token token, bool right)
    {
        var (present, next) = (right ? token.Session.Person.Password : "wrong", Passphrase());
        return CheckAsync(
            $"change the password with {Name(token)}{(right ? "" : " and a wrong one")}",
            model.ChangePassword(token, present, next),
            service.Client.ChangePasswordAsync(token.Text, next, present));
    }

    /// <summary>As an operator does: what a call of an administrator adds to it is his own session, and proven elsewhere.</summary>
    private async Task EditAsync(AccountEditKind kind, string name)
    {
        var accounts = service.Services.GetRequiredService<AccountAdministration>();
        var (call, expected) = ($"{kind} {name}", model.Edit(kind, name));
        if (kind == AccountEditKind.Create)
        {
            var (_, made) = await accounts.TryCreateAsync(AccountName.Of(name), [Role.Member], Operator, default);
            Agree(call, expected, made is null ? "taken" : "done");
            if (made is not null) model.Find(name)!.Password = made.Password.Reveal();
            return;
        }
        var id = (await accounts.FindAsync(AccountName.Of(name), default))?.Id ?? default;
        NewPassword? reset = null;
        var result = kind switch
        {
            AccountEditKind.Disable => await accounts.DisableAsync(id, null, Operator),
            AccountEditKind.Enable => await accounts.EnableAsync(id, null, Operator),
            AccountEditKind.Delete => await accounts.DeleteAsync(id, null, Operator),
            _ => await ResetAsync(),
        };
        Agree(call, expected, result switch
        {
            AccountEditResult.Done => "done",
            AccountEditResult.NotFound => "not found",
            AccountEditResult.OfEnvironment => "of the environment",
            AccountEditResult.LastAdministrator => "the last administrator",
            _ => result.ToString(),
        });
        if (reset is not null) model.Find(name)!.Password = reset.Password.Reveal();

        async Task<AccountEditResult> ResetAsync()
        {
            (var done, reset) = await accounts.ResetPasswordAsync(id, null, Operator, default);
            return done;
        }
    }

    /// <summary>Another each time.</summary>
    private string Passphrase() => $"the kettle sang {++passphrases} times";

    private async Task RefreshAsync(SessionModel.Token token)
    {
        var expected = model.Refresh(token);
        var answer = await CheckAsync($"refresh {Name(token)}", expected, service.Client.RefreshAsync(token.Text));
        if (answer.Status != HttpStatusCode.OK) return;
        if (expected == SessionModel.Retried)
        {
            var newest = (
                model.AccessTokens.Last(it => it.Session == token.Session).Text,
                model.RefreshTokens.Last(it => it.Session == token.Session).Text);
            Agree("     ", "the newest pair again", (answer.AccessToken, answer.RefreshToken) == newest ? "the newest pair again" : "another");
            return;
        }
        model.Rotated(token.Session, answer.AccessToken, answer.RefreshToken);
        script.Add($"      {Name(model.AccessTokens[^1])}, {Name(model.RefreshTokens[^1])}");
    }

    private async Task IntrospectAsync(SessionModel.Token token)
    {
        var answer = await service.Client.IntrospectAsync(token.Text);
        Agree(
            $"introspect {Name(token)}",
            model.IsActive(token) ? "active" : "{\"active\":false}",
            answer.Json.GetProperty("active").GetBoolean() ? "active" : answer.Body);
    }

    private async Task ListAsync(SessionModel.Token token)
    {
        var refusal = model.Refuse(token);
        var answer = await CheckAsync(
            $"list with {Name(token)}",
            refusal ?? "200",
            service.Client.SendAsync(HttpMethod.Get, Calls.Sessions, accessToken: token.Text));
        if (refusal is not null) return;
        Agree(
            "     ",
            string.Join(' ', model.Live(token.Session.Person).Order()),
            string.Join(' ', answer.Json.EnumerateArray().Select(it => it.GetProperty("session_id").GetString()).Order()));
    }

    private Task PassAsync(TimeSpan time)
    {
        script.Add($"{time} pass");
        model.Now += time;
        // As when the machine sleeps for most of a long time: each second of a week would keep the timers busy for minutes.
        var asleep = time - MostAwake;
        if (asleep > TimeSpan.Zero) clock.AdjustTime(clock.GetUtcNow() + asleep);
        clock.Advance(asleep > TimeSpan.Zero ? MostAwake : time);
        return Task.CompletedTask;
    }

    private Task StepBackAsync(TimeSpan time)
    {
        script.Add($"the clock is set back by {time}");
        back += time;
        model.Now -= time;
        clock.AdjustTime(clock.GetUtcNow() - time);
        return Task.CompletedTask;
    }

    private async Task RestartAsync((string Account, string Password) environment)
    {
        script.Add($"restart as {environment.Account} with \"{environment.Password}\"");
        model.Restart(environment.Account, environment.Password);
        await service.DisposeAsync();
        await StartAsync();
    }

    private async Task<Answer> CheckAsync(string call, string expected, Task<Answer> sent)
    {
        var answer = await sent;
        var outcome = answer.Response.Headers.TryGetValues("Refresh-Outcome", out var values) ? " " + values.Single()
            : answer.Response.IsSuccessStatusCode ? "" : " " + answer.Code;
        Agree(call, expected, (int)answer.Status + outcome);
        return answer;
    }

    private void Agree(string call, string expected, string seen)
    {
        script.Add($"{call} → {seen}");
        if (seen != expected) throw new AssertionException($"{string.Join('\n', script)}\nand not: {expected}");
        met(Guid.TryParse(seen.Split(' ')[0], out _) ? "a list" : seen);
    }

    private string Name(SessionModel.Token token) => token.IsAccess
        ? $"a{model.AccessTokens.IndexOf(token)} (s{Index(model.Sessions, token.Session)})"
        : $"r{model.RefreshTokens.IndexOf(token)} (s{Index(model.Sessions, token.Session)} generation {token.Generation})";

    private static int Index<T>(IReadOnlyList<T> seen, T one) => seen.ToList().IndexOf(one);

    private static T? Pick<T>(IReadOnlyList<T> seen, int number)
        where T : class => seen.Count == 0 ? null : seen[seen.Count - 1 - (number % seen.Count)];

    /// <summary>How slowly passwords are hashed is proven elsewhere.</summary>
    private sealed class CheapHasher : IPasswordHasher
    {
        public Task<PasswordHash> HashAsync(PlainTextPassword password, CancellationToken cancellationToken) =>
            Task.FromResult(Hash(password));

        public Task<bool> VerifyAsync(PlainTextPassword password, PasswordHash? hash, bool isUrgent, CancellationToken cancellationToken) =>
            Task.FromResult(hash == Hash(password));

        public bool IsOutdated(PasswordHash hash) => false;

        private static PasswordHash Hash(PlainTextPassword password) => new("cheap " + Convert.ToHexString(SHA256.HashData(password.ToUtf8Bytes())));
    }
}
